package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who speaks to somebody that does not read has to wait, and loses nothing by that. */
interface BackPressureContract extends ContractTest {
  /** More than the buffers of any kernel hold, in between included. */
  long TOO_MUCH = 128L << 20;

  @ParameterizedTest
  @MethodSource("routesAndSides")
  default void all_arrives_when_the_reader_goes_on(TransportPair route, Side side)
      throws Exception {
    Pattern pattern = new Pattern(9);
    try (Setup line = line(route);
        Setup.Call call = line.call();
        Helpers helpers = new Helpers()) {
      long stuck = call.end(side).sayUntilStuck(pattern, TOO_MUCH);
      assertThat(stuck).as("where it got stuck").isPositive().isLessThan(TOO_MUCH);
      long all = stuck + (1 << 20);
      helpers.run(
          () -> {
            call.end(side).say(pattern, stuck, all, Pattern.MOST);
            call.end(side).finish();
          });
      call.end(side.peer()).expect(pattern, 0, all);
      call.end(side.peer()).expectFin();
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routesAndSides")
  default void the_other_direction_goes_on_meanwhile(TransportPair route, Side side)
      throws Exception {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.end(side).sayUntilStuck(new Pattern(10), TOO_MUCH);
      for (int i = 0; i < 100; i++) {
        call.end(side.peer()).say("I do not listen");
        call.end(side).expect("I do not listen");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void a_reader_that_resets_frees_who_is_stuck(TransportPair route, Side side)
      throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.end(side).sayUntilStuck(new Pattern(11), TOO_MUCH);
      call.end(side.peer()).reset();
      assertThat(call.end(side).sayUntilItFails())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void a_speaker_that_resets_while_stuck_is_a_reset_after_what_came_through(
      TransportPair route, Side side) throws IOException {
    Pattern pattern = new Pattern(12);
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      long stuck = call.end(side).sayUntilStuck(pattern, TOO_MUCH);
      call.end(side).reset();
      assertThat(call.end(side.peer()).expectUpToReset(pattern)).isPositive().isLessThan(stuck + 1);
    }
  }
}
