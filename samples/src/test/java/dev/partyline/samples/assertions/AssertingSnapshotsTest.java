package dev.partyline.samples.assertions;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A conversation is a snapshot; a recording grows, and outlives its owner. */
class AssertingSnapshotsTest {

  @Test
  void aSnapshotStaysAsItWas() {
    Recording recording;
    try (Listener proxy = Listener.silent().start();
        Client client = Client.to(proxy.address()).start()) {
      recording = client.recording();
      client.send(Bytes.hex("05 01 00"));
      // tag::assert-snapshot[]
      Conversation greeting = client.conversation(); // as it is now
      client.send("id=4711;");
      assertThat(greeting).client().sentExactly(Bytes.hex("05 01 00"));
      assertThat(client).client().sent(Bytes.hex("00 69")).sent("id=");
      assertThat(client).connection().follows("C# 05 ?? 00\nC| id=${id:[0-9]{4}};");
      assertThat(client.conversation().bytes(Side.CLIENT, 3, 10).utf8()).matches("id=[0-9]{4}");
      assertThat(greeting.indexOf(Side.CLIENT, Bytes.hex("01 00"), 0)).isEqualTo(1); // an offset
      // end::assert-snapshot[]
    }
    assertThat(recording).connection().closedBy(Side.CLIENT).client().sent("4711").sentFin();
    Conversation all = recording.conversations().get(0);
    assertThat(all).isEqualTo(Transcript.conversation(Transcript.exact(all)));
    assertThat(Transcript.recording(Transcript.exact(recording))).client().sent("4711");
    assertThatThrownBy(() -> assertThat(all).client().sentNothingMoreWithin(Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a conversation is a snapshot");
    assertThatThrownBy(() -> assertThat(recording).connection().finishedScript())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no script is played here");
  }
}
