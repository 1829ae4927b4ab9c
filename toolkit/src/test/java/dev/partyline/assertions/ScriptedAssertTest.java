package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.player.EndReason;
import org.junit.jupiter.api.Test;

class ScriptedAssertTest {
  private final InMemoryListener listener =
      InMemoryListener.playing("S: 220 hi", "C: QUIT", "S: 221 bye");

  @Test
  void finishesWhenEverythingWasSentAndMatched() {
    listener.open().client("QUIT|");
    assertThat(listener).finishedScript().hasConnections(1).server().sentLine("221 bye");
    assertThat(listener).connection(1).finishedScript().endedBecause(EndReason.FINISHED);
  }

  @Test
  void showsWhereAnUnfinishedScriptStands() {
    listener.open().client("QU");
    assertThat(messageOf(() -> assertThat(listener).finishedScript()))
        .startsWith("the script was not finished\n  waited    not at all; within(Duration) would\n")
        .contains(
            "still playing",
            "  sent      S: 220 hi",
            "> here      C: QUIT",
            "            S: 221 bye");
    assertThat(messageOf(() -> assertThat(listener).connection(1).finishedScript()))
        .contains("> here      C: QUIT");
  }

  @Test
  void isNotFinishedBeforeItsConnectionHasCome() {
    assertThat(messageOf(() -> assertThat(listener).finishedScript()))
        .contains(
            "the script was not finished", "no client connected for connection 1:", "C: QUIT");
    assertThat(messageOf(() -> assertThat(listener).connection(1).finishedScript()))
        .contains("there is no connection 1");
  }

  @Test
  void isNotFinishedWhenAConnectionComesJustNow() {
    assertThat(messageOf(() -> assertThat(listener.connectOnNextQuery()).finishedScript()))
        .contains("the script was not finished", "> here      C: QUIT");
  }

  @Test
  void endedForNoReasonWhenAConnectionComesJustNow() {
    listener.connectOnNextQuery();
    assertThat(messageOf(() -> assertThat(listener).endedBecause(EndReason.WRONG_BYTES)))
        .contains("there was no connection");
  }

  @Test
  void countsWaitingForAnotherPassAsFinished() {
    InMemoryListener endless =
        InMemoryListener.playing("every connection", "  repeat", "    C: PING", "    S: PONG");
    assertThat(endless).finishedScript();
    endless.open().client("PING|");
    assertThat(endless).finishedScript();
    assertThat(messageOf(() -> assertThat(endless).endedBecause(EndReason.FINISHED)))
        .contains(
            "expected  finished its script\n  received  still playing", "waited    not at all");
  }

  @Test
  void saysWhyAPlayerEnded() {
    listener.open().client("QUOT|");
    assertThat(listener).endedBecause(EndReason.WRONG_BYTES).connection(1).wasReset();
    assertThat(messageOf(() -> assertThat(listener).endedBecause(EndReason.TIMED_OUT)))
        .startsWith(
            """
            the player did not end for this reason
              expected  timed out
              received  wrong bytes
            connection 1\
            """)
        .contains("expected  C: QUIT", "received  C: QUOT", "^ first difference, byte 2");
    assertThat(messageOf(() -> assertThat(listener).finishedScript())).contains("wrong bytes");
  }

  @Test
  void tellsOneConnectionFromTheOther() {
    InMemoryListener two =
        InMemoryListener.playing("connection", "  C: one", "connection", "  C: two");
    two.open().client("one|");
    two.open().client("twi");
    assertThat(two).connection(1).finishedScript();
    assertThat(two).connection(2).endedBecause(EndReason.WRONG_BYTES);
    assertThat(messageOf(() -> assertThat(two).endedBecause(EndReason.FINISHED)))
        .contains("connection 2 from", "expected  finished its script\n  received  wrong bytes");
    assertThat(messageOf(() -> assertThat(two).connection(1).endedBecause(EndReason.TIMED_OUT)))
        .contains("received  finished its script");
  }

  @Test
  void showsTenOfManyConnectionsThatHaveNotFinished() {
    InMemoryListener many = InMemoryListener.playing("every connection", "  C: one");
    for (int i = 0; i < 12; i++) {
      many.open().client("two|");
    }
    assertThat(messageOf(() -> assertThat(many).finishedScript()))
        .contains("connection 10 from")
        .doesNotContain("connection 11 from")
        .endsWith("\n… 2 more connections");
  }

  @Test
  void endsForNoReasonWithoutAConnection() {
    assertThat(messageOf(() -> assertThat(listener).endedBecause(EndReason.FINISHED)))
        .startsWith("there was no connection");
  }

  @Test
  void finishesNothingWhereNoScriptIsPlayed() {
    InMemoryListener empty = InMemoryListener.playing("");
    assertThat(messageOf(() -> assertThat(empty).finishedScript()))
        .isEqualTo("no script is played here");
    listener.open();
    assertThat(messageOf(() -> assertThat(listener.recording()).connection(1).finishedScript()))
        .isEqualTo("no script is played here");
  }
}
