package dev.partyline.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions are made of what was sent in clear weather. */
class ConditionsTest {
  private static Conversation conversation(Transport transport, String... sent) {
    ConversationRecorder recorder =
        new Recorder(() -> 0).open(transport, "127.0.0.1:1", "127.0.0.1:2");
    for (int i = 0; i < sent.length; i++) {
      recorder.recordSent(
          i % 2 == 0 ? Side.CLIENT : Side.SERVER,
          ByteBuffer.wrap(sent[i].getBytes(StandardCharsets.UTF_8)));
    }
    return recorder.snapshot();
  }

  private static List<String> texts(List<NetworkCondition> conditions) {
    return conditions.stream().map(NetworkCondition::toString).toList();
  }

  @Test
  void slices_are_in_at_and_beside_what_was_sent_at_once() {
    Conversation clear = conversation(Transport.TCP, "hello", "welcome", "bye");
    assertThat(texts(Conditions.ofStreams(List.of(clear), 0)))
        .contains(
            "each message in halves (slice at 2,6 from client; slice at 3 from server)",
            "each message by itself (slice at 5 from client)",
            "first bytes early (slice at 1,6 from client; slice at 1 from server)",
            "last bytes late (slice at 4 from client)",
            "one byte at a time (slice at 1,2,3,4,5,6,7 from client; slice at 1,2,3,4,5,6 from"
                + " server)");
  }

  @Test
  void slices_are_within_what_is_more_than_a_byte_in_text() {
    Conversation clear = conversation(Transport.TCP, "a\r\nb\nc\r", "grün\r\n\r\n", "\n€");
    assertThat(texts(Conditions.ofStreams(List.of(clear), 0)))
        .contains(
            "between CR and LF (slice at 2,7 from client; slice at 6,8 from server)",
            "inside characters (slice at 9 from client; slice at 3 from server)");
  }

  @Test
  void the_same_seed_draws_the_same_pieces() {
    List<Conversation> clear = List.of(conversation(Transport.TCP, "x".repeat(1_000)));
    assertThat(Conditions.ofStreams(clear, 5)).isEqualTo(Conditions.ofStreams(clear, 5));
    assertThat(Conditions.ofStreams(clear, 5)).isNotEqualTo(Conditions.ofStreams(clear, 6));
  }

  @Test
  void a_long_stream_is_sliced_sixty_four_times_at_most() {
    List<Conversation> clear = List.of(conversation(Transport.TCP, "x".repeat(100_000)));
    assertThat(Conditions.ofStreams(clear, 0))
        .allMatch(condition -> condition.parts().size() <= 64)
        .anyMatch(condition -> condition.parts().size() == 64);
  }

  @Test
  void nothing_is_sliced_where_nothing_was_sent() {
    assertThat(texts(Conditions.ofStreams(List.of(conversation(Transport.TCP)), 0)))
        .noneMatch(text -> text.contains("slice"));
  }

  @Test
  void each_side_reads_slowly() {
    assertThat(texts(Conditions.ofStreams(List.of(conversation(Transport.TCP, "ask")), 0)))
        .contains(
            "slow reading by the server (slow read 100ms from client)",
            "slow reading by the client (slow read 100ms from server)");
  }

  private static Conversation twoAfter(long millis) {
    AtomicLong now = new AtomicLong();
    ConversationRecorder recorder =
        new Recorder(now::get).open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
    recorder.recordSent(Side.SERVER, ByteBuffer.allocate(1));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    recorder.recordSent(Side.SERVER, ByteBuffer.allocate(1));
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    recorder.recordSent(Side.CLIENT, ByteBuffer.allocate(1));
    return recorder.snapshot();
  }

