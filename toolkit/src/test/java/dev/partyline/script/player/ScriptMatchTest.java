package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Script;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.PatienceOfOne;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PatienceOfOne.class)
class ScriptMatchTest {
  /** Reads {@code C:a| S:b| C!} as events a second apart. */
  private static Conversation conversation(String... events) {
    List<Event> conversationEvents = new ArrayList<>();
    for (String event : events) {
      Side side = event.startsWith("C") ? Side.CLIENT : Side.SERVER;
      long nanos = (conversationEvents.size() + 1) * 1_000_000_000L;
      String rest = event.substring(2).replace("|", "\r\n");
      conversationEvents.add(
          event.charAt(1) == ':'
              ? new Event.Sent(side, nanos, Bytes.utf8(rest))
              : rest.equals("reset") ? new Event.Rst(side, nanos) : new Event.Fin(side, nanos));
    }
    return Conversation.of(conversationEvents);
  }

  private static ScriptMatch match(String script, String... events) {
    return ScriptMatch.of(Script.parse(script), conversation(events));
  }

  @Test
  void expectsBothSides() {
    String script = "S: hi ${n}\nC: hello ${n}\nS! close";
    assertThat(match(script, "S:hi 1|", "C:hello 1|", "S!").follows()).isTrue();
    assertThat(match(script, "S:hi 1|", "C:hello 2|", "S!").follows()).isFalse();
  }

  @Test
  void namesTheSideThatLeftTheScript() {
    ScriptMatch match = match("S: hi\nC: hello", "S:hi|", "C:hullo|");
    assertThat(match.follows()).isFalse();
    assertThat(match.isPending()).isFalse();
    assertThat(match.cursor().side()).contains(Side.CLIENT);
    assertThat(match.cursor().offset()).isEqualTo(1);
  }

  @Test
  void staysOpenWhileMoreCanCome() {
    ScriptMatch match = match("S: hi\nC: hello\nS: bye", "S:hi|", "C:hel");
    assertThat(match.follows()).isFalse();
    assertThat(match.isPending()).isTrue();
  }

  @Test
  void aSlowConversationFollowsToo() {
    String[] events = new String[60];
    for (int i = 0; i < 60; i++) {
      events[i] = i % 2 == 0 ? "C:a|" : "S:b|";
    }
    assertThat(match("repeat 30\n  C: a\n  S: b", events).follows()).isTrue();
  }

  @Test
  void anOldConnectionThatIsSilentStaysOpen() {
    AtomicLong clock = new AtomicLong();
    ConversationRecorder silentRecorder = new Recorder(clock::get).open(Transport.TCP, "a", "b");
    clock.set(Duration.ofHours(1).toNanos());
    assertThat(ScriptMatch.of(Script.parse("C: a"), silentRecorder.snapshot()).isPending())
        .isTrue();
    Conversation old = conversation("S:x|", "S:y|", "S:z|", "S:1|", "S:2|", "S:3|", "S:4|");
    assertThat(ScriptMatch.of(Script.parse("S: x\nS: ...\nC: a"), old).isPending()).isTrue();
  }

  @Test
  void checksWithinAgainstTheRecordedTimes() {
    assertThat(match("C: a\nwithin 900ms\nS: b", "C:a|", "S:b|").follows()).isFalse();
    assertThat(match("C: a\nwithin 1100ms\nS: b", "C:a|", "S:b|").follows()).isTrue();
  }

  @Test
  void ignoresPausesAndMarks() {
    assertThat(match("pause 9m\nC: a\nawait x\nmark y\nS: b", "C:a|", "S:b|").follows()).isTrue();
  }

  @Test
  void receivesASideThatSendsEarlyWhenItsTurnComes() {
    assertThat(match("C: a\nS: 1\nC: b\nS: 2", "C:a|b|", "S:1|2|").follows()).isTrue();
  }

  @Test
  void aRepeatEndsWithTheSideThatCloses() {
    String script = "repeat\n  C: a\n  S: b\nS: bye\nS! close";
    assertThat(match(script, "C:a|", "S:b|", "C!", "S:bye|", "S!").follows()).isTrue();
    String pushed = "repeat\n  S: tick\nS: bye\nS! close";
    assertThat(match(pushed, "S:tick|", "S:tick|", "C!", "S:bye|", "S!").follows()).isTrue();
    assertThat(match(pushed, "S:tick|", "S:tack|").follows()).isFalse();
  }

  @Test
  void branchesMayBeginWithEitherSide() {
    String script = "when\n  C: a\n  S: b\nwhen\n  S: timeout";
    assertThat(match(script, "C:a|", "S:b|").follows()).isTrue();
  }

