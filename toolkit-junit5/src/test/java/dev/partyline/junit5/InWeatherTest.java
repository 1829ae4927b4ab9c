package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ECHO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For which taps there is weather, and for how long. */
class InWeatherTest {
  private static String ask(Tap tap) {
    try {
      return LineClient.ask(tap, "hi");
    } catch (UncheckedIOException e) {
      return "(" + e.getMessage() + ")";
    }
  }

  private static String weather(Tap tap) {
    return Weather.of(tap.weatherReport().faults().toArray(Fault[]::new))
        .seed(tap.seed())
        .toString();
  }

  @Test
  void isThereBeforeTheFirstConnectionOfATest() {
    TestRun.of(OnMethods.class).assertPassed(5);
  }

  static class OnMethods {
    @ScriptedListener(ECHO)
    Listener server;

    @Tapped(to = "server", mustBeUsed = false)
    Tap tap;

    String first = "";

    static Weather monsoon() {
      return Weather.of(Fault.delay(Duration.ofMillis(1))).seed(3);
    }

    @BeforeEach
    void connects() {
      first = ask(tap);
    }

    @Test
    @InWeather("reset first 1")
    void hitsWhatComesBeforeTheTest() {
      assertThat(first).startsWith("(");
      assertThat(ask(tap)).isEqualTo("you said hi");
    }

    @Test
    void isClearWithout() {
      assertThat(first).isEqualTo("you said hi");
      assertThat(tap.weatherReport().faults()).isEmpty();
    }

    @Test
    @InWeather(from = "monsoon", seed = 5)
    void comesFromAMethodWithAnotherSeed() {
      assertThat(weather(tap)).isEqualTo("seed 5; delay 1ms");
    }

    @ParameterizedTest
    @ValueSource(ints = 1)
    @InWeather(from = "monsoon")
    void isForEachInvocation(int number) {
      assertThat(weather(tap)).isEqualTo("seed 3; delay 1ms");
    }

    @Nested
    class Inner {
      @Test
      @InWeather("delay 2ms")
      void reachesTheTapsAround() {
        assertThat(weather(tap)).isEqualTo("delay 2ms");
      }
    }
  }

  @Test
  void addsUpFromTheTapToTheMethod() {
    TestRun.of(OnClass.class).assertPassed(2);
  }

  @InWeather("seed 1; delay 3ms")
  static class OnClass {
    @ScriptedListener(ECHO)
    static Listener server;

    @InWeather("seed 2; delay 2ms")
    @Tapped(to = "server", weather = "delay 1ms", seed = 3)
    static Tap all;

    @Tapped(to = "server", weather = "delay 1ms", seed = 4)
    Tap one;

    @Test
    @InWeather("delay 4ms")
    void addsUp(@InWeather("delay 2ms") @Tapped(to = "server") Tap parameter) {
      assertThat(weather(all)).isEqualTo("seed 1; delay 1ms; delay 2ms; delay 3ms; delay 4ms");
      assertThat(weather(one)).isEqualTo("seed 1; delay 1ms; delay 3ms; delay 4ms");
      assertThat(weather(parameter)).isEqualTo("seed 1; delay 2ms; delay 3ms; delay 4ms");
      ask(all);
      ask(one);
      ask(parameter);
    }

    @Nested
    @InWeather(value = "delay 5ms", taps = "mine")
    class Inner {
      @Test
      void addsUp(@Tapped(to = "server") Tap mine) {
        assertThat(weather(mine)).isEqualTo("seed 1; delay 3ms; delay 5ms");
        assertThat(weather(one)).isEqualTo("seed 1; delay 1ms; delay 3ms");
        ask(one);
        ask(mine);
      }
    }
  }

  @Test
  void endsWithTheTestOverATapThatStays() {
    TestRun.of(OverAStaticTap.class).assertPassed(3);
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class OverAStaticTap {
    @ScriptedListener(ECHO)
    static Listener server;

    @Tapped(to = "server", seed = 7)
    static Tap tap;

    @Test
    @Order(1)
    @InWeather(value = "reset after 0 bytes must fire", seed = 7)
    void isReset() {
      assertThat(ask(tap)).startsWith("(");
    }

    @Test
    @Order(2)
    void isClearAgain() {
      assertThat(ask(tap)).isEqualTo("you said hi");
    }

    @Nested
    @InWeather("reset after 0 bytes must fire")
    class Inner {
      @Test
      void isReset() {
        assertThat(ask(tap)).startsWith("(");
      }
    }
  }

  @Test
  void aFaultThatHasFiredInOneTestMayStillMissTheNext() {
    assertThat(TestRun.of(MissesTheSecond.class).failure())
        .hasMessageStartingWith(
            """
            the weather of @Tapped field [tap] did not hit:
              missed    reset after 9 bytes must fire
              weather   reset\
            """);
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class MissesTheSecond {
    @ScriptedListener(ECHO)
    static Listener server;

    @Tapped(to = "server")
    static Tap tap;

    @Test
    @Order(1)
    @InWeather("reset after 9 bytes must fire")
    void hits() {
      ask(tap);
    }

    @Test
    @Order(2)
    @InWeather("reset after 9 bytes must fire")
    void misses() {}
  }

  @Test
  void failsWhereThereIsNoTap() {
    assertThat(TestRun.of(NoTap.class).failures())
        .extracting(Throwable::getMessage)
        .containsExactlyInAnyOrder(
            "@InWeather method [noTap] had no tap to make weather for: put one under @Tapped",
            "@InWeather method [misspelt] has taps = \"tip\", but there was no field and no"
                + " parameter of that name under @Tapped");
  }

  static class NoTap {
    @Test
    @InWeather("delay 1ms")
    void noTap() {}

    @Test
    @InWeather(
        value = "delay 1ms",
        taps = {"tap", "tip"})
    void misspelt(@Tapped(to = "127.0.0.1:9", mustBeUsed = false) Tap tap) {
      assertThat(weather(tap)).isEqualTo("delay 1ms");
    }
  }

  @Test
  void each_test_fails_whose_fault_hit_nothing_though_an_earlier_one_had_the_same() {
    assertThat(TestRun.of(EqualFaults.class).failed()).containsExactly("second()", "third()");
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class EqualFaults {
    @ScriptedListener(ECHO)
    static Listener server;

    @Tapped(to = "server")
    static Tap tap;

    @Test
    @Order(1)
    @InWeather("delay 1ms must fire")
    void first() {
      Assumptions.abort();
    }

    @Test
    @Order(2)
    @InWeather("delay 1ms must fire")
    void second() {}

    @Test
    @Order(3)
    @InWeather("delay 1ms must fire")
    void third() {}

    @Test
    @Order(4)
    @InWeather("delay 1ms must fire")
    void fourth() {
      ask(tap);
    }
  }
}
