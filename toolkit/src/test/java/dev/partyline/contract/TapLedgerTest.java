package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the ledger of a tap says about the end of connections: the side, how, after how many bytes.
 */
@Timeout(60)
class TapLedgerTest {
  private Setup setup;

  @BeforeEach
  void open() throws IOException {
    setup = Setup.tapped(TransportPair.IPV4);
  }

  @AfterEach
  void close() throws IOException {
    setup.close();
  }

  @Test
  void the_client_sends_its_fin_first() throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.client().send("question");
      pair.client().shutdownOutput();
      pair.server().expect("question");
      pair.server().expectFin();
      pair.server().send("late answer");
      pair.server().close();
      pair.client().expect("late answer");
      pair.client().expectFin();
      assertThat(setup.ledger(1)).containsExactly("client FIN 8", "server FIN 11");
    }
  }

  @Test
  void the_server_sends_its_fin_first() throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.server().send("bye");
      pair.server().shutdownOutput();
      pair.client().expect("bye");
      pair.client().expectFin();
      pair.client().close();
      assertThat(setup.ledger(1)).containsExactly("server FIN 3", "client FIN 0");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_is_recorded_of_its_sender_alone(Side side) throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side.peer()).send("12345");
      pair.peer(side).expect("12345");
      pair.peer(side).send("123");
      pair.peer(side).reset();
      pair.peer(side.peer()).expect("123");
      pair.peer(side.peer()).expectReset();
      assertThat(setup.ledger(1)).containsExactly(side + " RST 3");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_after_the_other_side_has_sent_a_fin(Side side) throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side.peer()).shutdownOutput();
      pair.peer(side).expectFin();
      pair.peer(side).reset();
      pair.peer(side.peer()).expectReset();
      assertThat(setup.ledger(1)).containsExactly(side.peer() + " FIN 0", side + " RST 0");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_after_its_own_fin_is_noticed_without_a_write(Side side) throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).send("12");
      pair.peer(side).shutdownOutput();
      pair.peer(side.peer()).expect("12");
      pair.peer(side.peer()).expectFin();
      pair.peer(side).reset();
      assertThat(setup.ledger(1)).containsExactly(side + " FIN 2", side + " RST 2");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_of_a_sender_is_noticed_without_a_read(Side side) throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.peer(side).sendUntilBlocked(new Pattern(20), BackPressureContract.OVERFLOW_BYTES);
      pair.peer(side).reset();
      assertThat(setup.ledger(1)).singleElement().asString().startsWith(side + " RST ");
    }
  }

  @Test
  void a_close_with_bytes_unread_is_a_reset() throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.server().send("a long page");
      pair.client().receive(1);
      pair.client().close();
      pair.server().expectReset();
      assertThat(setup.ledger(1)).containsExactly("client RST 0");
    }
  }

  @Test
  void bytes_to_a_side_that_has_closed_are_reset() throws IOException {
    try (Setup.PeerPair pair = setup.connectPair()) {
      pair.client().close();
      pair.server().expectFin();
      pair.server().sendUntilFailure();
      assertThat(setup.ledger(1)).containsExactly("client FIN 0", "client RST 0");
    }
  }

  @Test
  void the_ledger_and_the_recording_agree_for_many_ends() throws IOException {
    Pattern pattern = new Pattern(21);
    for (int i = 0; i < 40; i++) {
      try (Setup.PeerPair pair = setup.connectPair()) {
        Side side = i % 2 == 0 ? Side.CLIENT : Side.SERVER;
        pair.peer(side).send(pattern.slice(0, i * 100));
        if (i % 4 < 2) {
          pair.peer(side).reset();
          pair.peer(side.peer()).expectUpToReset(pattern);
          assertThat(setup.ledger(i + 1)).containsExactly(side + " RST " + i * 100);
        } else {
          pair.peer(side).close();
          pair.peer(side.peer()).expect(pattern, 0, i * 100L);
          pair.peer(side.peer()).close();
          assertThat(setup.ledger(i + 1))
              .containsExactly(side + " FIN " + i * 100, side.peer() + " FIN 0");
        }
      }
    }
    List<Conversation> all = setup.tap().recording().conversations();
    for (int i = 0; i < 40; i++) {
      Side side = i % 2 == 0 ? Side.CLIENT : Side.SERVER;
      assertThat(all.get(i).bytes(side).size()).isEqualTo(i * 100);
      pattern.check(0, all.get(i).bytes(side).toBuffer());
      assertThat(all.get(i).byteCount(side.peer())).isZero();
    }
  }
}
