package dev.partyline.samples.ports;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.partyline.filter.FilterException;
import dev.partyline.junit5.ScriptedClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What netstat shows of a server that is too slow to accept, as text and as values. */
@EnabledOnOs(OS.LINUX)
class ExplainingSocketsTest {
  // tag::netstat-explanations[]
  @Test
  void theServerHasNotAccepted() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      ConnectionTable table = ConnectionTable.snapshot().matching("src port " + client.getPort());
      System.out.println(table);
      assertThat(table.explanations()).contains("the server has not called accept");
    }
  }

  // end::netstat-explanations[]

  @Test
  void theTableAndItsExplanationsAreShown() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      // An earlier server may have had the port less than a minute ago.
      String filter = "src port " + client.getPort() + " and not state time_wait";
      ConnectionTable table = ConnectionTable.snapshot().matching(filter);
      assertShown("netstat-table", table + "\n" + table.explanations());
    }
  }

  @Test
  void aFilterThatIsWrongIsShown() {
    ConnectionTable table = ConnectionTable.snapshot();
    FilterException error =
        catchThrowableOfType(FilterException.class, () -> table.matching("host db.example"));
    assertShown("netstat-filter", error.getMessage());
  }

  // tag::netstat-parameter[]
  @Test
  void theClientIsConnectedWhenTheTestBegins(
      @ScriptedListener("C: bye\nS! close") Listener server,
      @ScriptedClient(to = "server") Client client,
      ConnectionTable table) {
    assertThat(table.matching("dst port " + server.port()).ofThisJvm().rows())
        .extracting(ConnectionRow::stateName)
        .containsExactly("ESTABLISHED");
    client.sendLine("bye");
  }
  // end::netstat-parameter[]
}
