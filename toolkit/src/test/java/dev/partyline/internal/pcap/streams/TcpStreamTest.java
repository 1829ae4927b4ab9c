package dev.partyline.internal.pcap.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a direction of TCP is put together to, a segment and what comes of it on a line each.
 *
 * <p>A segment is its number, SYN or FIN if it has one, and its bytes; {@code +3} are three bytes
 * that were cut off. The results are bytes, {@code [n missing]} and FIN.
 */
class TcpStreamTest {
  private final List<String> results = new ArrayList<>();
  private final HeldBytes heldBytes = new HeldBytes(1_000);
  private final TcpStream stream = new TcpStream(heldBytes, new Results());

  private final class Results implements TcpStream.ByteSink {
    @Override
    public void onBytes(ByteBuffer bytes) {
      results.add(US_ASCII.decode(bytes.duplicate()).toString());
    }

    @Override
    public void onMissing(long byteCount) {
      results.add("[" + byteCount + " missing]");
    }

    @Override
    public void onFin() {
      results.add("FIN");
    }

    @Override
    public void onFarSegment() {
      results.add("FAR");
    }
  }

  private void gives(String table) {
    StringBuilder actual = new StringBuilder();
    for (String line : table.strip().split("\n", -1)) {
      String input = line.substring(0, line.indexOf("->")).strip();
      results.clear();
      take(input.split(" ", -1));
      String result = String.join(" ", results);
      actual.append(String.format("%-14s -> %s", input, result).stripTrailing()).append('\n');
    }
    assertThat(actual.toString().strip()).isEqualTo(table.strip());
  }

  private void take(String... words) {
    if (words[0].equals("end")) {
      stream.onEnd();
    } else if (words[0].equals("reset")) {
      stream.onReset();
    } else if (words[0].equals("ack")) {
      stream.onAcknowledged(Integer.parseUnsignedInt(words[1]));
    } else {
      boolean syn = false;
      boolean fin = false;
      String data = "";
      int cutBytes = 0;
      for (int i = 1; i < words.length; i++) {
        syn |= words[i].equals("SYN");
        fin |= words[i].equals("FIN");
        cutBytes += words[i].startsWith("+") ? Integer.parseInt(words[i]) : 0;
        data = words[i].matches("[a-z]+") ? words[i] : data;
      }
      int number = Integer.parseUnsignedInt(words[0]);
      ByteBuffer bytes = ByteBuffer.wrap(data.getBytes(US_ASCII));
      stream.onSegment(number, bytes, (long) data.length() + cutBytes, syn, fin);
    }
  }

  @Test
  void segments_in_order_are_passed_on_and_the_fin_after_them() {
    gives(
        """
        99 SYN         ->
        100 abc        -> abc
        103 de         -> de
        105 FIN f      -> f FIN
        """);
  }

  @Test
  void what_comes_too_early_waits() {
    gives(
        """
        99 SYN         ->
        106 FIN g      ->
        103 def        ->
        100 abc        -> abc def g FIN
        """);
  }

  @Test
  void what_was_sent_again_is_left_out_and_its_rest_is_not() {
    gives(
        """
        99 SYN         ->
        99 SYN         ->
        100 abc        -> abc
        100 abc        ->
        101 bcde       -> de
        100 xxxxxf     -> f
        """);
  }

  @Test
  void of_what_is_held_the_first_copy_counts() {
    gives(
        """
        99 SYN         ->
        104 eee        ->
        102 xxxxxxx    ->
        105 yyyyyy     ->
        100 ab         -> ab xx eee xx yy
        """);
  }

  @Test
  void keep_alives_and_probes_of_a_full_window_change_nothing() {
    gives(
        """
        99 SYN         ->
        100 abc        -> abc
        102            ->
        102 x          ->
        103 d          -> d
        103 d          ->
        103 def        -> ef
        """);
  }

  @Test
  void what_the_peer_has_acknowledged_and_was_not_captured_is_a_gap() {
    gives(
        """
        99 SYN         ->
        103 def        ->
        ack 103        ->
        ack 106        -> [3 missing] def
        110 xyz        ->
        108 vw         ->
        ack 113        -> [2 missing] vw xyz
        """);
  }

  @Test
  void a_gap_before_the_fin_is_known_at_the_end() {
    gives(
        """
        99 SYN         ->
        103 FIN        ->
        ack 103        ->
        ack 104        ->
        end            -> [3 missing] FIN
        """);
  }

  @Test
  void the_end_and_a_reset_put_out_what_is_held() {
    gives(
        """
        99 SYN         ->
        103 d          ->
        reset          -> [3 missing] d
        106 g          ->
        ack 110        -> [2 missing] g
        end            -> [3 missing]
        """);
  }

  @Test
  void one_byte_that_was_acknowledged_at_the_end_is_a_fin() {
    gives(
        """
        99 SYN         ->
        100 abc        -> abc
        ack 104        ->
        end            ->
        """);
  }

  @Test
  void without_a_syn_it_begins_with_the_first_segment() {
    gives(
        """
        500 abc        -> abc
        400 old        ->
        503 def        -> def
        """);
  }

  @Test
  void sequence_numbers_wrap() {
    gives(
        """
        4294967293 SYN ->
        4294967294 ab  -> ab
        1 de           ->
        0 cd           -> cd e
        ack 3          ->
        3 FIN          -> FIN
        """);
  }

  @Test
  void bytes_that_were_cut_off_are_missing() {
    gives(
        """
        99 SYN         ->
        100 ab +3      -> ab [3 missing]
        107 h +1       ->
        100 xxxxx      ->
        105 fg         -> fg h [1 missing]
        109 FIN        -> FIN
        """);
  }

  @Test
  void what_is_beyond_any_window_is_of_another_stream() {
    gives(
        """
        99 SYN         ->
        2000000000 x   -> FAR
        ack 2000000000 ->
        100 abc        -> abc
        end            ->
        """);
  }

  @Test
  void when_too_much_is_held_what_is_missing_is_given_up() {
    gives(
        """
        99 SYN         ->
        101 b          ->
        103 d          ->
        105 f          ->
        107 h          ->
        109 j          ->
        111 l          ->
        113 n          ->
        115 p          ->
        117 r          ->
        119 t          -> [1 missing] b [1 missing] d [1 missing] f [1 missing] h [1 missing] j [1 missing] l [1 missing] n [1 missing] p [1 missing] r [1 missing] t
        """);
    assertThat(heldBytes.isTooMuch()).isFalse();
  }
}
