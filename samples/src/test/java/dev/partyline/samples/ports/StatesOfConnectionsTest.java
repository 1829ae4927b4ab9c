package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.partyline.loopback.Listener;
import dev.partyline.netstat.ConnectionTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The states in which connections get stuck, and how the table explains them. */
@EnabledOnOs(OS.LINUX)
class StatesOfConnectionsTest {
  private static void assertExplained(String filter, String explanation) {
    await()
        .untilAsserted(
            () ->
                assertThat(ConnectionTable.snapshot().matching(filter).explanations())
                    .contains(explanation));
  }

  @Test
  void aConnectThatHasNoAnswer() throws IOException {
    try (Listener full = Listener.neverAccepting().start();
        SocketChannel client = SocketChannel.open()) {
      client.configureBlocking(false);
      assertThat(client.connect(full.address())).isFalse();
      String port = "port " + full.port() + " and state ";
      assertExplained(port + "syn-sent", "The SYN has no answer yet");
      assertExplained(port + "listen", "2 connections wait for accept");
    }
  }

  @Test
  void bytesThatAreNotRead() throws IOException {
    try (Listener stuck = Listener.neverReading().start();
        SocketChannel client = SocketChannel.open(stuck.address())) {
      client.configureBlocking(false);
      ByteBuffer large = ByteBuffer.allocate(50_000_000);
      while (client.write(large) > 0) {}
      assertExplained("src port " + stuck.port(), "The program has not read ");
      assertExplained("dst port " + stuck.port(), "because its receive window is zero");
    }
  }

  @Test
  void aConnectionThatOneSideHasClosed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String port = "port " + server.getLocalPort() + " and state ";
      try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
        server.accept().close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertExplained(port + "close-wait", "this program has not closed yet");
        assertExplained(port + "fin-wait-2", "the peer has not sent a FIN");
      }
      assertExplained(port + "time-wait", "Both sides have sent a FIN, this one first");
    }
  }
}
