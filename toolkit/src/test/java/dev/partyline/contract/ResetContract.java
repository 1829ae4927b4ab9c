package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a connection ends that one side throws away: the other gets the data, then the RST. */
interface ResetContract extends ContractTest {
  @ParameterizedTest
  @MethodSource("resets")
  default void before_a_byte_was_said(TransportPair route, Side side) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.end(side).reset();
      call.end(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_some_bytes_that_all_arrive(TransportPair route, Side side) throws IOException {
    Pattern pattern = new Pattern(2);
    try (Setup line = line(route)) {
      for (int size : new int[] {1, 2, 100, 1_460, 5_000, 30_000}) {
        try (Setup.Call call = line.call()) {
          call.end(side).say(pattern.at(0, size));
          call.end(side).reset();
          assertThat(call.end(side.peer()).expectUpToReset(pattern)).isEqualTo(size);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_words_both_ways(TransportPair route, Side side) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.client().say("question");
      call.server().expect("question");
      call.server().say("answer");
      call.client().expect("answer");
      call.end(side).say("enough");
      call.end(side).reset();
      call.end(side.peer()).expect("enough");
      call.end(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_much_that_has_been_heard(TransportPair route, Side side) throws Exception {
    Pattern pattern = new Pattern(3);
    long size = 4L << 20;
    try (Setup line = line(route);
        Setup.Call call = line.call();
        Helpers helpers = new Helpers()) {
      helpers.run(() -> call.end(side).say(pattern, 0, size, Pattern.MOST));
      call.end(side.peer()).expect(pattern, 0, size);
      helpers.await();
      call.end(side).reset();
      call.end(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_the_other_side_has_finished(TransportPair route, Side side)
      throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.end(side.peer()).say("done");
      call.end(side.peer()).finish();
      call.end(side).expect("done");
      call.end(side).expectFin();
      call.end(side).say("not so fast");
      call.end(side).reset();
      call.end(side.peer()).expect("not so fast");
      call.end(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_its_own_fin_it_is_felt_by_who_speaks(TransportPair route, Side side)
      throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.end(side).finish();
      call.end(side.peer()).expectFin();
      call.end(side).reset();
      assertThat(call.end(side.peer()).sayUntilItFails())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void closing_with_bytes_unread_is_a_reset(TransportPair route, Side side)
      throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.end(side.peer()).say(ByteBuffer.allocate(1_000));
      call.end(side).hear(1);
      call.end(side).close();
      call.end(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void words_that_nobody_reads_any_more_are_answered_by_one(TransportPair route, Side side)
      throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.end(side.peer()).say("half a sen");
      call.end(side).expect("half a sen");
      call.end(side).say("yes, yes");
      call.end(side).close();
      call.end(side.peer()).expect("yes, yes");
      call.end(side.peer()).expectFin();
      assertThat(call.end(side.peer()).sayUntilItFails())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void by_both_at_once_ends_in_peace(TransportPair route, Side side) throws IOException {
    try (Setup line = line(route)) {
      for (int i = 0; i < 20; i++) {
        try (Setup.Call call = line.call()) {
          call.end(side).say("a");
          call.end(side).reset();
          call.end(side.peer()).reset();
        }
      }
      try (Setup.Call call = line.call()) {
        call.client().say("still there?");
        call.server().expect("still there?");
      }
    }
  }
}
