package dev.partyline.hunt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.hunt.ConditionPart.SliceOffset;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which offsets are tried, and how it is drawn what came of them. */
class SliceSweepTest {
  private static final Set<Side> BOTH = EnumSet.allOf(Side.class);

  private static Conversation conversation(String... sent) {
    ConversationRecorder recorder =
        new Recorder(() -> 0).open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
    for (int i = 0; i < sent.length; i++) {
      recorder.recordSent(
          i % 2 == 0 ? Side.CLIENT : Side.SERVER, ByteBuffer.wrap(sent[i].getBytes(UTF_8)));
    }
    return recorder.snapshot();
  }

  private static SliceOffset slice(NetworkCondition condition) {
    return (SliceOffset) condition.parts().get(0);
  }

  /** Runs all; what is sent by the server fails where the offset says so, the rest passes. */
  private static SliceSweep swept(SliceSweep sweep, Predicate<Long> failing) {
    for (NetworkCondition each : sweep.conditions()) {
      boolean fails = slice(each).sender() == Side.SERVER && failing.test(slice(each).offset());
      sweep.onResult(each, fails ? ConditionResult.FAILED : ConditionResult.PASSED);
    }
    return sweep;
  }

  @Test
  void each_offset_of_both_sides_is_tried_once_and_the_failing_ones_are_drawn() {
    SliceSweep sweep = new SliceSweep(List.of(conversation("PING\r\n", "PONG\r\n")), BOTH, 200);
    assertThat(sweep.conditions())
        .extracting(NetworkCondition::toString)
        .hasSize(10)
        .doesNotHaveDuplicates()
        .contains("slice at 1 from client", "slice at 5 from server");
    assertThat(swept(sweep, offset -> true))
        .hasToString(
            """
            it fails when what the server sends is sliced before any of the bytes 1 to 5
              10 offsets, all that there are, were tried
              the client
                   0  PING\\r\\n
                       .... .
              the server
                   0  PONG\\r\\n
                       xxxx x
              sliced before the byte above: x fails, . passes\
            """);
    assertThat(sweep.firstFailed()).hasToString("Optional[slice at 1 from server]");
  }

  @Test
  void only_the_sides_that_are_named_are_sliced() {
    SliceSweep sweep =
        new SliceSweep(List.of(conversation("ask", "answer")), Set.of(Side.CLIENT), 200);
    assertThat(sweep.conditions())
        .extracting(NetworkCondition::toString)
        .containsExactlyInAnyOrder("slice at 1 from client", "slice at 2 from client");
    assertThat(swept(sweep, offset -> true))
        .asString()
        .startsWith("it passes at each offset\n")
        .doesNotContain("the server");
    assertThat(sweep.firstFailed()).isEmpty();
  }

  @Test
  void one_byte_and_parts_of_the_bytes_are_said_in_words() {
    List<Conversation> clear = List.of(conversation("", "0123456789"));
    assertThat(swept(new SliceSweep(clear, BOTH, 200), offset -> offset == 3))
        .asString()
        .startsWith("it fails when what the server sends is sliced before byte 3\n")
        .contains("0123456789\n           ..x......");
    assertThat(swept(new SliceSweep(clear, BOTH, 200), offset -> offset < 3 || offset == 7))
        .asString()
        .contains("sliced before any of the bytes 1 to 2, 7\n");
    List<Conversation> longer = List.of(conversation("", "x".repeat(40)));
    assertThat(swept(new SliceSweep(longer, BOTH, 200), offset -> offset % 2 == 0))
        .asString()
        .contains("any of the bytes 2, 4, 6, 8, 10, 12, 14, 16 and 11 more\n");
  }

