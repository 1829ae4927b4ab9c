package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has a test run many times does not stand beside what has it run in another way. */
class SoleAnnotationTest {
  private static final String PING = "C: PING\nS: PONG";

  @Test
  void two_of_ours_on_one_method_are_named_in_one_error() {
    assertThat(TestRun.of(TwoOfOurs.class).failure())
        .hasMessageContaining(
            "method [pings] has @InEveryWeather and @SliceEverywhere, each of which has it run in"
                + " its own way; it must have one of them alone");
    assertThat(TestRun.of(Until.class).failure())
        .hasMessageContaining("has @UntilItFails and @InEveryWeather, each of which");
  }

  @Test
  void one_of_ours_and_one_of_jupiter_are_named_in_one_error() {
    assertThat(TestRun.of(WithTest.class).failure())
        .hasMessageStartingWith("@SliceEverywhere method [pings] has @Test and @SliceEverywhere,");
    assertThat(TestRun.of(WithRepeatedTest.class).failure())
        .hasMessageStartingWith("@InEveryWeather method [pings] has @RepeatedTest and @InEvery");
    assertThat(TestRun.of(WithParameterizedTest.class).failure())
        .hasMessageStartingWith("@UntilItFails method [passes] has @ParameterizedTest and @Until");
  }

  static class TwoOfOurs {
    @InEveryWeather
    @SliceEverywhere
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }
  }

  static class Until {
    @UntilItFails(runs = 2)
    @InEveryWeather
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }
  }

  static class WithTest {
    @Test
    @SliceEverywhere
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }
  }

  static class WithRepeatedTest {
    @RepeatedTest(2)
    @InEveryWeather
    void pings(@ScriptedListener(PING) Listener server) {
      assertThat(LineClient.ask(server, "PING")).isEqualTo("PONG");
    }
  }

  static class WithParameterizedTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @UntilItFails(runs = 2)
    void passes(int number) {
      assertThat(number).isPositive();
    }
  }
}
