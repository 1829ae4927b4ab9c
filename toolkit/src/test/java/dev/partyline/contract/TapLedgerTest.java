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

/** What a tap tells about how connections ended: who, how, after how many bytes. */
@Timeout(60)
class TapLedgerTest {
  private Setup line;

  @BeforeEach
  void open() throws IOException {
    line = Setup.tapped(TransportPair.IPV4);
  }

  @AfterEach
  void close() throws IOException {
    line.close();
  }

  @Test
  void the_client_finishes_first() throws IOException {
    try (Setup.Call call = line.call()) {
      call.client().say("question");
      call.client().finish();
      call.server().expect("question");
      call.server().expectFin();
      call.server().say("late answer");
      call.server().close();
      call.client().expect("late answer");
      call.client().expectFin();
      assertThat(line.ledger(1)).containsExactly("client FIN 8", "server FIN 11");
    }
  }

  @Test
  void the_server_finishes_first() throws IOException {
    try (Setup.Call call = line.call()) {
      call.server().say("bye");
      call.server().finish();
      call.client().expect("bye");
      call.client().expectFin();
      call.client().close();
      assertThat(line.ledger(1)).containsExactly("server FIN 3", "client FIN 0");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_is_told_of_who_sent_it_and_of_nobody_else(Side side) throws IOException {
    try (Setup.Call call = line.call()) {
      call.end(side.peer()).say("12345");
      call.end(side).expect("12345");
      call.end(side).say("123");
      call.end(side).reset();
      call.end(side.peer()).expect("123");
      call.end(side.peer()).expectReset();
      assertThat(line.ledger(1)).containsExactly(side + " RST 3");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_after_the_other_side_has_finished(Side side) throws IOException {
    try (Setup.Call call = line.call()) {
      call.end(side.peer()).finish();
      call.end(side).expectFin();
      call.end(side).reset();
      call.end(side.peer()).expectReset();
      assertThat(line.ledger(1)).containsExactly(side.peer() + " FIN 0", side + " RST 0");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_after_its_own_fin_is_noticed_though_nobody_speaks(Side side) throws IOException {
    try (Setup.Call call = line.call()) {
      call.end(side).say("12");
      call.end(side).finish();
      call.end(side.peer()).expect("12");
      call.end(side.peer()).expectFin();
      call.end(side).reset();
      assertThat(line.ledger(1)).containsExactly(side + " FIN 2", side + " RST 2");
    }
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_reset_of_a_speaker_is_noticed_though_nobody_reads(Side side) throws IOException {
    try (Setup.Call call = line.call()) {
      call.end(side).sayUntilStuck(new Pattern(20), BackPressureContract.TOO_MUCH);
      call.end(side).reset();
      assertThat(line.ledger(1)).singleElement().asString().startsWith(side + " RST ");
    }
  }

  @Test
  void a_close_with_bytes_unread_is_a_reset() throws IOException {
    try (Setup.Call call = line.call()) {
      call.server().say("a long page");
      call.client().hear(1);
      call.client().close();
      call.server().expectReset();
      assertThat(line.ledger(1)).containsExactly("client RST 0");
    }
  }

  @Test
  void words_to_a_side_that_has_closed_are_reset() throws IOException {
    try (Setup.Call call = line.call()) {
      call.client().close();
      call.server().expectFin();
      call.server().sayUntilItFails();
      assertThat(line.ledger(1)).containsExactly("client FIN 0", "client RST 0");
    }
  }

  @Test
  void the_ledger_and_the_recording_agree_for_many_ends() throws IOException {
    Pattern pattern = new Pattern(21);
    for (int i = 0; i < 40; i++) {
      try (Setup.Call call = line.call()) {
        Side side = i % 2 == 0 ? Side.CLIENT : Side.SERVER;
        call.end(side).say(pattern.at(0, i * 100));
        if (i % 4 < 2) {
          call.end(side).reset();
          call.end(side.peer()).expectUpToReset(pattern);
          assertThat(line.ledger(i + 1)).containsExactly(side + " RST " + i * 100);
        } else {
          call.end(side).close();
          call.end(side.peer()).expect(pattern, 0, i * 100L);
          call.end(side.peer()).close();
          assertThat(line.ledger(i + 1))
              .containsExactly(side + " FIN " + i * 100, side.peer() + " FIN 0");
        }
      }
    }
    List<Conversation> all = line.tap().recording().conversations();
    for (int i = 0; i < 40; i++) {
      Side side = i % 2 == 0 ? Side.CLIENT : Side.SERVER;
      assertThat(all.get(i).sentBy(side).size()).isEqualTo(i * 100);
      pattern.check(0, all.get(i).sentBy(side).toBuffer());
      assertThat(all.get(i).count(side.peer())).isZero();
    }
  }
}
