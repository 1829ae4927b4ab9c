package dev.partyline.assertions;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.transcript.Transcript;
import dev.partyline.view.Dump;
import dev.partyline.view.Ledger;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Test;

/** What is said of connections that a recording has dropped for want of memory. */
class DroppedConnectionsAssertTest {
  private static final int MANY = 20_000;

  private final Recording recording = recordingOfMany();

  private static Recording recordingOfMany() {
    Recorder recorder = new Recorder(() -> 0, RecordingPolicy.everything().inMemory(0));
    for (int i = 1; i <= MANY; i++) {
      ConversationRecorder connection = recorder.open(Transport.TCP, "a", "b");
      connection.recordSent(Side.CLIENT, Bytes.utf8("line " + i + "\r\n").toBuffer());
      connection.recordFin(Side.CLIENT);
      connection.recordClosed();
    }
    return recorder.recording();
  }

  @Test
  void they_are_counted() {
    assertThat(recording).hasConnections(MANY);
    assertThatThrownBy(() -> assertThat(recording).hasConnections(MANY + 1))
        .hasMessageContaining(
            "dropped   " + recording.droppedConnections() + " connections that had ended");
  }

  @Test
  void those_that_are_kept_have_their_numbers() {
    assertThat(recording).connection(MANY).client().sentLine("line " + MANY);
    int first = recording.droppedConnections() + 1;
    assertThat(recording).connection(first).client().sentLine("line " + first);
  }

  @Test
  void an_assertion_on_one_fails_and_says_why() {
    assertThatThrownBy(() -> assertThat(recording).connection(1).client().sentLine("line 1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("connection 1 is no longer in the recording")
        .hasMessageContaining("for want of memory: RecordingPolicy.inMemory(…) gives more");
    assertThatThrownBy(() -> assertThat(recording).connection(MANY + 1).isOpen())
        .hasMessageStartingWith("there is no connection " + (MANY + 1));
  }

  @Test
  void an_assertion_on_all_of_them_fails_and_says_why() {
    assertThatThrownBy(() -> assertThat(recording).hasRequests(0))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("not all connections are in the recording")
        .hasMessageContaining(recording.droppedConnections() + " connections that had ended");
  }

  @Test
  void what_prints_all_connections_says_how_many_are_missing() {
    String dropped = recording.droppedConnections() + " connections dropped\n";
    assertThat(Ledger.text(recording)).startsWith(dropped);
    assertThat(Dump.ascii(recording)).startsWith("# " + dropped);
    assertThat(Transcript.exact(recording)).startsWith("# " + dropped);
  }
}
