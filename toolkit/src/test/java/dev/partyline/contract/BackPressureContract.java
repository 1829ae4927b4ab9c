package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Side;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A side that sends to a peer that does not read has to wait, and loses nothing. */
interface BackPressureContract extends ContractTest {
  /** More than the buffers of all kernels hold, including those of a tap. */
  long OVERFLOW_BYTES = 128L << 20;

  @ParameterizedTest
  @MethodSource("routesAndSides")
  default void all_arrives_when_the_reader_goes_on(TransportPair transports, Side side)
      throws Exception {
    Pattern pattern = new Pattern(9);
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair();
        Helpers helpers = new Helpers()) {
      long blockedOffset = pair.peer(side).sendUntilBlocked(pattern, OVERFLOW_BYTES);
      assertThat(blockedOffset).as("where it got stuck").isPositive().isLessThan(OVERFLOW_BYTES);
      long all = blockedOffset + (1 << 20);
      helpers.run(
          () -> {
            pair.peer(side).send(pattern, blockedOffset, all, Pattern.MAX_BYTES);
            pair.peer(side).shutdownOutput();
          });
      pair.peer(side.peer()).expect(pattern, 0, all);
      pair.peer(side.peer()).expectFin();
      helpers.await();
    }
  }

  @ParameterizedTest
  @MethodSource("routesAndSides")
  default void the_other_direction_goes_on_meanwhile(TransportPair transports, Side side)
      throws Exception {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).sendUntilBlocked(new Pattern(10), OVERFLOW_BYTES);
      for (int i = 0; i < 100; i++) {
        pair.peer(side.peer()).send("I do not listen");
        pair.peer(side).expect("I do not listen");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void a_reader_that_resets_unblocks_the_sender(TransportPair transports, Side side)
      throws IOException {
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).sendUntilBlocked(new Pattern(11), OVERFLOW_BYTES);
      pair.peer(side.peer()).reset();
      assertThat(pair.peer(side).sendUntilFailure())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
    }
  }

  @ParameterizedTest
  @MethodSource("resets")
  default void a_sender_that_resets_while_blocked_is_a_reset_after_the_bytes_that_passed(
      TransportPair transports, Side side) throws IOException {
    Pattern pattern = new Pattern(12);
    try (Setup setup = open(transports);
        Setup.PeerPair pair = setup.connectPair()) {
      long blockedOffset = pair.peer(side).sendUntilBlocked(pattern, OVERFLOW_BYTES);
      pair.peer(side).reset();
      assertThat(pair.peer(side.peer()).expectUpToReset(pattern))
          .isPositive()
          .isLessThan(blockedOffset + 1);
    }
  }
}
