package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

/** Two servers put in order: one answers only after the other has. */
class SharingMarksTest {
  // tag::shared-marks[]
  @Test
  void theReplicaAnswersAfterThePrimary(
      @ScriptedListener(marks = "store", value = "C: SET 42\nS: OK\nmark saved") Listener primary,
      @ScriptedListener(marks = "store", value = "C: GET\nawait saved\nS: 42") Listener replica) {
    try (Client writer = Client.to(primary.address()).start();
        Client reader = Client.to(replica.address()).start()) {
      reader.sendLine("GET");
      assertThat(replica).within(ofSeconds(5)).client().sentLine("GET");
      assertThat(replica).server().sentNothing();
      writer.sendLine("SET 42");
      writer.expectLine("OK");
      reader.expectLine("42");
    }
  }
  // end::shared-marks[]
}
