package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a connection ends when nobody loses patience. */
interface ClosingContract extends ContractTest {
  @ParameterizedTest
  @MethodSource("routes")
  default void a_client_that_has_finished_still_gets_a_late_answer(TransportPair route)
      throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.client().say("question");
      call.client().finish();
      call.server().expect("question");
      call.server().expectFin();
      call.server().say("late answer");
      call.client().expect("late answer");
      call.server().close();
      call.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void a_server_that_has_finished_still_listens(TransportPair route) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.server().say("tell me all");
      call.server().finish();
      call.client().expect("tell me all");
      call.client().expectFin();
      call.client().say("a long story");
      call.server().expect("a long story");
      call.client().close();
      call.server().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void much_comes_after_the_other_side_has_finished(TransportPair route) throws Exception {
    Pattern pattern = new Pattern(1);
    long size = 8L << 20;
    try (Setup line = line(route);
        Setup.Call call = line.call();
        Helpers helpers = new Helpers()) {
      call.client().finish();
      call.server().expectFin();
      helpers.run(
          () -> {
            call.server().say(pattern, 0, size, Pattern.MOST);
            call.server().close();
          });
      call.client().expect(pattern, 0, size);
      call.client().expectFin();
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void a_side_that_never_says_a_word_can_finish(TransportPair route) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.client().finish();
      call.server().expectFin();
      call.server().finish();
      call.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void the_client_closes_first(TransportPair route) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.client().say("bye");
      call.client().close();
      call.server().expect("bye");
      call.server().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void the_server_closes_first(TransportPair route) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.server().say("bye");
      call.server().close();
      call.client().expect("bye");
      call.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void a_client_that_has_gone_by_the_time_it_is_accepted_is_heard_out(TransportPair route)
      throws IOException {
    try (Setup line = line(route)) {
      try (BlockingPeer client = line.connect()) {
        client.say("no time to wait");
      }
      try (BlockingPeer server = line.accept()) {
        server.expect("no time to wait");
        server.expectFin();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void both_finish_at_once_with_words_on_their_way(TransportPair route) throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.client().say("over to you");
      call.server().say("and to you");
      call.client().finish();
      call.server().finish();
      call.server().expect("over to you");
      call.server().expectFin();
      call.client().expect("and to you");
      call.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void who_speaks_to_a_side_that_has_closed_is_told(TransportPair route)
      throws IOException {
    try (Setup line = line(route);
        Setup.Call call = line.call()) {
      call.client().close();
      call.server().expectFin();
      assertThat(call.server().sayUntilItFails())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }
}