  @Test
  void of_too_many_offsets_those_beside_messages_come_first_and_the_rest_is_evenly_spread() {
    SliceSweep sweep =
        new SliceSweep(List.of(conversation("", "a".repeat(500), "", "b".repeat(500))), BOTH, 20);
    assertThat(sweep.conditions()).hasSize(20);
    assertThat(sweep.conditions().subList(0, 4))
        .extracting(each -> slice(each).offset())
        .containsExactlyInAnyOrder(1L, 499L, 500L, 501L);
    List<Long> others =
        sweep.conditions().stream().skip(4).map(each -> slice(each).offset()).sorted().toList();
    for (int i = 1; i < others.size(); i++) {
      assertThat(others.get(i) - others.get(i - 1)).isBetween(30L, 130L);
    }
    assertThat(swept(sweep, offset -> offset == 500))
        .asString()
        .contains(
            "20 of 999 offsets were tried, those at and beside the beginnings of messages first,"
                + " the others evenly spread; 979 were left out");
  }

  @Test
  void rows_in_which_nothing_fails_are_left_out_of_a_long_drawing() {
    SliceSweep sweep =
        new SliceSweep(List.of(conversation("", "abcdefghij".repeat(1_000))), BOTH, 20_000);
    String text = swept(sweep, offset -> offset == 5_000).toString();
    assertThat(text)
        .contains("\n          …\n    4992  cdefghijabcdef")
        .contains("\n          ........x.......")
        .hasSizeLessThan(600);
  }

  @Test
  void what_was_not_met_is_no_pass() {
    SliceSweep sweep = new SliceSweep(List.of(conversation("abc")), BOTH, 200);
    sweep.onResult(sweep.conditions().get(0), ConditionResult.NOT_MET);
    assertThat(sweep)
        .asString()
        .startsWith(
            "no offset was met: what another thread than that of the test starts is in clear"
                + " weather\n")
        .contains("- had no effect")
        .contains("1 of 2 offsets were tried", "; 1 was left out\n");
    assertThat(sweep.isUnmet()).isTrue();
    sweep.onResult(sweep.conditions().get(1), ConditionResult.PASSED);
    assertThat(sweep).asString().startsWith("it passes at each offset that was met\n");
    assertThat(sweep.isUnmet()).isFalse();
  }

  @Test
  void what_was_aborted_was_tried_and_has_not_passed() {
    SliceSweep sweep = new SliceSweep(List.of(conversation("abcd")), BOTH, 200);
    sweep.conditions().forEach(each -> sweep.onResult(each, ConditionResult.PASSED));
    sweep.onResult(sweep.conditions().get(0), ConditionResult.ABORTED);
    assertThat(sweep)
        .hasToString(
            """
            it passes at 2 of 3 offsets, and was aborted at 1
              3 offsets, all that there are, were tried
              the client
                   0  abcd
                       ?..
              sliced before the byte above: . passes, ? aborted\
            """);
  }

  @Test
  void the_longest_of_several_connections_is_drawn_and_a_character_of_two_bytes_has_two_marks() {
    SliceSweep sweep =
        new SliceSweep(
            List.of(conversation("a", "b"), conversation("für", "cd")), Set.of(Side.CLIENT), 200);
    assertThat(swept(sweep, offset -> true))
        .asString()
        .contains(
            """
              the client, in the longest of 2 connections, which are all sliced
                   0  f\\xc3\\xbcr
                       .   .   .
            """);
  }

  @Test
  void secrets_are_drawn_as_they_are_masked() {
    Conversation login = conversation("AUTH s3cret-token\r\n", "+OK\r\n");
    SliceSweep sweep =
        new SliceSweep(List.of(Redaction.standard().apply(login)), Set.of(Side.CLIENT), 200);
    assertThat(sweep.toString()).doesNotContain("s3cret").contains("AUTH ");
  }

  @Property
  void every_offset_is_tried_if_there_are_not_too_many(
      @ForAll @IntRange(max = 300) int client,
      @ForAll @IntRange(max = 300) int server,
      @ForAll @IntRange(min = 1, max = 700) int maxRuns) {
    List<Conversation> clear = List.of(conversation("x".repeat(client), "y".repeat(server)));
    SliceSweep sweep = new SliceSweep(clear, BOTH, maxRuns);
    long offsets = Math.max(0, client - 1L) + Math.max(0, server - 1L);
    assertThat(sweep.conditions())
        .hasSize((int) Math.min(offsets, maxRuns))
        .doesNotHaveDuplicates();
    assertThat(new SliceSweep(clear, BOTH, maxRuns).conditions()).isEqualTo(sweep.conditions());
  }
}
