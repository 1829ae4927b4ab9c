package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes that were sent and are not known, and what a recording says of itself. */
class MissingBytesTest {
  private static ConversationRecorder open(Recorder recorder) {
    return recorder.open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
  }

  private static Conversation withGap(RecordingPolicy policy) {
    ConversationRecorder connection = open(new Recorder(() -> 0, policy));
    connection.recordSent(Side.CLIENT, Bytes.utf8("abc").toBuffer());
    connection.recordMissing(Side.CLIENT, 1L << 32);
    connection.recordMissing(Side.SERVER, 2);
    connection.recordSent(Side.CLIENT, Bytes.utf8("def").toBuffer());
    connection.recordFin(Side.CLIENT);
    return connection.snapshot();
  }

  @Test
  void missing_bytes_are_counted_and_a_gap() {
    for (RecordingPolicy policy :
        List.of(
            RecordingPolicy.everything(),
            RecordingPolicy.everything().inMemory(0),
            RecordingPolicy.headAndTail(100, 100))) {
      Conversation conversation = withGap(policy);
      long gapEnd = 3 + (1L << 32);

      assertThat(conversation.byteCount(Side.CLIENT)).isEqualTo(gapEnd + 3);
      assertThat(conversation.gaps())
          .as("%s", policy)
          .containsExactly(new Gap(Side.CLIENT, 3, 1L << 32), new Gap(Side.SERVER, 0, 2));
      assertThat(conversation.bytes(Side.CLIENT, 0, 3).utf8()).isEqualTo("abc");
      assertThat(conversation.bytes(Side.CLIENT, gapEnd, gapEnd + 3).utf8()).isEqualTo("def");
    }
  }

  @Test
  void a_million_gaps_take_time_in_proportion() {
    ConversationRecorder connection = open(new Recorder(() -> 0));
    ByteBuffer chunk = Bytes.utf8("x").toBuffer();
    for (int i = 0; i < 1_000_000; i++) {
      connection.recordSent(Side.CLIENT, chunk);
      connection.recordMissing(Side.CLIENT, 9);
    }

    assertThat(connection.snapshot().gaps()).hasSize(1_000_000);
  }

  @Test
  void at_least_one_byte_is_missing() {
    assertThatThrownBy(() -> open(new Recorder(() -> 0)).recordMissing(Side.CLIENT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("byteCount (0)");
  }

  @Test
  void small_chunks_of_many_conversations_read_back_at_any_moment() {
    Recorder recorder = new Recorder(() -> 0, RecordingPolicy.everything().inMemory(0));
    List<ConversationRecorder> connections = List.of(open(recorder), open(recorder));
    byte[] all = new byte[400_000];
    Conversation early = connections.get(0).snapshot();
    for (int offset = 0; offset < all.length; offset += 20) {
      ByteBuffer.wrap(all).putInt(offset, offset);
      for (ConversationRecorder connection : connections) {
        connection.recordSent(Side.CLIENT, ByteBuffer.wrap(all, offset, 20));
      }
      early = offset == 250_000 ? connections.get(0).snapshot() : early;
    }
    connections.get(1).recordClosed();

    assertThat(early.bytes(Side.CLIENT)).isEqualTo(Bytes.copyOf(all, 0, 250_020));
    for (ConversationRecorder connection : connections) {
      assertThat(connection.snapshot().bytes(Side.CLIENT)).isEqualTo(Bytes.of(all));
    }
  }

  @Test
  void a_recording_tells_its_problems_and_so_does_what_is_made_of_it() {
    Recorder recorder = new Recorder(() -> 0);
    open(recorder);
    recorder.recordProblem("the file ends too early");

    assertThat(recorder.recording().problems()).containsExactly("the file ends too early");
    assertThat(recorder.recording().exact().problems()).hasSize(1);
    assertThat(recorder.recording().matching(each -> false).problems()).hasSize(1);
    assertThat(recorder.recording().matching(each -> false).conversations()).isEmpty();
  }

  @Test
  void nothing_waits_for_a_recording_that_has_finished() {
    Recorder recorder = new Recorder(() -> 0);
    open(recorder);
    recorder.finish();

    assertThat(recorder.recording().await(() -> false, Duration.ofDays(365))).isFalse();
    assertThat(recorder.recording().await(() -> true, Duration.ZERO)).isTrue();
    assertThat(recorder.recording().conversations()).allMatch(Conversation::isOpen);
  }
}