  @Test
  void takesTheBlockOfItsConnection() {
    Recorder recorder = new Recorder(() -> 0);
    recorder.open(Transport.TCP, "a", "b").recordSent(Side.CLIENT, Bytes.utf8("1\r\n").toBuffer());
    recorder.open(Transport.TCP, "a", "b").recordSent(Side.CLIENT, Bytes.utf8("2\r\n").toBuffer());
    Script script = Script.parse("connection\n  C: 1\nevery connection\n  C: 2");
    assertThat(recorder.recording().conversations())
        .allMatch(conversation -> ScriptMatch.of(script, conversation).follows());
  }

  @Test
  void countsDatagramsOnUdp() {
    Recorder recorder = new Recorder(() -> 0);
    ConversationRecorder conversation = recorder.open(Transport.UDP, "a", "b");
    conversation.recordSent(Side.CLIENT, Bytes.utf8("a").toBuffer());
    conversation.recordSent(Side.CLIENT, Bytes.utf8("b").toBuffer());
    assertThat(ScriptMatch.of(Script.parse("C| a\ncut\nC| b"), conversation.snapshot()).follows())
        .isTrue();
    assertThat(ScriptMatch.of(Script.parse("C| a\nC| b"), conversation.snapshot()).follows())
        .isFalse();
    assertThat(Transcript.plain(conversation.snapshot())).isEqualTo("C| a\ncut\nC| b\n");
  }

  @Test
  void matchesAllOfALongRecording() {
    assertThat(match("repeat\n  C: a", "C:" + "a|".repeat(50_000), "C!").follows()).isTrue();
    assertThat(match("repeat\n  C: a", "C:" + "a|".repeat(50_000) + "b").follows()).isFalse();
  }

  @Test
  void doesNotDoNothingAMillionTimes() {
    String script = "repeat 999999999\n  repeat 999999999\n    mark x\nC: a";
    assertThat(match(script, "C:a|").follows()).isTrue();
  }

  @Test
  void anEmptyScriptIsFollowedBySilence() {
    assertThat(match("").follows()).isTrue();
    assertThat(match("", "C!", "S!").follows()).isTrue();
    assertThat(match("", "C:x").follows()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sends", "finishes", "resets", "lets the server send"})
  void aRecordingOfASideThatGoesOnAfterTheEndOfAFaultFollowsItself(String next) {
    ConversationRecorder recorder = new Recorder(() -> 0).open(Transport.TCP, "a", "b");
    recorder.recordSent(Side.CLIENT, Bytes.utf8("one").toBuffer());
    recorder.recordFin(Side.CLIENT, Termination.Kind.FAULT, "cut after 3 bytes");
    switch (next) {
      case "sends" -> recorder.recordSent(Side.CLIENT, Bytes.utf8("two").toBuffer());
      case "finishes" -> recorder.recordFin(Side.CLIENT);
      case "resets" -> recorder.recordRst(Side.CLIENT);
      default -> recorder.recordSent(Side.SERVER, Bytes.utf8("two").toBuffer());
    }
    Conversation conversation = recorder.snapshot();
    String text = Transcript.exact(conversation);
    assertThat(ScriptMatch.of(Script.parse(text), conversation).follows()).as(text).isTrue();
    assertThat(text.contains("# [+0.000000000] C! finish by a fault: cut after 3 bytes\n"))
        .as(text)
        .isEqualTo(!next.contains("server"));
  }

  @Test
  void isPrintedWithTheSideAndTheFirstDifference() {
    Conversation conversation = conversation("S:hi|", "C:hullo|");
    ScriptMatch match = ScriptMatch.of(Script.parse("S: hi\nC: hello"), conversation);
    assertThat(FailureText.of(match, conversation, Redaction.none()))
        .isEqualTo(
            """
            connection 1: the client sent something else
              matched   S: hi
            > here      C: hello
              expected  C: hello
              received  C: hullo\\r\\n
                            ^ first difference, byte 1 of what the client sent
              client    open, 7 bytes so far, silent for 0 ms
            """);
  }

  @Test
  void followsALoopThatTheClientEndsByABranch() {
    String script =
        """
        repeat
          when
            C: a
            S: b
          when
            C! finish
            S: bye
        S: after
        """;
    assertThat(match(script, "C:a|", "S:b|", "C!", "S:bye|", "S:after|", "S!").follows()).isTrue();
    assertThat(match(script, "C:a|", "S:b|", "C!", "S:bye|", "S!").follows()).isFalse();
  }
}
