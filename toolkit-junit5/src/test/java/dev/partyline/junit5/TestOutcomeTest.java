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
            "> here      C: PING",
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
      try (LineClient client = LineClient.of(listener)) {
        client.sendLine("PING");
        client.receiveLine();
        client.sendLine("PING");
      }
    }
  }

  @Test
  void aScriptWithoutAConnectionFailsTheTestAtOnce() {
    assertThat(TestRun.of(NoConnection.class).failure())
        .hasMessage(
            """
            the script of @ScriptedListener field [listener] was not finished:
            no client connected for connection 1:
              C: PING
              S: PONG\
            """);
  }

  static class NoConnection {
    @ScriptedListener(value = PING, deadline = "10m")
    Listener listener;

    @Test
    void doesNotConnect() {}
  }

  @Test
  void aConnectionBlockWithoutAConnectionFailsTheTest() {
    assertThat(TestRun.of(OneOfTwo.class).failure())
        .hasMessageContainingAll(
            "was not finished", "no client connected for connection 2:\n  C: second")
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
        .hasMessageContainingAll("[listener] failed:", "the client sent FIN\n", "FIN seen");
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
    TestRun.of(Unhurried.class).assertPassed(1);
  }

  static class Unhurried {
    @ScriptedListener("C: PING\npause 100ms\nS: PONG")
    Listener listener;

    @AutoClose LineClient client;

    @Test
    void asks() {
      client = LineClient.of(listener);
      client.sendLine("PING");
      // The listener must have received it, but need not have answered.
      listener.drainInput();
    }
  }

  @Test
  void aPlayerWhosePeerStaysSilentTimesOutWhenItsDeadlinePasses() {
    assertThat(TestRun.of(Silent.class).failure())
        .hasMessageContainingAll("[listener] failed:", "timed out", "> here      C: PING");
  }

  static class Silent {
    @ScriptedListener(value = PING, deadline = "50ms")
    Listener listener;

    @AutoClose LineClient client;

    @Test
    void saysNothing() {
      client = LineClient.of(listener);
    }
  }

  @Test
  void whatIsSentInAnAfterEachMethodCountsToo() {
    TestRun.of(Goodbye.class).assertPassed(1);
  }

  static class Goodbye {
    @ScriptedListener(PING_TWICE)
    Listener listener;

    @AutoClose LineClient client;

    @BeforeEach
    void connect() {
      client = LineClient.of(listener);
    }

    @Test
    void asks() {
      client.sendLine("PING");
      assertThat(client.receiveLine()).isEqualTo("PONG");
    }

    @AfterEach
    void asksOnceMore() {
      client.sendLine("PING");
      assertThat(client.receiveLine()).isEqualTo("PONG");
      client.close();
    }
  }

  @Test
  void aScriptBetweenTwoIterationsOfAnEndlessRepeatIsFinished() {
    TestRun.of(Endless.class).assertPassed(1);
  }

  static class Endless {
    @ScriptedListener(value = "repeat\n  C: PING\n  S: PONG", deadline = "10m")
    Listener listener;

    @AutoClose LineClient client;

    @Test
    void asks() {
      client = LineClient.of(listener);
      client.sendLine("PING");
      assertThat(client.receiveLine()).isEqualTo("PONG");
    }
  }

  @Test
  void aListenerThatTheTestClosedIsJudgedByWhatItPlayed() {
    TestRun run = TestRun.of(ClosedEarly.class);
    assertThat(run.failed()).containsExactly("tooEarly()");
    assertThat(run.failure())
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
      try (LineClient client = LineClient.of(listener)) {
        listener.drainInput();
        listener.close();
        assertThat(client.receiveLine()).startsWith("(");
      }
    }
  }

  @Test
  void aTestThatFailsByItselfKeepsItsFailureAndIsNotWaitedFor() {
    Throwable failure = TestRun.of(OwnFailure.class).failure();
    assertThat(failure)
        .hasMessageContainingAll("[listener] was not finished:", "still playing")
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  static class OwnFailure {
    @ScriptedListener(value = PING, deadline = "10m")
    Listener listener;

    @AutoClose LineClient client;

    @Test
    void fails() {
      client = LineClient.of(listener);
      listener.drainInput();
      throw new IllegalStateException("mine");
    }
  }

  @Test
  void anAbortedTestIsNotJudged() {
    TestRun.of(Aborted.class).assertPassed(1);
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
  void aFailureBeforeTheFirstTestShowsConversationsToo() {
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
  void aFailingDynamicTestShowsConversations() {
    TestRun run = TestRun.of(Dynamic.class);
    assertThat(run.failed()).containsExactly("fails");
    assertThat(run.failure()).hasMessage("mine");
    assertThat(run.failure().getSuppressed())
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

  @Test
  void an_interrupt_that_a_test_leaves_behind_does_not_end_the_wait_for_its_script() {
    TestRun run = TestRun.of(LeavesInterrupt.class);
    // JUnit may leave it to this thread.
    Thread.interrupted();
    run.assertPassed(1);
  }

  static class LeavesInterrupt {
    @ScriptedListener("C: PING\npause 200ms\nS: PONG")
    Listener listener;

    @AutoClose LineClient client;

    @Test
    void pings() {
      client = LineClient.of(listener);
      client.sendLine("PING");
      Thread.currentThread().interrupt();
    }
  }
}
