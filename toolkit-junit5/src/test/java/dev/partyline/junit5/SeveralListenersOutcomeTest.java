package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** What fails a test that has several listeners, or shares them with others. */
class SeveralListenersOutcomeTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final String PING_TWICE = PING + "\nC: PING\nS: PONG";

  @Test
  void everyFailedListenerIsReported() {
    assertThat(TestRun.of(Several.class).failure())
        .hasMessageContainingAll("field [one] failed", "parameter [other] ")
        .hasMessageNotContaining("[fine]");
  }

  static class Several {
    @ScriptedListener(PING)
    Listener one;

    @ScriptedListener(PING)
    Listener fine;

    @Test
    void asks(@ScriptedListener(PING_TWICE) Listener other) {
      ask(fine, "PING");
      ask(other, "PING");
      ask(one, "POKE");
    }
  }

  @Test
  void anUnusedListenerIsNotReportedIfAnotherFailed() {
    assertThat(TestRun.of(OneUnused.class).failures())
        .satisfiesExactlyInAnyOrder(
            ownFailure -> {
              assertThat(ownFailure).hasMessage("mine");
              assertThat(ownFailure.getSuppressed())
                  .singleElement()
                  .satisfies(
                      report ->
                          assertThat(report)
                              .hasMessageStartingWith("conversations\n")
                              .hasMessageContaining("field [unused]: no connection"));
            },
            scriptFailure ->
                assertThat(scriptFailure)
                    .hasMessageContaining("field [used] failed:")
                    .hasMessageNotContaining("[unused]"));
  }

  static class OneUnused {
    @ScriptedListener("every connection\n  C: PING\n  S: PONG")
    Listener used;

    @ScriptedListener(PING)
    Listener unused;

    @Test
    void failsByItself() {
      fail("mine");
    }

    @Test
    void failsByItsScript() {
      ask(used, "POKE");
    }
  }

  @Test
  void allUnusedListenersAreReportedIfNothingFailed() {
    assertThat(TestRun.of(AllUnused.class).failure())
        .hasMessageContainingAll("field [one] was not finished", "field [other] was not finished");
  }

  static class AllUnused {
    @ScriptedListener(PING)
    Listener one;

    @ScriptedListener(PING)
    Listener other;

    @Test
    void doesNotConnect() {}
  }

  @Test
  void ofManyFailedConnectionsAFewAreShown() {
    assertThat(TestRun.of(Many.class).failure())
        .hasMessageContainingAll("connection 5 from", "… and 4 more connections like that")
        .hasMessageNotContaining("connection 6 from");
  }

  static class Many {
    @ScriptedListener("every connection\n  C: PING\n  S: PONG")
    Listener listener;

    @Test
    void asks() {
      for (int i = 0; i < 9; i++) {
        ask(listener, "POKE");
      }
    }
  }

  @Test
  void wrongBytesToAListenerOfTheClassFailTheTestInWhichTheyCameAndNothingElse() {
    TestRun run = TestRun.of(SharedWrongBytes.class);
    assertThat(run.failed()).containsExactly("asksWrongly()");
    assertThat(run.failure()).hasMessageContaining("[shared] failed:");
  }

  static class SharedWrongBytes {
    @ScriptedListener("every connection\n  C: PING\n  S: PONG")
    static Listener shared;

    @Test
    void asks() {
      ask(shared, "PING");
    }

    @Test
    void asksWrongly() {
      ask(shared, "POKE");
    }

    @Test
    void asksAgain() {
      ask(shared, "PING");
    }
  }

  @Test
  void aListenerOfTheClassHasToBeFinishedAfterTheClass() {
    TestRun run = TestRun.of(SharedUnfinished.class);
    assertThat(run.failed()).containsExactly("SeveralListenersOutcomeTest$SharedUnfinished");
    assertThat(run.failure())
        .hasMessageContainingAll(
            "[shared] was not finished:", "no client connected for connection 2:");
  }

  static class SharedUnfinished {
    @ScriptedListener("connection\n  C: PING\n  S: PONG\nconnection\n  C: PING\n  S: PONG")
    static Listener shared;

    @Test
    void asks() {
      ask(shared, "PING");
    }
  }

  @Test
  void aListenerOfTheClassMayBePlayedByAllItsTestsTogether() {
    TestRun.of(SharedByAll.class).assertPassed(2);
  }

  static class SharedByAll {
    @ScriptedListener(PING_TWICE)
    static Listener shared;

    @AutoClose static LineClient client;

    @BeforeAll
    static void connect() {
      client = LineClient.of(shared);
    }

    @Test
    void one() {
      client.sendLine("PING");
      assertThat(client.receiveLine()).isEqualTo("PONG");
    }

    @Test
    void another() {
      client.sendLine("PING");
      assertThat(client.receiveLine()).isEqualTo("PONG");
    }
  }

  @Test
  void aClassOfWhichNoTestRanIsNotJudged() {
    TestRun.of(NothingRan.class).assertPassed(0);
  }

  static class NothingRan {
    @ScriptedListener(PING)
    static Listener shared;

    @Test
    @Disabled("for the test")
    void asks() {}
  }
}
