package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** Programs that write more than the network takes. */
class WritesTest {
  private static final int MESSAGE_BYTES = 12 << 10;

  @Test
  void a_partial_write_that_is_ignored_is_found_by_a_slow_reader() {
    Hunt.of(WritesOnce.class)
        .assertFoundBy("slow reading by the server \\(slow read \\d+ms from client\\)");
    Hunt.of(WritesAll.class).assertPassed();
  }

  abstract static class Upload {
    abstract void write(SocketChannel channel, ByteBuffer message) throws IOException;

    /** The kernel takes all messages, even if they are not read, unless the window is small. */
    @InEveryWeather
    void sendsFourMessages(
        @ScriptedListener("C| ${*:49152 bytes}\nS: thanks\nC! finish") Listener server)
        throws IOException {
      try (SocketChannel channel = SocketChannel.open()) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 16 << 10);
        channel.connect(server.address());
        channel.configureBlocking(false);
        for (int i = 0; i < 4; i++) {
          write(channel, ByteBuffer.allocate(MESSAGE_BYTES));
        }
        channel.configureBlocking(true);
        channel.shutdownOutput();
        byte[] answer = channel.socket().getInputStream().readNBytes(8);
        assertThat(answer).asString(US_ASCII).isEqualTo("thanks\r\n");
      }
    }
  }

  static class WritesOnce extends Upload {
    @Override
    void write(SocketChannel channel, ByteBuffer message) throws IOException {
      var unused = channel.write(message);
    }
  }

  static class WritesAll extends Upload {
    @Override
    void write(SocketChannel channel, ByteBuffer message) throws IOException {
      try (Selector selector = Selector.open()) {
        channel.register(selector, SelectionKey.OP_WRITE);
        while (message.hasRemaining()) {
          selector.select();
          selector.selectedKeys().clear();
          channel.write(message);
        }
      }
    }
  }
}
