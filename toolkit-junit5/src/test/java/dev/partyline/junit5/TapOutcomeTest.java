package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ECHO;
import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What fails a test that was given a tap, and what its failure shows. */
class TapOutcomeTest {
  @Test
  void anUnusedTapFailsTheTest() {
    assertThat(TestRun.of(Unused.class).failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                        "no connection came through @Tapped field [tap]: is the client using its"
                            + " address?\n  tap       Tap{tcp 127.0.0.1:"));
  }

  static class Unused {
    @ScriptedListener(ECHO)
    Listener server;

    @Tapped(to = "server")
    Tap tap;

    @Test
    void connectsPastIt() {
      ask(server, "hi");
    }

    @Test
    void isAborted() {
      abort("not today");
    }
  }

  @Test
  void aTapThatNeedNotBeUsedFailsNothing() {
    TestRun.of(NeedNotBeUsed.class).assertPassed(1);
  }

  static class NeedNotBeUsed {
    @Tapped(to = "127.0.0.1:9", mustBeUsed = false)
    Tap tap;

    @Test
    void doesNothing() {}
  }

  @Test
  void aTapOfTheWholeClassIsUsedByOneOfItsTests() {
    TestRun.of(UsedOnce.class).assertPassed(2);
    assertThat(TestRun.of(NeverUsed.class).failed()).containsExactly("TapOutcomeTest$NeverUsed");
  }

  static class UsedOnce {
    @ScriptedListener(ECHO)
    static Listener server;

    @Tapped(to = "server")
    static Tap tap;

    @Test
    void uses() {
      ask(tap, "hi");
    }

    @Nested
    class Inner {
      @Test
      void doesNot() {}
    }
  }

  static class NeverUsed {
    @Tapped(to = "127.0.0.1:9")
    static Tap tap;

    @Test
    void doesNot() {}
  }

  @Test
  void aRefusedClientHasUsedTheTap() {
    TestRun.of(Refused.class).assertPassed(1);
  }

  static class Refused {
    @Test
    void tries(@Tapped(to = "127.0.0.1:9", weather = "refuse") Tap tap) {
      assertThat(tap.recording().connections()).isZero();
    }
  }

  @Test
  void aFaultThatHadToFireAndDidNotFailsTheTest() {
    assertThat(TestRun.of(Missed.class).failure())
        .hasMessageContainingAll(
            "the weather of @Tapped field [tap] did not hit:",
            "missed    corrupt 1% from byte 512 must fire",
            "weather   corrupt hit nothing; delay hit",
            "seed      7; the same seed makes the same weather again")
        .hasMessageNotContaining("no connection");
  }

  static class Missed {
    @ScriptedListener(ECHO)
    Listener server;

    @Tapped(to = "server", seed = 7, weather = "corrupt 1% from byte 512 must fire; delay 1ms")
    Tap tap;

    @Test
    void isTooShort() {
      ask(tap, "hi");
    }
  }

  @Test
  void aFaultThatTheTestInjectedItselfHasToFireToo() {
    assertThat(TestRun.of(Injected.class).failure())
        .hasMessageContaining("missed    corrupt 1% from byte 512 must fire");
  }

  static class Injected {
    @Test
    void isTooShort(@ScriptedListener(ECHO) Listener server, @Tapped(to = "server") Tap tap) {
      FaultGuard guard = tap.inject(Fault.parse("corrupt 1% from byte 512 must fire"));
      ask(tap, "hi");
      guard.close();
    }
  }

  @Test
  void aFailureShowsTheConversationTheWeatherAndHowItEnded() {
    Throwable failure = TestRun.of(Fails.class).failure();
    assertThat(failure).hasMessage("mine");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(
            report ->
                assertThat(report)
                    .hasMessageContainingAll(
                        "@Tapped parameter [tap]",
                        "C: PASS *****",
                        "S: you said PASS",
                        "  closed    ",
                        "server RST after",
                        "  weather   reset hit nothing",
                        "  seed      7;"));
  }

  static class Fails {
    @Test
    void afterAReset(
        @ScriptedListener("C: PASS ${secret}\nS: you said PASS\nC: ...\nS! reset") Listener server,
        @Tapped(to = "server", weather = "seed 7; reset after 4 bytes from client on connection 2")
            Tap tap) {
      try (LineClient client = LineClient.of(tap.host(), tap.port())) {
        client.sendLine("PASS hello");
        client.receiveLine();
      }
      fail("mine");
    }
  }
}
