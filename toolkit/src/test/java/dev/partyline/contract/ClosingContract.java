package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a connection ends without a reset. */
interface ClosingContract extends ContractTest {
  @ParameterizedTest
  @MethodSource("routes")
  default void a_client_that_has_sent_a_fin_still_gets_a_late_answer(TransportPair transports)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.client().send("question");
      pair.client().shutdownOutput();
      pair.server().expect("question");
      pair.server().expectFin();
      pair.server().send("late answer");
      pair.client().expect("late answer");
      pair.server().close();
      pair.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void a_server_that_has_sent_a_fin_still_receives(TransportPair transports)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.server().send("tell me all");
      pair.server().shutdownOutput();
      pair.client().expect("tell me all");
      pair.client().expectFin();
      pair.client().send("a long story");
      pair.server().expect("a long story");
      pair.client().close();
      pair.server().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void much_arrives_after_the_other_side_has_sent_a_fin(TransportPair transports)
      throws Exception {
    Pattern pattern = new Pattern(1);
    long size = 8L << 20;
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair();
        Helpers helpers = new Helpers()) {
      pair.client().shutdownOutput();
      pair.server().expectFin();
      helpers.run(
          () -> {
            pair.server().send(pattern, 0, size, Pattern.MAX_BYTES);
            pair.server().close();
          });
      pair.client().expect(pattern, 0, size);
      pair.client().expectFin();
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void a_side_that_never_sends_a_byte_can_send_a_fin(TransportPair transports)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.client().shutdownOutput();
      pair.server().expectFin();
      pair.server().shutdownOutput();
      pair.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void the_client_closes_first(TransportPair transports) throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.client().send("bye");
      pair.client().close();
      pair.server().expect("bye");
      pair.server().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void the_server_closes_first(TransportPair transports) throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.server().send("bye");
      pair.server().close();
      pair.client().expect("bye");
      pair.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void a_client_that_has_closed_by_the_time_it_is_accepted_is_still_received(
      TransportPair transports) throws IOException {
    try (Setup setup = open(transports)) {
      try (BlockingPeer client = setup.connect()) {
        client.send("no time to wait");
      }
      try (BlockingPeer server = setup.accept()) {
        server.expect("no time to wait");
        server.expectFin();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void both_send_a_fin_at_once_with_bytes_in_flight(TransportPair transports)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.client().send("over to you");
      pair.server().send("and to you");
      pair.client().shutdownOutput();
      pair.server().shutdownOutput();
      pair.server().expect("over to you");
      pair.server().expectFin();
      pair.client().expect("and to you");
      pair.client().expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  default void sending_to_a_side_that_has_closed_fails(TransportPair transports)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.client().close();
      pair.server().expectFin();
      assertThat(pair.server().sendUntilFailure())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }
}
