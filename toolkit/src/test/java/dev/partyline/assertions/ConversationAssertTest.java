package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationAssertTest {
  private final ManualRecorder recorder = new ManualRecorder();
  private final ConversationBuilder connection = recorder.open().client("QUIT|").server("221 bye|");

  private Conversation conversation() {
    return recorder.recording().conversations().get(0);
  }

  @Test
  void tellsWhoClosedFirst() {
    connection.fin(Side.SERVER).fin(Side.CLIENT).close();
    assertThat(recorder).connection().closedBy(Side.SERVER);
    assertThat(conversation()).closedBy(Side.SERVER);
    assertThat(messageOf(() -> assertThat(conversation()).closedBy(Side.CLIENT)))
        .startsWith(
            """
            the client did not close first
              expected  closed first by the client
              received  closed first by the server
              client    FIN seen, 6 bytes so far, silent for 0 ms
              server    FIN seen, 9 bytes so far, silent for 1 ms
            connection 1 from 127.0.0.1:40001 to 127.0.0.1:2525:
              C: QUIT
              S: 221 bye
              S! finish
              C! finish\
            """);
  }

  @Test
  void saysThatNeitherSideHasClosed() {
    assertThat(messageOf(() -> assertThat(recorder).connection(1).closedBy(Side.CLIENT)))
        .contains("received  closed by neither side", "waited    not at all");
  }

  @Test
  void tellsWhoResetTheConnection() {
    connection.reset(Side.SERVER).close();
    assertThat(conversation()).wasReset().wasResetBy(Side.SERVER).closedBy(Side.SERVER);
    assertThat(messageOf(() -> assertThat(conversation()).wasResetBy(Side.CLIENT)))
        .contains(
            "the client did not reset the connection",
            "expected  an RST of the client\n  received  an RST of the server",
            "server    RST seen");
  }

  @Test
  void saysThatThereWasNoReset() {
    connection.fin(Side.CLIENT).fin(Side.SERVER).close();
    assertThat(messageOf(() -> assertThat(conversation()).wasReset()))
        .contains("the connection was not reset", "expected  an RST\n  received  none");
  }

  @Test
  void isOpenUntilASideFinishes() {
    assertThat(conversation()).isOpen();
    connection.fin(Side.CLIENT);
    assertThat(messageOf(() -> assertThat(conversation()).isOpen()))
        .contains("the connection is not open", "received  closed by the client");
  }

  @Test
  void isNotOpenWhereOurEndIsClosed() {
    connection.close();
    assertThat(messageOf(() -> assertThat(conversation()).isOpen()))
        .contains("received  closed at our end");
  }

  @Test
  void followsTheScriptThatItsBytesMatch() {
    assertThat(recorder).connection().follows("C: QUIT\nS: 221 ${text}");
  }

  @Test
  void showsTheScriptWhereItDoesNotFollow() {
    Script script = Script.parse("C: QUIT\nS: 221 goodbye");
    assertThat(messageOf(() -> assertThat(conversation()).follows(script)))
        .startsWith(
            "the conversation does not follow the script\nconnection 1 from 127.0.0.1:40001")
        .contains(
            "  matched   C: QUIT",
            "> here      S: 221 goodbye",
            "expected  S: 221 goodbye",
            "received  S: 221 bye",
            "^ first difference, byte 4 of what the server sent");
  }

  @Test
  void doesNotFollowAScriptThatGoesOnOrEndsEarlier() {
    assertThat(
            messageOf(() -> assertThat(recorder).connection().follows("C: QUIT\nS: 221 bye\nC: !")))
        .contains("there is more in the script", "waited    not at all");
    assertThat(messageOf(() -> assertThat(conversation()).follows("C: QUIT")))
        .contains("the server went on after the end of the script");
  }

  @Test
  void isMatchedAgainstTheBlockOfItsNumber() {
    recorder.open().client("NOOP|");
    Script script = Script.parse("connection\n  C: QUIT\n  S: 221 bye\nconnection\n  C: NOOP");
    assertThat(recorder).connection(1).follows(script);
    assertThat(recorder).connection(2).follows(script);
    assertThat(recorder.recording().conversations().get(1)).follows(script);
  }

  @Test
  void rejectsAScriptThatCannotBeMatchedAgainstIt() {
    assertThatExceptionOfType(ScriptException.class)
        .isThrownBy(() -> assertThat(Conversation.of(List.of())).follows("C: ${a}${b}"));
  }

  @Test
  void equalsWhatHasTheSameEvents() {
    String exact = Transcript.exact(conversation());
    assertThat(conversation()).isEqualTo(Transcript.conversation(exact));
  }

  @Test
  void saysFromWhichEventOnItDiffers() {
    Conversation other =
        Conversation.of(
            List.of(
                new Event.Sent(Side.CLIENT, 1_000_000, Bytes.utf8("QUIT\r\n")),
                new Event.Fin(Side.CLIENT, 3_000_000)));
    assertThat(messageOf(() -> assertThat(conversation()).isEqualTo(other)))
        .startsWith(
            """
            the conversations differ from event 2 on
              expected  Fin[side=client, nanos=3000000]
              received  Sent[side=server, nanos=2000000, bytes=221 bye\\r\\n]
            connection 1\
            """);
    assertThat(messageOf(() -> assertThat(other).isEqualTo(Conversation.of(List.of()))))
        .contains("differ from event 1 on", "expected  nothing");
  }

  @Test
  void isASnapshotThatKeepsItsNumber() {
    recorder.open().client("NOOP|");
    Conversation second = recorder.recording().conversations().get(1);
    assertThat(messageOf(() -> assertThat(second).client().sentLine("QUIT")))
        .contains("connection 2 from 127.0.0.1:40002")
        .doesNotContain("waited");
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(second).client().sentNothingMoreWithin(Duration.ofMillis(1)))
        .withMessageStartingWith("a conversation is a snapshot");
  }

  @Test
  void hasNoScriptToFinish() {
    assertThat(messageOf(() -> assertThat(conversation()).finishedScript()))
        .isEqualTo("no script is played here");
  }

  @Test
  void tellsHowASideEndedAndWhere() {
    connection.terminate(Side.SERVER, Termination.Kind.FAULT, "cutAfter(9)").close();
    assertThat(recorder)
        .connection()
        .hasTermination(Side.SERVER, Termination.Kind.FAULT)
        .hasTermination(Side.SERVER, Termination.Kind.FAULT, 9)
        .hasTerminationCause(Side.SERVER, "cutAfter")
        .closedBy(Side.SERVER);
    assertThat(
            messageOf(
                () -> assertThat(conversation()).hasTermination(Side.SERVER, Termination.Kind.FIN)))
        .startsWith(
            """
            the server did not end like this
              expected  ended by FIN
              received  ended by FAULT after 9 bytes because of cutAfter(9)
            """)
        .contains("  # by a fault: cutAfter(9)\n  S! reset");
    assertThat(
            messageOf(
                () ->
                    assertThat(conversation())
                        .hasTermination(Side.SERVER, Termination.Kind.FAULT, 8)))
        .contains("expected  ended by FAULT after 8 bytes\n");
    assertThat(
            messageOf(
                () -> assertThat(conversation()).hasTermination(Side.CLIENT, Termination.Kind.FIN)))
        .contains("received  no end\n");
    assertThat(
            messageOf(() -> assertThat(conversation()).hasTerminationCause(Side.SERVER, "limit")))
        .startsWith("the server did not end for this reason\n  expected  ended because of limit");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(conversation()).hasTerminationCause(Side.SERVER, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> assertThat(conversation()).hasTermination(Side.SERVER, Termination.Kind.RST, -1))
        .withMessage("offset (-1) must not be negative");
  }

  @Test
  void isNotComparedWhereSomeOfItWasNotKept() {
    ConversationRecorder conversationRecorder =
        new Recorder(() -> 0, RecordingPolicy.headAndTail(1, 1)).open(Transport.TCP, "a", "b");
    conversationRecorder.recordSent(Side.CLIENT, Bytes.utf8("QUIT\r\n").toBuffer());
    Conversation little = conversationRecorder.snapshot();
    assertThat(messageOf(() -> assertThat(little).follows("C: QUIT")))
        .startsWith(
            """
            a script can be matched only against all bytes, and some were not kept
              dropped   4 bytes of the client from byte 1 on
            connection 1 from a to b:
              C| *
              # 4 bytes dropped here (client)
              cut
            """);
    assertThat(messageOf(() -> assertThat(little).isEqualTo(conversation())))
        .startsWith("conversations can be compared only by all bytes");
  }
}
