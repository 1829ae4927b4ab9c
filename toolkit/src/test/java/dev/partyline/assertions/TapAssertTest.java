package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.weather.ConnectionDirection;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.Report;
import dev.partyline.weather.Weather;
import dev.partyline.weather.Weathered;
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

  private final Air air =
      new Air("reset after 4 bytes; corrupt 0%; delay 1ms on connection 9; seed 7");

  @Test
  void everyCheckFailsWhenNobodyUsedTheTap() {
    Air clear = new Air("clear");
    assertThat(messageOf(() -> assertThat(clear).hasConnections(0))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).hasConnections(1))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).connection(1).isOpen())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).client().sentNothing())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).hasRequests(0))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).request().hasNoFlaw())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).nothingHit())).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).within(ofMillis(1)).hasHit("reset")))
        .startsWith("no connection came through the tap");
    assertThat(messageOf(() -> assertThat(clear).hasHit("reset", 0))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).hasHitConnections("reset"))).isEqualTo(UNUSED);
    assertThat(messageOf(() -> assertThat(clear).faultsFired())).isEqualTo(UNUSED);
    assertThat(clear.recording()).hasConnections(0);
  }

  @Test
  void hasWhatEveryRecordingHas() {
    air.server("hello");
    assertThat(air).hasConnections(1).server().sent("hello");
    assertThat(air).connection(1).isOpen();
    assertThat(messageOf(() -> assertThat(air).hasConnections(2)))
        .startsWith("the count of connections differs\n  expected  2 connections")
        .contains("\n  seed      7; the same seed makes the same weather again\n");
  }

  @Test
  void tellsTheWeatherInEveryFailure() {
    air.server("hello");
    assertThat(messageOf(() -> assertThat(air).within(ofMillis(1)).client().sent("x")))
        .contains("\n  weather   reset hit connection #1 at byte 4; ", "\n  seed      7;");
    assertThat(messageOf(() -> assertThat(air).connection(2).isOpen()))
        .startsWith("there is no connection 2")
        .contains("\n  seed      7;");
  }

  @Test
  void saysWhatAFaultHasHit() {
    air.server("hello");
    assertThat(air).hasHit("reset").hasHit("reset", 1).hasHitConnections("reset", 1);
    assertThat(air).hasHit("delay", 0).hasHitConnections("delay");
    assertThat(messageOf(() -> assertThat(air).hasHit("delay")))
        .startsWith(
            "the fault delay has hit nothing\n  expected  once or more\n  received  0 times\n");
    assertThat(messageOf(() -> assertThat(air).within(ofSeconds(9)).hasHit("reset", 0)))
        .startsWith(
            """
            the fault reset has hit another number of times
              expected  0 times
              received  1 time
              weather   reset hit\
            """);
    assertThat(messageOf(() -> assertThat(air).hasHitConnections("reset", 2)))
        .startsWith("the fault reset has hit other connections\n  expected  #2\n  received  #1\n");
    assertThat(messageOf(() -> assertThat(air).hasHit("loss")))
        .startsWith(
            """
            no fault of this name was up
              expected  loss
              received  reset, corrupt, delay
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(air).hasHit("reset", -1))
        .withMessage("times (-1) must not be negative");
  }

  @Test
  void wantsEveryFaultToFireOrNone() {
    air.server("hey");
    assertThat(air).nothingHit();
    assertThat(messageOf(() -> assertThat(air).faultsFired()))
        .startsWith("a fault has hit nothing\n  expected  each of reset after 4 bytes")
        .contains("\n  received  not ");
    Air one = new Air("reset after 4 bytes");
    one.server("hello");
    assertThat(one).faultsFired();
    assertThat(messageOf(() -> assertThat(one).nothingHit()))
        .startsWith("the weather has hit something\n  expected  no hit\n");
    Air clear = new Air("clear");
    clear.server("hello");
    assertThat(clear).nothingHit();
    assertThat(messageOf(() -> assertThat(clear).faultsFired()))
        .startsWith("no fault was up that could have hit anything")
        .doesNotContain("seed");
  }

  @Test
  void isSoftToo() {
    PartylineSoftAssertions softly = new PartylineSoftAssertions();
    softly.assertThat(air).as("tap").hasConnections(2).client().sent("x");
    air.server("hello");
    softly.assertThat(air).hasHit("reset").hasHit("delay");
    assertThat(softly.errorsCollected()).hasSize(3);
    assertThat(softly.errorsCollected().get(0)).hasMessageContaining("[tap] no connection came");
  }

  @Test
  void aRefusalIsAHit() {
    Air refused = new Air("refuse");
    assertThat(refused).hasHit("refuse").hasConnections(0);
  }

  /** A tap without a socket; its time stands still. */
  private static final class Air implements Weathered {
    private final Recorder recorder = new Recorder(() -> 0);
    private final FaultInjector sky;

    Air(String weather) {
      sky = new FaultInjector(Weather.parse(weather), Transport.TCP);
    }

    void server(String text) {
      ConversationRecorder track = recorder.open(Transport.TCP, "127.0.0.1:40001", "127.0.0.1:80");
      track.sent(Side.SERVER, Bytes.utf8(text).toBuffer());
      FaultPipeline lane =
          sky.lane(
              new ConnectionDirection(
                  track.number(),
                  Side.SERVER,
                  Transport.TCP,
                  "127.0.0.1:40001",
                  "127.0.0.1:80",
                  0));
      lane.push(Bytes.utf8(text).toBuffer(), 1);
      while (lane.poll(1) != null) {
        // It leaves for nobody.
      }
    }

    @Override
    public Recording recording() {
      return recorder.recording();
    }

    @Override
    public Report weatherReport() {
      return sky.report();
    }

    @Override
    public long seed() {
      return sky.seed();
    }
  }
}
