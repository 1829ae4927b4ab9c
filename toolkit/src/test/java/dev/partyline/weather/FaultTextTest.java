package dev.partyline.weather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.weather.spi.CloseType;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTextTest {
  private static final String A_FAULT =
      "a fault (delay, rate, slice at, slice randomly, slice, coalesce, stall, cut after, reset"
          + " after, reset first, limit, corrupt of, corrupt, slow close, slow read, connect delay,"
          + " lost segment, packet loss, refuse, loss every, loss gemodel, loss of, loss, duplicate"
          + " of, duplicate, reorder of, reorder), a preset (lan, wifi, mobile, satellite, lossy,"
          + " edge, slow-3g, fast-3g, lte, dsl, cable), clear or seed 7";

  private static final List<String> TOKENS =
      List.of(
          "delay",
          "rate",
          "slice",
          "coalesce",
          "stall",
          "cut",
          "reset",
          "limit",
          "of 2,5",
          "on all connections",
          "corrupt",
          "slow close",
          "slow read",
          "connect delay",
          "lost segment",
          "packet loss",
          "refuse",
          "loss",
          "duplicate",
          "reorder",
          "jitter",
          "normal",
          "after",
          "at",
          "randomly",
          "to",
          "pause",
          "first",
          "rto",
          "every",
          "gemodel",
          "by",
          "within",
          "from",
          "client",
          "byte",
          "datagram",
          "address",
          "both ways",
          "on",
          "connections",
          "must fire",
          "named",
          "seed",
          "clear",
          "edge",
          ";",
          "50ms",
          "1%",
          "100%",
          "101%",
          "1..1%",
          ".%",
          "%",
          "5",
          "0",
          "1,3",
          "1,,3",
          "512 bytes",
          "99999999999",
          "999999999999999999m",
          "-1",
          "100KB/s",
          "\"a\"",
          "\"\\x0g\"",
          "\"\\",
          "\"\\\"\"",
          "\u00e9",
          "\t",
          "\n",
          "\"");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay 50ms",
        "delay 50ms jitter 10ms",
        "delay 1500us jitter 10ns normal",
        "delay 2m jitter 90s pareto",
        "rate 100KB/s",
        "rate 1234B/s",
        "slice 100 bytes",
        "slice 100 bytes pause 5ms",
        "slice 100 bytes pause 0ms",
        "slice at 1,20,300",
        "slice at 5,10 pause 2ms",
        "slice randomly 1 to 100 bytes",
        "slice randomly 1 to 100 bytes pause 2ms",
        "coalesce 20ms",
        "stall",
        "stall 2s",
        "stall 2s on all connections",
        "stall from client after \"400\" from server",
        "loss 100% from client after \"go\" from client",
        "corrupt 1% from datagram 3 after \"x\" from client",
        "cut after 512 bytes",
        "cut after 5s",
        "cut after \"QUIT\\r\\n\"",
        "reset after 512 bytes",
        "reset after 5s",
        "reset after \"\\xff\\\"\"",
        "reset first 2",
        "limit 512 bytes",
        "corrupt 0.1%",
        "slow close 5s",
        "slow read 50ms",
        "connect delay 2s",
        "lost segment 1%",
        "lost segment 1% rto 300ms",
        "refuse",
        "refuse 2s",
        "loss of 2,5",
        "duplicate of 1",
        "reorder of 2,5",
        "reorder of 2,5 by 3 within 50ms",
        "corrupt of 2,5",
        "loss 12.5%",
        "loss every 5",
        "loss gemodel 1% 10%",
        "loss gemodel 1% 10% 90%",
        "loss gemodel 1% 10% 90% 0.5%",
        "duplicate 1%",
        "reorder 25% by 3 within 50ms",
        "reorder 25%",
        "delay 1s from client on connections 1,3 on every 2 from address ::1 from byte 5",
        "delay 1s after \"a;b \\\"c\\\" \\\\\" must fire named \"bad; day\"",
        "corrupt 1% both ways",
        "corrupt 1% from client from datagram 7"
      })
  void aFaultReadsBackAsItsText(String text) {
    assertThat(Fault.parse(text)).hasToString(text);
  }

  @Test
  void manyTextsSayTheSame() {
    assertThat(Fault.parse(" cut   after 64KiB ")).isEqualTo(Fault.cutAfter(65_536, CloseType.FIN));
    assertThat(Fault.parse("limit 1 byte")).isEqualTo(Fault.limitData(1));
    assertThat(Fault.parse("delay 1000ms jitter 1us uniform"))
        .isEqualTo(Fault.delay(Duration.ofSeconds(1), Duration.ofNanos(1_000)));
    assertThat(Fault.parse("corrupt 1% from server")).isEqualTo(Fault.corrupt(0.01));
    assertThat(Fault.parse("stall on connection 3")).isEqualTo(Fault.stall().onConnections(3));
  }

  @Test
  void aWeatherIsFaultsPresetsAndASeed() {
    assertThat(Weather.parse("delay 50ms jitter 10ms; loss 1%"))
        .isEqualTo(
            Weather.of(
                Fault.delay(Duration.ofMillis(50), Duration.ofMillis(10)),
                DatagramFaults.loss(0.01)));
    assertThat(Weather.parse("seed -7; slow-3g; stall"))
        .isEqualTo(Weather.slow3g().with(Fault.stall()).seed(-7))
        .hasToString(
            "seed -7; delay 200ms; rate 50KB/s from server; rate 50KB/s from client; stall");
    assertThat(Weather.parse("clear")).isEqualTo(Weather.clear()).hasToString("clear");
    assertThat(Weather.clear().seed(3)).hasToString("seed 3; clear");
    assertThat(Stream.of("lan", "wifi", "mobile", "satellite", "lossy").map(Weather::parse))
        .containsExactly(
            Weather.lan(), Weather.wifi(), Weather.mobile(), Weather.satellite(), Weather.lossy());
    assertThat(Stream.of("edge", "slow-3g", "fast-3g", "lte", "dsl", "cable").map(Weather::parse))
        .containsExactly(
            Weather.edge(),
            Weather.slow3g(),
            Weather.fast3g(),
            Weather.lte(),
            Weather.dsl(),
            Weather.cable());
    assertThat(Weather.cable())
        .hasToString("delay 14ms; rate 625KB/s from server; rate 125KB/s from client");
    assertThat(Weather.lan())
        .hasToString("delay 250us; rate 125MB/s from server; rate 125MB/s from client");
    assertThat(Weather.lossy()).hasToString("packet loss 10%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lan", "wifi", "mobile", "satellite", "lossy", "edge", "cable"})
  void aPresetSuitsStreamsAndDatagrams(String preset) {
    for (Transport transport : Transport.values()) {
      assertThatCode(() -> Weather.parse(preset).check(transport)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "rain ~ fault (rain): expected " + A_FAULT + ", not 'rain'",
        "delay 50 ~ fault (delay 50): expected a time with its unit (ns, us, ms, s, m), such as"
            + " 50ms, not '50'",
        "delay ~ fault (delay): expected a time with its unit (ns, us, ms, s, m), such as 50ms at"
            + " its end",
        "delay 0s ~ fault (delay 0s): delay (PT0S) must be above 0 and at most ten years",
        "stall on connections 1,3000000000 ~ fault (stall on connections 1,3000000000): expected a"
            + " number up to 2147483647, not '1,3000000000'",
        "loss 150% ~ fault (loss 150%): probability (1.5) must be from 0 to 1, such as 0.01 for"
            + " 1 %",
        "loss 0.1 ~ fault (loss 0.1): expected a probability in percent, such as 1%, not '0.1'",
        "rate 5 ~ fault (rate 5): expected bytes a second, such as 100KB/s, not '5'",
        "cut 5 ~ fault (cut 5): expected 'after', not '5'",
        "cut after ~ fault (cut after): expected a number of bytes, such as 512 or 64KiB at its"
            + " end",
        "slice randomly 5 to 1 ~ fault (slice randomly 5 to 1): maxSize (1) must be at least 5",
        "stall after x ~ fault (stall after x): expected a text in quotation marks, such as"
            + " \"QUIT\\r\\n\", not 'x'",
        "stall after \"x ~ fault (stall after \"x): expected a text in quotation marks, such as"
            + " \"QUIT\\r\\n\", not '\"x'",
        "stall after \"\\q\" ~ fault (stall after \"\\q\"): escape (\\q) must be \\r, \\n, \\t,"
            + " \\0, \\\\, \\\", \\$, \\xHH or \\u{H}",
        "stall on connections 1, ~ fault (stall on connections 1,): expected a number of at most"
            + " 18 digits, not '1,'",
        "stall; ~ fault (): expected " + A_FAULT + " at its end",
        "reset 5 ~ fault (reset 5): expected 'after' or 'first', not '5'",
        "seed x; stall ~ seed (x) must be one whole number",
        "seed 1; seed 2 ~ weather (seed 1; seed 2) must have one seed at most: leave out"
            + " the others",
        "refuse from client ~ fault (refuse from client): refuse acts on connections before their"
            + " first byte; it has no side and no offset",
        "refuse on every 2 ~ fault (refuse on every 2): refuse acts on all clients, because"
            + " nothing listens, and cannot select some; use 'reset first 1'"
      })
  void anErrorSaysWhatWasExpectedWhere(String text, String message) {
    assertThatThrownBy(() -> Weather.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void severalFaultsAreNoFault() {
    assertThatThrownBy(() -> Fault.parse("stall; stall"))
        .hasMessage("fault (stall; stall) must be one; read several by Weather.parse");
  }

  @Property(tries = 20_000)
  void aRandomTextGivesAWeatherOrAnErrorThatNamesIt(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String text =
        random
            .ints(1 + random.nextInt(8), 0, TOKENS.size())
            .mapToObj(TOKENS::get)
            .collect(Collectors.joining(random.nextInt(9) == 0 ? "" : " "));
    Throwable thrown = catchThrowable(() -> readsBack(text));
    if (thrown != null) {
      assertThat(thrown).as(text).isInstanceOf(IllegalArgumentException.class);
      assertThat(thrown.getMessage()).as(text).containsAnyOf("expected ", " must ", " acts on ");
    }
  }

  @Property
  void anyCharactersGiveAWeatherOrAnError(@ForAll String text) {
    Throwable thrown = catchThrowable(() -> readsBack(text));
    assertThat(thrown)
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            error -> assertThat(error).isInstanceOf(IllegalArgumentException.class));
  }

  private static void readsBack(String text) {
    Weather weather = Weather.parse(text);
    assertThat(Weather.parse(weather.toString()))
        .isEqualTo(weather)
        .hasToString(weather.toString());
  }

  @Property
  void patternsNamesAndFiguresReadBack(
      @ForAll byte[] pattern, @ForAll String name, @ForAll double number, @ForAll long nanos) {
    double probability = Math.abs(number % 1);
    Fault fault = Fault.corrupt(probability).from(Side.CLIENT);
    if (pattern.length > 0) {
      fault = fault.after(Bytes.of(pattern));
    }
    String sound = Bytes.utf8(name).utf8();
    if (!sound.isBlank()) {
      fault = fault.named(sound);
    }
    assertThat(Fault.parse(fault.toString())).isEqualTo(fault);
    Fault delay = Fault.delay(Duration.ofNanos(Math.floorMod(nanos, 300_000_000_000_000_000L) + 1));
    assertThat(Fault.parse(delay.toString())).isEqualTo(delay);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay 5ms from client from server",
        "delay 5ms from client from client",
        "delay 5ms both ways from server",
        "delay 5ms on connection 1 on connections 2",
        "delay 5ms on every 2 on every 3",
        "delay 5ms from address 127.0.0.1 from address ::1",
        "delay 5ms from byte 1 from byte 2",
        "loss 1% from byte 1 from datagram 2",
        "delay 5ms after \"a\" after \"b\"",
        "delay 5ms must fire must fire",
        "delay 5ms named \"a\" named \"b\""
      })
  void whatAFaultAppliesToIsSaidOnce(String text) {
    assertThatThrownBy(() -> Fault.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("fault (" + text + "): '")
        .hasMessageContaining("' must not set ")
        .hasMessageEndingWith(": leave one out");
  }
}
