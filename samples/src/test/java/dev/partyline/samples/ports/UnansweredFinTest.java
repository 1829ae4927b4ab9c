package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.netstat.ConnectionTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Why does this server run out of descriptors? Netstat knows. */
@EnabledOnOs(OS.LINUX)
class UnansweredFinTest {
  // tag::unanswered-fin[]
  @Test
  void aServerThatDoesNotCloseIsInCloseWait() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket forgotten = server.accept()) {
      client.shutdownOutput();

      ConnectionTable table =
          ConnectionTable.snapshot()
              .matching("src port " + forgotten.getLocalPort() + " and state close_wait");
      assertThat(table.rows()).hasSize(1);
      assertThat(table.explanations()).contains("this program has not closed yet");
    }
  }
  // end::unanswered-fin[]
}
