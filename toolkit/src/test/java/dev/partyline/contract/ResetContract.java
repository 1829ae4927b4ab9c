package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a connection ends that one side resets: the other gets the data, then the RST. */
interface ResetContract extends ContractTest {
  @ParameterizedTest
  @MethodSource("resets")
  default void before_a_byte_was_sent(TransportPair transports, Side side) throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).reset();
      pair.peer(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void at_once_still_reaches_the_other_side(TransportPair transports, Side side)
      throws IOException {
    try (Setup setup = open(transports)) {
      for (int i = 0; i < 50; i++) {
        BlockingPeer client = setup.connect();
        if (side == Side.CLIENT) {
          client.reset();
        }
        try (BlockingPeer server = setup.accept()) {
          if (side == Side.SERVER) {
            server.reset();
          }
          (side == Side.CLIENT ? server : client).expectReset();
        }
        client.close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_some_bytes_that_all_arrive(TransportPair transports, Side side)
      throws IOException {
    Pattern pattern = new Pattern(2);
    try (Setup setup = open(transports)) {
      for (int size : new int[] {1, 2, 100, 1_460, 5_000, 30_000}) {
        try (Setup.PeerPair pair = setup.connectPair()) {
          pair.peer(side).send(pattern.slice(0, size));
          pair.peer(side).reset();
          assertThat(pair.peer(side.peer()).expectUpToReset(pattern)).isEqualTo(size);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_bytes_both_ways(TransportPair transports, Side side) throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.client().send("question");
      pair.server().expect("question");
      pair.server().send("answer");
      pair.client().expect("answer");
      pair.peer(side).send("enough");
      pair.peer(side).reset();
      pair.peer(side.peer()).expect("enough");
      pair.peer(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_much_that_has_been_received(TransportPair transports, Side side)
      throws Exception {
    Pattern pattern = new Pattern(3);
    long size = 4L << 20;
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair();
        Helpers helpers = new Helpers()) {
      helpers.run(() -> pair.peer(side).send(pattern, 0, size, Pattern.MAX_BYTES));
      pair.peer(side.peer()).expect(pattern, 0, size);
      helpers.await();
      pair.peer(side).reset();
      pair.peer(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_the_other_side_has_sent_a_fin(TransportPair transports, Side side)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side.peer()).send("done");
      pair.peer(side.peer()).shutdownOutput();
      pair.peer(side).expect("done");
      pair.peer(side).expectFin();
      pair.peer(side).send("not so fast");
      pair.peer(side).reset();
      pair.peer(side.peer()).expect("not so fast");
      pair.peer(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_its_own_fin_it_fails_the_sender(TransportPair transports, Side side)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).shutdownOutput();
      pair.peer(side.peer()).expectFin();
      pair.peer(side).reset();
      assertThat(pair.peer(side.peer()).sendUntilFailure())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void after_its_own_fin_what_it_sent_can_still_be_read(TransportPair transports, Side side)
      throws IOException {
    Pattern pattern = new Pattern(4);
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).send(pattern.slice(0, 30_000));
      pair.peer(side).close();
      assertThat(pair.peer(side.peer()).sendUntilFailure())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
      pair.peer(side.peer()).expect(pattern, 0, 30_000);
      pair.peer(side.peer()).expectFin();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void closing_with_bytes_unread_is_a_reset(TransportPair transports, Side side)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side.peer()).send(ByteBuffer.allocate(1_000));
      pair.peer(side).receive(1);
      pair.peer(side).close();
      pair.peer(side.peer()).expectReset();
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void bytes_to_a_closed_side_are_answered_by_one(TransportPair transports, Side side)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side.peer()).send("half a sen");
      pair.peer(side).expect("half a sen");
      pair.peer(side).send("yes, yes");
      pair.peer(side).close();
      pair.peer(side.peer()).expect("yes, yes");
      pair.peer(side.peer()).expectFin();
      assertThat(pair.peer(side.peer()).sendUntilFailure())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void by_both_at_once_disturbs_no_other_connection(TransportPair transports, Side side)
      throws IOException {
    try (Setup setup = open(transports)) {
      for (int i = 0; i < 20; i++) {
        try (Setup.PeerPair pair = setup.connectPair()) {
          pair.peer(side).send("a");
          pair.peer(side).reset();
          pair.peer(side.peer()).reset();
        }
      }
      try (Setup.PeerPair pair = setup.connectPair()) {
        pair.client().send("still there?");
        pair.server().expect("still there?");
      }
    }
  }
}