  @ParameterizedTest
  @CsvSource({"0, 20", "10, 20", "11, 40", "100, 320", "320, 640", "321, 20"})
  void messages_of_one_side_that_follow_each_other_are_joined(long gapMillis, int quietMillis) {
    assertThat(texts(Conditions.ofStreams(List.of(twoAfter(gapMillis)), 0)))
        .contains("everything together (coalesce " + quietMillis + "ms)");
  }

  @Test
  void the_last_message_of_a_side_is_broken_off_in_its_middle() {
    Conversation talk = conversation(Transport.TCP, "ask", "answer", "more", "end.");
    List<Conversation> tcp = List.of(talk, talk);
    assertThat(texts(Conditions.ofBrokenStreams(tcp, Side.SERVER)))
        .containsExactly(
            "FIN in mid-message of the server (limit 8 bytes)",
            "RST in mid-message of the server (reset after 8 bytes)",
            "silence in mid-message of the server (stall from server from byte 8)",
            "FIN before the last byte of the server (limit 9 bytes)",
            "very late message of the server (stall 1s from server)");
    assertThat(texts(Conditions.ofBrokenStreams(tcp, Side.CLIENT)))
        .contains("FIN in mid-message of the client (limit 5 bytes from client)");
  }

  @Test
  void a_long_last_message_is_broken_off_in_its_second_half_as_well() {
    List<Conversation> tcp = List.of(conversation(Transport.TCP, "ask", "answer in full"));
    assertThat(texts(Conditions.ofBrokenStreams(tcp, Side.SERVER)))
        .contains(
            "FIN in mid-message of the server (limit 7 bytes)",
            "FIN late in the last message of the server (limit 10 bytes)",
            "FIN before the last byte of the server (limit 13 bytes)",
            "very late message of the server (stall 1s from server)");
  }

  @Test
  void nothing_is_broken_off_where_nothing_was_sent_and_no_unix_socket_is_reset() {
    assertThat(Conditions.ofBrokenStreams(List.of(conversation(Transport.TCP, "ask")), Side.SERVER))
        .isEmpty();
    assertThat(Conditions.ofBrokenStreams(List.of(conversation(Transport.UDP, "ask")), Side.CLIENT))
        .isEmpty();
    assertThat(
            texts(
                Conditions.ofBrokenStreams(
                    List.of(conversation(Transport.UNIX, "ask")), Side.CLIENT)))
        .noneMatch(text -> text.startsWith("RST"))
        .noneMatch(text -> text.startsWith("RST"));
  }

  @Test
  void datagrams_have_conditions_of_their_own() {
    List<Conversation> clear = List.of(conversation(Transport.UDP, "ask", "answer"));
    assertThat(Conditions.ofStreams(clear, 0)).isEmpty();
    assertThat(texts(Conditions.ofDatagrams(clear)))
        .contains(
            "first datagram of the client lost (loss of 1 from client)",
            "first datagrams of the server twice (duplicate of 1,2 from server)");
    assertThat(Conditions.ofDatagrams(List.of(conversation(Transport.TCP, "ask")))).isEmpty();
  }

  @Test
  void the_names_are_those_that_a_test_with_everything_has() {
    Conversation everything =
        conversation(
            Transport.TCP, "caf\u00e9 and tea\r\n", "caf\u00e9 or tea\r\n", "tea, please\r\n");
    Conversation datagrams = conversation(Transport.UDP, "time?", "noon");
    List<NetworkCondition> all = new ArrayList<>(Conditions.ofStreams(List.of(everything), 7));
    assertThat(Conditions.namesOfStreams())
        .containsExactlyElementsOf(all.stream().map(NetworkCondition::name).toList());
    all.addAll(Conditions.ofBrokenStreams(List.of(everything), Side.CLIENT));
    all.addAll(Conditions.ofBrokenStreams(List.of(everything), Side.SERVER));
    all.addAll(Conditions.ofDatagrams(List.of(datagrams)));
    assertThat(Conditions.names())
        .containsExactlyElementsOf(all.stream().map(NetworkCondition::name).toList());
  }
}
