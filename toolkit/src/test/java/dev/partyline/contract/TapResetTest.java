package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.weather.CloseType;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reset overtakes nothing that the tap has taken over, as long as somebody reads it. */
@Timeout(60)
class TapResetTest {
  @ParameterizedTest
  @EnumSource(Side.class)
  void it_comes_after_all_that_the_tap_has_heard_before(Side side) throws IOException {
    Pattern pattern = new Pattern(30);
    long size = 1 << 20;
    try (Setup line = Setup.tapped(TransportPair.IPV4)) {
      Recording recording = line.tap().recording();
      for (int i = 1; i <= 10; i++) {
        long all = i * size;
        try (Setup.Call call = line.call()) {
          call.end(side).say(pattern, 0, size, Pattern.MOST);
          assertThat(recording.await(() -> recording.count(side) == all, Setup.SOON)).isTrue();
          call.end(side).reset();
          assertThat(call.end(side.peer()).expectUpToReset(pattern)).isEqualTo(size);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void it_comes_to_somebody_who_began_to_read_only_then(Side side) throws IOException {
    Pattern pattern = new Pattern(31);
    try (Setup line = Setup.tapped(TransportPair.IPV4);
        Setup.Call call = line.call()) {
      // Both kernels' buffers for the one who does not read are full, and the tap is not stuck.
      call.end(side).say(pattern, 0, 300_000, Pattern.MOST);
      Recording recording = line.tap().recording();
      assertThat(recording.await(() -> recording.count(side) == 300_000, Setup.SOON)).isTrue();
      call.end(side).reset();
      assertThat(
              recording.await(
                  () -> !recording.conversations().get(0).ledger().isEmpty(), Setup.SOON))
          .isTrue();
      assertThat(call.end(side.peer()).expectUpToReset(pattern)).isEqualTo(300_000);
    }
  }

  @Test
  void that_of_a_fault_comes_after_all_that_it_lets_through() throws Exception {
    Pattern pattern = new Pattern(32);
    Weather cut = Weather.of(Fault.cutAfter(1 << 20, CloseType.RST));
    try (Setup line = Setup.tapped(TransportPair.IPV4, spec -> spec.in(cut));
        Setup.Call call = line.call();
        Helpers helpers = new Helpers()) {
      helpers.run(() -> sayUntilItFails(call.server(), pattern));
      Recording recording = line.tap().recording();
      assertThat(recording.await(() -> recording.count(Side.SERVER) > 1 << 20, Setup.SOON))
          .isTrue();
      assertThat(call.client().expectUpToReset(pattern)).isEqualTo(1 << 20);
      helpers.await();
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void it_follows_a_fin_that_the_weather_held_back(Side side) throws IOException {
    Weather slow = Weather.of(Fault.slowClose(Duration.ofSeconds(1)).from(side));
    try (Setup line = Setup.tapped(TransportPair.IPV4, spec -> spec.in(slow));
        Setup.Call call = line.call()) {
      call.end(side).finish();
      Recording recording = line.tap().recording();
      assertThat(recording.await(() -> isIn(recording, side + " FIN 0"), Setup.SOON)).isTrue();
      call.end(side).reset();
      assertThat(recording.await(() -> isIn(recording, side + " RST 0"), Setup.SOON)).isTrue();
      call.end(side.peer()).expectFin();
      recording.awaitClosed(Setup.SOON);
    }
  }

  private static boolean isIn(Recording recording, String end) {
    return Setup.lines(recording.conversations().get(0)).contains(end);
  }

  private static void sayUntilItFails(BlockingPeer peer, Pattern pattern) {
    long at = 0;
    while (true) {
      try {
        peer.say(pattern.at(at, 10_000));
        at += 10_000;
      } catch (IOException e) {
        return;
      }
    }
  }
}
