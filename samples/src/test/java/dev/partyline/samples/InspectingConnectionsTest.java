package dev.partyline.samples;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.filter.TcpState;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import dev.partyline.watch.ConnectionRow;
import dev.partyline.watch.ConnectionTable;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What netstat would show while telnet talks to a listener. */
class InspectingConnectionsTest {
  // tag::table[]
  @Test
  void telnetTalksFromARandomHighPort(
      @ScriptedListener("S: who is it?\nC: plumber\nS! close") Listener door) throws IOException {
    Process telnet = Program.start("telnet", door.host(), door.port());
    assertThat(door).within(ofSeconds(5)).server().sentLine("who is it?");

    ConnectionTable table =
        ConnectionTable.snapshot().matching("port " + door.port() + " and state established");
    System.out.println(table);
    assertThat(table.rows()).hasSize(2);
    assertThat(table.matching("dst port " + door.port()).rows())
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
  void aConnectionThatNobodyAcceptsIsExplained() throws IOException {
    try (Listener deaf = Listener.neverAccepting().start()) {
      ConnectionTable table = ConnectionTable.snapshot().onPort(deaf.port());
      assertThat(table.rows()).extracting(ConnectionRow::state).contains(TcpState.LISTEN);
      assertThat(table.explained()).contains("accept");
    }
  }
}
