package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.partyline.loopback.Listener;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What fails a test that was given a listener, and what does not. */
class TestOutcomeTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final String PING_TWICE = PING + "\nC: PING\nS: PONG";

  @Test
  void wrongBytesFailTheTest() {
    assertThat(TestRun.of(WrongBytes.class).failure())
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "the script of @ScriptedListener field [listener] failed:",
            "connection 1 from 127.0.0.1:",
            "wrong bytes",
            "> here  C: PING",
            "received  C: PO");
  }

  static class WrongBytes {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void asks() {
      ask(listener, "POKE");
    }
  }

  @Test
  void extraBytesFailTheTest() {
    assertThat(TestRun.of(ExtraBytes.class).failure())
        .hasMessageContainingAll("[listener] failed:", "extra bytes", "received  C: PING");
  }

  static class ExtraBytes {
    @Test
    void asks(@ScriptedListener(PING) Listener listener) {
      try (LineClient caller = LineClient.of(listener)) {
        caller.say("PING");
        caller.hear();
        caller.say("PING");
      }
    }
  }

  @Test
  void aScriptForWhichNobodyCameFailsTheTestAtOnce() {
    assertThat(TestRun.of(Nobody.class).failure())
        .hasMessage(
            """
            the script of @ScriptedListener field [listener] was not finished:
            no connection 1 came for:
              C: PING
              S: PONG\
            """);
  }

  static class Nobody {
    @ScriptedListener(value = PING, deadline = "10m")
    Listener listener;

    @Test
    void asksNobody() {}
  }

  @Test
  void aConnectionBlockForWhichNobodyCameFailsTheTest() {
    assertThat(TestRun.of(OneOfTwo.class).failure())
        .hasMessageContainingAll("was not finished", "no connection 2 came for:\n  C: second")
        .hasMessageNotContaining("first");
  }

  static class OneOfTwo {
    @ScriptedListener(
        """
        connection
          C: first
          S: OK
        connection
          C: second
          S: OK
        """)
    Listener listener;

    @Test
    void asksOnce() {
      ask(listener, "first");
    }
  }

  @Test
  void aPeerThatEndsInTheMiddleFailsTheTest() {
    assertThat(TestRun.of(Halfway.class).failure())
        .hasMessageContainingAll("[listener] failed:", "peer finished", "FIN seen");
  }

  static class Halfway {
    @ScriptedListener(PING_TWICE)
    Listener listener;

    @Test
    void asksOnce() {
      ask(listener, "PING");
    }
  }

  @Test
  void aPlayerInTheMiddleOfItsScriptIsWaitedFor() {
    TestRun.of(Unhurried.class).isPassed(1);
  }

  static class Unhurried {
    @ScriptedListener("C: PING\npause 100ms\nS: PONG")
    Listener listener;

    @AutoClose LineClient caller;

    @Test
    void asks() {
      caller = LineClient.of(listener);
      caller.say("PING");
      // The listener has to have heard of it, but not to have answered.
      listener.settle();
    }
  }

  @Test
  void aPlayerWhosePeerStaysSilentIsStuckWhenItsDeadlinePasses() {
    assertThat(TestRun.of(Silent.class).failure())
        .hasMessageContainingAll("[listener] failed:", "stuck", "> here  C: PING");
  }

  static class Silent {
    @ScriptedListener(value = PING, deadline = "50ms")
    Listener listener;

    @AutoClose LineClient caller;

    @Test
    void saysNothing() {
      caller = LineClient.of(listener);
    }
  }

  @Test
  void whatIsSaidInAnAfterEachMethodCountsToo() {
    TestRun.of(Goodbye.class).isPassed(1);
  }

  static class Goodbye {
    @ScriptedListener(PING_TWICE)
    Listener listener;

    @AutoClose LineClient caller;

    @BeforeEach
    void connect() {
      caller = LineClient.of(listener);
    }

    @Test
    void asks() {
      caller.say("PING");
      assertThat(caller.hear()).isEqualTo("PONG");
    }

    @AfterEach
    void asksOnceMore() {
      caller.say("PING");
      assertThat(caller.hear()).isEqualTo("PONG");
      caller.close();
    }
  }

  @Test
  void aScriptBetweenTwoPassesOfAnEndlessRepeatIsFinished() {
    TestRun.of(Endless.class).isPassed(1);
  }

  static class Endless {
    @ScriptedListener(value = "repeat\n  C: PING\n  S: PONG", deadline = "10m")
    Listener listener;

    @AutoClose LineClient caller;

    @Test
    void asks() {
      caller = LineClient.of(listener);
      caller.say("PING");
      assertThat(caller.hear()).isEqualTo("PONG");
    }
  }

  @Test
  void aListenerThatTheTestClosedIsJudgedByWhatItPlayed() {
    TestRun outcome = TestRun.of(ClosedEarly.class);
    assertThat(outcome.failed()).containsExactly("tooEarly()");
    assertThat(outcome.failure())
        .hasMessageContainingAll("was not finished:", "stopped: the test closed the server");
  }

  static class ClosedEarly {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void whenDone() {
      ask(listener, "PING");
      listener.close();
    }

    @Test
    void tooEarly() {
      try (LineClient caller = LineClient.of(listener)) {
        listener.settle();
        listener.close();
        assertThat(caller.hear()).startsWith("(");
      }
    }
  }

  @Test
  void aTestThatFailsByItselfKeepsItsFailureAndIsNotWaitedFor() {
    Throwable failure = TestRun.of(OwnFailure.class).failure();
    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("mine");
    assertThat(failure.getSuppressed()).hasSize(2);
    assertThat(failure.getSuppressed()[0])
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("[listener] was not finished:", "still playing")
        .extracting(Throwable::getStackTrace)
        .isEqualTo(new StackTraceElement[0]);
  }

  static class OwnFailure {
    @ScriptedListener(value = PING, deadline = "10m")
    Listener listener;

    @AutoClose LineClient caller;

    @Test
    void fails() {
      caller = LineClient.of(listener);
      listener.settle();
      throw new IllegalStateException("mine");
    }
  }

  @Test
  void anAbortedTestIsNotJudged() {
    TestRun.of(Aborted.class).isPassed(1);
  }

  static class Aborted {
    @ScriptedListener(PING)
    static Listener shared;

    @ScriptedListener(PING)
    Listener listener;

    @Test
    void isAborted() {
      ask(listener, "POKE");
      assumeTrue(false);
    }
  }

  @Test
  void aFailureBeforeTheFirstTestShowsWhatWasSaidToo() {
    Throwable failure = TestRun.of(FailsBeforeAll.class).failure();
    assertThat(failure).isInstanceOf(CompletionException.class);
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(each -> assertThat(each).hasMessageContaining("C: PING"));
  }

  static class FailsBeforeAll {
    @ScriptedListener(PING)
    static Listener shared;

    @BeforeAll
    static void fails() {
      ask(shared, "PING");
      throw new CompletionException(null);
    }

    @Test
    void asks() {}
  }

  @Test
  void aDynamicTestThatFailsShowsWhatWasSaid() {
    TestRun outcome = TestRun.of(Dynamic.class);
    assertThat(outcome.failed()).containsExactly("fails");
    assertThat(outcome.failure()).hasMessage("mine");
    assertThat(outcome.failure().getSuppressed())
        .singleElement()
        .satisfies(each -> assertThat(each).hasMessageContaining("C: PING"));
  }

  static class Dynamic {
    @ScriptedListener(PING)
    Listener listener;

    @TestFactory
    Stream<DynamicTest> several() {
      return Stream.of(
          DynamicTest.dynamicTest("passes", () -> ask(listener, "PING")),
          DynamicTest.dynamicTest(
              "fails",
              () -> {
                throw new IllegalStateException("mine");
              }));
    }
  }
}
