package dev.partyline.samples.ports;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.filter.TcpState;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.peers.Program;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What netstat would show while telnet is connected to a listener. */
class InspectingConnectionsTest {
  // tag::table[]
  @Test
  void telnetConnectsFromARandomHighPort(
      @ScriptedListener("S: who is it?\nC: plumber\nS! close") Listener listener)
      throws IOException {
    Process telnet = Program.start("telnet", listener.host(), listener.port());
    assertThat(listener).within(ofSeconds(5)).server().sentLine("who is it?");

    ConnectionTable table =
        ConnectionTable.snapshot().matching("port " + listener.port() + " and state established");
    System.out.println(table);
    assertThat(table.rows()).hasSize(2);
    assertThat(table.matching("dst port " + listener.port()).rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(Objects.requireNonNull(row.local()).getPort()).isGreaterThan(1023);
              assertThat(Objects.requireNonNull(row.owner()).program()).startsWith("telnet");
            });
    telnet.outputWriter().append("plumber\n").flush();
  }

  // end::table[]

  @Test
  void aConnectionThatIsNotAcceptedIsExplained() throws IOException {
    try (Listener unresponsive = Listener.neverAccepting().start()) {
      ConnectionTable table = ConnectionTable.snapshot().onPort(unresponsive.port());
      assertThat(table.rows()).extracting(ConnectionRow::state).contains(TcpState.LISTEN);
      assertThat(table.explanations()).contains("accept");
    }
  }
}
