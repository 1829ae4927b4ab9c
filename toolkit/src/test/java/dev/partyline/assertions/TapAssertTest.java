package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.Holds;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import dev.partyline.weather.Weathered;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Test;

class TapAssertTest {
  private static final String UNUSED =
      """
      no connection came through the tap: is the client using its address?
        expected  1 connection or more
        received  0 connections
        waited    not at all; within(Duration) would\
      """;

  private final InMemoryTap tap =
      new InMemoryTap("reset after 4 bytes; corrupt 0%; delay 1ms on connection 9; seed 7");

  @Test
  void everyCheckFailsWhenTheTapWasNotUsed() {
    InMemoryTap clearTap = new InMemoryTap("clear");
    assertThat(messageOf(() -> assertThat(clearTap).hasConnections(0))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).hasConnections(1))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).connection(1).isOpen())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).client().sentNothing())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).hasRequests(0))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).request().hasNoFlaw())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).nothingHit())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).within(ofMillis(1)).hasHit("reset")))
        .startsWith("no connection came through the tap");
    assertThat(messageOf(() -> assertThat(clearTap).hasHit("reset", 0))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).hasHitConnections("reset"))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clearTap).allFaultsHit())).isEqualTo(UNUSED);
    assertThat(clearTap.recording()).hasConnections(0);
  }

  @Test
  void hasWhatEveryRecordingHas() {
    tap.server("hello");
    assertThat(tap).hasConnections(1).server().sent("hello");
    assertThat(tap).connection(1).isOpen();
    assertThat(messageOf(() -> assertThat(tap).hasConnections(2)))
        .startsWith("the count of connections differs\n  expected  2 connections")
        .contains("\n  seed      7; the same seed makes the same weather again\n");
  }

  @Test
  void tellsTheWeatherInEveryFailure() {
    tap.server("hello");
    assertThat(messageOf(() -> assertThat(tap).within(ofMillis(1)).client().sent("x")))
        .contains("\n  weather   reset hit connection #1 at byte 4; ", "\n  seed      7;");
    assertThat(messageOf(() -> assertThat(tap).connection(2).isOpen()))
        .startsWith("there is no connection 2")
        .contains("\n  seed      7;");
  }

  @Test
  void saysWhatAFaultHasHit() {
    tap.server("hello");
    assertThat(tap).hasHit("reset").hasHit("reset", 1).hasHitConnections("reset", 1);
    assertThat(tap).hasHit("delay", 0).hasHitConnections("delay");
    assertThat(messageOf(() -> assertThat(tap).hasHit("delay")))
        .startsWith(
            "the fault delay has hit nothing\n  expected  once or more\n  received  0 times\n");
    assertThat(messageOf(() -> assertThat(tap).within(ofSeconds(9)).hasHit("reset", 0)))
        .startsWith(
            """
            the fault reset has hit another number of times
              expected  0 times
              received  1 time
              weather   reset hit\
            """);
    assertThat(messageOf(() -> assertThat(tap).hasHitConnections("reset", 2)))
        .startsWith("the fault reset has hit other connections\n  expected  #2\n  received  #1\n");
    assertThat(messageOf(() -> assertThat(tap).hasHit("loss")))
        .startsWith(
            """
            no fault of this name was active
              expected  loss
              received  reset, corrupt, delay
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(tap).hasHit("reset", -1))
        .withMessage("times (-1) must not be negative");
  }

  @Test
  void wantsEveryFaultToHitOrNone() {
    tap.server("hey");
    assertThat(tap).nothingHit();
    assertThat(messageOf(() -> assertThat(tap).allFaultsHit()))
        .startsWith("a fault has hit nothing\n  expected  each of reset after 4 bytes")
        .contains("\n  received  not ");
    InMemoryTap resettingTap = new InMemoryTap("reset after 4 bytes");
    resettingTap.server("hello");
    assertThat(resettingTap).allFaultsHit();
    assertThat(messageOf(() -> assertThat(resettingTap).nothingHit()))
        .startsWith("the weather has hit something\n  expected  no hit\n");
    InMemoryTap clearTap = new InMemoryTap("clear");
    clearTap.server("hello");
    assertThat(clearTap).nothingHit();
    assertThat(messageOf(() -> assertThat(clearTap).allFaultsHit()))
        .startsWith("no fault was active that could have hit anything")
        .doesNotContain("seed");
  }

  @Test
  void isSoftToo() {
    PartylineSoftAssertions softly = new PartylineSoftAssertions();
    softly.assertThat(tap).as("tap").hasConnections(2).client().sent("x");
    tap.server("hello");
    softly.assertThat(tap).hasHit("reset").hasHit("delay");
    assertThat(softly.errorsCollected()).hasSize(3);
    assertThat(softly.errorsCollected().get(0)).hasMessageContaining("[tap] no connection came");
  }

  @Test
  void refusedClientsCannotBeCounted() {
    InMemoryTap refusingTap = new InMemoryTap("refuse");
    assertThat(refusingTap).hasConnections(0).allFaultsHit();
    assertThat(messageOf(() -> assertThat(refusingTap).hasHit("refuse")))
        .contains("has hit nothing", "refuse hit clients that the system does not count, if any");
  }

  /** A tap without a socket; its time stands still. */
  private static final class InMemoryTap implements Weathered {
    private final Recorder recorder = new Recorder(() -> 0);
    private final FaultInjector injector;

    InMemoryTap(String weather) {
      injector = new FaultInjector(Weather.parse(weather), Transport.TCP);
    }

    void server(String text) {
      ConversationRecorder conversationRecorder =
          recorder.open(Transport.TCP, "127.0.0.1:40001", "127.0.0.1:80");
      conversationRecorder.recordSent(Side.SERVER, Bytes.utf8(text).toBuffer());
      FaultPipeline pipeline =
          injector.newPipeline(
              new ConnectionDirection(
                  conversationRecorder.number(),
                  Side.SERVER,
                  Transport.TCP,
                  "127.0.0.1:40001",
                  "127.0.0.1:80",
                  0));
      pipeline.push(Bytes.utf8(text).toBuffer(), 1);
      while (pipeline.poll(1) != null) {
        // It sends nothing on.
      }
    }

    @Override
    public Recording recording() {
      return recorder.recording();
    }

    @Override
    public WeatherReport weatherReport() {
      return injector.report();
    }

    @Override
    public long seed() {
      return injector.seed();
    }

    @Override
    public Holds holds() {
      return injector.holds();
    }
  }
}
