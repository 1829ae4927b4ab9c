package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** What a socket of the JDK sees when the listener ends its side in one of four ways. */
class EndingOurSideTest {
  @Test
  void finishLeavesTheOtherDirectionOpen(@ScriptedListener("S! finish\nC: late") Listener listener)
      throws IOException {
    try (Socket socket = new Socket(listener.host(), listener.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      socket.getOutputStream().write("late\r\n".getBytes(US_ASCII));
    }
    assertThat(listener).within(ofSeconds(5)).connection().client().sentLine("late");
  }

  @Test
  void closeEndsBothDirections(@ScriptedListener("S! close") Listener listener) throws IOException {
    try (Socket socket = new Socket(listener.host(), listener.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(listener).within(ofSeconds(5)).connection().client().sentFin();
  }

  @Test
  void afterCloseAnyLinesAreAccepted(@ScriptedListener("S! close\nC: ...") Listener listener)
      throws IOException {
    try (Socket socket = new Socket(listener.host(), listener.port())) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      socket.getOutputStream().write("late\r\n".getBytes(US_ASCII));
    }
    assertThat(listener).within(ofSeconds(5)).connection().client().sentFin().sentLine("late");
  }

  @Test
  void resetSendsAnRst(@ScriptedListener("S! reset") Listener listener) throws IOException {
    try (Socket socket = new Socket(listener.host(), listener.port())) {
      assertThatThrownBy(() -> socket.getInputStream().read()).hasMessage("Connection reset");
    }
  }

  @Test
  void stallLeavesTheClientWithoutRoom(@ScriptedListener("S! stall") Listener listener)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(listener.address());
        Selector selector = Selector.open()) {
      channel.configureBlocking(false).register(selector, SelectionKey.OP_WRITE);
      long sent = 0;
      while (selector.select(500) > 0) {
        selector.selectedKeys().clear();
        sent += channel.write(ByteBuffer.allocate(1 << 16));
        assertThat(sent).as("what the buffers of two sockets hold").isLessThan(1 << 26);
      }
    }
  }
}
