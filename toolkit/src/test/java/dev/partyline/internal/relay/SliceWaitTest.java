package dev.partyline.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.PatienceOfOne;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a slice leaves, an event and what comes of it on a line each. */
@ExtendWith(PatienceOfOne.class)
class SliceWaitTest {
  private static final String CONNECTED =
      """
      start              -> read client, connect
      connected          -> read server
      """;

  private static void plays(String weather, String text) {
    String script = CONNECTED + text;
    assertThat(RelayPlaybook.play(weather, script.strip())).isEqualTo(script.strip());
  }

  @Test
  void a_slice_leaves_once_the_one_before_was_read() {
    plays(
        "slice at 2,4 from server",
        """
        server "abcdef"    -> write client "ab", wake +1 ms
        +1 ms              -> check client
        client has yet to read 2 -> wake +2 ms
        +2 ms              -> check client
        client has yet to take 2 -> wake +4 ms
        +4 ms              -> check client
        client has yet to read 0 -> write client "cd", wake +1 ms
        +1 ms              -> check client
        client has yet to read 0 -> write client "ef"
        """);
  }

  @Test
  void a_slice_waits_2_seconds_at_most_and_the_next_ones_not_at_all_until_the_peer_reads() {
    plays(
        "slice 2 from server",
        """
        server "abcdef"    -> write client "ab", wake +1 ms
        +2000 ms           -> check client
        client has yet to read 2 -> write client "cd", write client "ef"
        +250 ms            ->
        server "gh"        -> wake +1 ms
        +1 ms              -> check client
        client has yet to read 0 -> write client "gh"
        server "ij"        -> wake +1 ms
        +1 ms              -> check client
        client has yet to read 2 -> wake +2 ms
        """);
  }

  @Test
  void a_peer_whose_reading_cannot_be_known_has_5_ms_for_it() {
    plays(
        "slice 2 from server",
        """
        server "abcdef"    -> write client "ab", wake +1 ms
        +1 ms              -> check client
        client is somewhere unknown -> wake +2 ms
        +2 ms              -> check client
        client is somewhere unknown -> wake +4 ms
        +4 ms              -> check client
        client is somewhere unknown -> wake +5 ms
        +5 ms              -> write client "cd", wake +5 ms
        +5 ms              -> write client "ef"
        """);
  }

  @Test
  void a_slice_waits_for_a_sink_that_is_full_and_for_its_reader() {
    plays(
        "slice 2 from server",
        """
        client takes 1     ->
        server "abcd"      -> write client "a", pause server, wake +5 ms
        client takes 9     ->
        client writable    -> write client "b", read server, wake +1 ms
        """);
  }

  @Test
  void what_a_slice_waits_for_ends_with_the_connection() {
    plays(
        "slice 2 from server",
        """
        server "abcd"      -> write client "ab", wake +1 ms
        server FIN         -> pause server [server FIN 4]
        client RST         -> RST client, RST server, close [client RST 0]
        """);
  }

  @Test
  void a_slice_that_left_because_its_fault_was_removed_has_no_use_for_an_answer() {
    plays(
        "slice 2 from server",
        """
        server "abcd"    -> write client "ab", wake +1 ms
        +1 ms              -> check client
        client takes 1     ->
        weather clears     -> wake +0 ms, write client "c", pause server, wake +5 ms
        client has yet to read 0 ->
        client takes 9     ->
        client writable    -> write client "d", read server
        """);
  }
}
