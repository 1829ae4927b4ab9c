package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import dev.partyline.script.player.EndReason;
import dev.partyline.wire.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerAndClientTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Script SCRIPT = Script.parse("S: 220 hi\nC: QUIT\nS: 221 bye\nS! close");

  @Test
  void bothEndsRecordTheSameConversation() {
    try (Listener listener = Listener.playing(SCRIPT).start();
        Client client = Client.to(listener.address()).start()) {
      client.expectLine("220 hi");
      client.sendLine("QUIT");
      client.expectLine("221 bye");
      client.readToEnd();
      assertThat(listener).finishedScript().hasConnections(1).connection().closedBy(Side.SERVER);
      assertThat(listener).client().sentExactly("QUIT\r\n");
      assertThat(client).within(LONG).connection().closedBy(Side.SERVER).server().sentFin();
      assertThat(client.conversation()).server().sentInOrder("220 hi", "221 bye");
    }
  }

  @Test
  void aWrongClientIsResetAndShown() {
    try (Listener listener = Listener.playing(SCRIPT).start();
        Client client = Client.to(listener.address()).playing("S: 220 hi\nC: NOOP").start()) {
      assertThat(listener).within(LONG).endedBecause(EndReason.WRONG_BYTES);
      assertThat(listener).within(LONG).connection(1).wasResetBy(Side.SERVER);
      assertThat(client).within(LONG).connection().wasReset();
      assertThat(messageOf(() -> assertThat(listener).within(LONG).finishedScript()))
          .contains("> here      C: QUIT", "received  C: NOOP", "byte 0 of what the client sent");
    }
  }
}
