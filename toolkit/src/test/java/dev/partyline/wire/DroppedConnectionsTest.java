package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recording holds about connections and chunks is bounded, as its bytes are. */
class DroppedConnectionsTest {
  private static final int MIB = 1 << 20;

  /** More than there is room for in 4 MiB. */
  private static final int MANY = 20_000;

  private final Recorder recorder =
      new Recorder(() -> 0, RecordingPolicy.everything().inMemory(MIB));

  private static ConversationRecorder open(Recorder recorder) {
    return recorder.open(Transport.TCP, "127.0.0.1:40000", "127.0.0.1:80");
  }

  private static void send(ConversationRecorder connection, int size) {
    connection.recordSent(Side.CLIENT, ByteBuffer.allocate(size));
    connection.recordSent(Side.SERVER, ByteBuffer.allocate(size));
  }

  private static void exchange(Recorder recorder, int size) {
    ConversationRecorder connection = open(recorder);
    send(connection, size);
    connection.recordFin(Side.CLIENT);
    connection.recordFin(Side.SERVER);
    connection.recordClosed();
  }

  static List<RecordingPolicy> policies() {
    return List.of(
        RecordingPolicy.everything().inMemory(0),
        RecordingPolicy.everything().inMemory(MIB),
        RecordingPolicy.headAndTail(16, 16).inMemory(MIB));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void the_oldest_that_have_ended_are_dropped_and_counted(RecordingPolicy policy) {
    Recorder bounded = new Recorder(() -> 0, policy);
    for (int i = 0; i < MANY; i++) {
      exchange(bounded, 64);
    }
    Recording recording = bounded.recording();
    List<Conversation> kept = recording.conversations();
    assertThat(kept).hasSizeBetween(1_000, 8_000);
    assertThat(recording.connections()).isEqualTo(MANY);
    assertThat(recording.droppedConnections()).isEqualTo(MANY - kept.size());
    assertThat(recording.byteCount(Side.CLIENT)).isEqualTo(64L * MANY);
    assertThat(kept.get(0).number()).isEqualTo(MANY - kept.size() + 1);
    assertThat(kept.get(kept.size() - 1).number()).isEqualTo(MANY);
    assertThat(bounded.problem()).isEmpty();
  }

  @Test
  void a_connection_that_is_open_stays_and_so_does_the_newest() {
    ConversationRecorder first = open(recorder);
    send(first, 3);
    for (int i = 0; i < MANY; i++) {
      exchange(recorder, 0);
    }
    List<Conversation> kept = recorder.recording().conversations();
    assertThat(kept.get(0).bytes(Side.CLIENT).size()).isEqualTo(3);
    assertThat(kept.get(0).number()).isEqualTo(1);
    assertThat(kept.get(1).number()).isGreaterThan(2);
    assertThat(kept.get(kept.size() - 1).number()).isEqualTo(MANY + 1);
  }

  @Test
  void many_that_are_open_are_dropped_once_they_end() {
    List<ConversationRecorder> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(open(recorder));
      send(all.get(i), 1);
    }
    assertThat(recorder.recording().droppedConnections()).isZero();
    all.forEach(ConversationRecorder::recordClosed);
    assertThat(recorder.recording().conversations()).hasSizeBetween(1_000, 8_000);
  }

  @Test
  void the_memory_of_their_bytes_is_free_for_others() {
    RecordingPolicy policy = RecordingPolicy.everything().inMemory(8 * MIB);
    Recorder other = new Recorder(() -> 0, policy.spillingTo(Path.of("/there/is/no/such")));
    for (int i = 0; i < 100_000; i++) {
      exchange(other, 8);
    }
    assertThat(other.problem()).isEmpty();
  }

  @Test
  void a_connection_of_too_many_chunks_loses_those_in_its_middle() {
    ConversationRecorder connection = open(recorder);
    int chunks = 2_000_000;
    for (int i = 0; i < chunks; i++) {
      connection.recordSent(Side.CLIENT, ByteBuffer.wrap(new byte[] {(byte) i}));
    }
    Conversation conversation = connection.snapshot();
    assertThat(conversation.byteCount(Side.CLIENT)).isEqualTo(chunks);
    Gap gap = conversation.gaps().get(0);
    assertThat(conversation.gaps()).containsExactly(gap);
    assertThat(gap.byteCount()).isEqualTo(conversation.droppedBytes(Side.CLIENT));
    assertThat(gap.offset()).isGreaterThan(100_000);
    assertThat(gap.endOffset()).isBetween(chunks - 500_000L, chunks - 50_000L);
    for (long offset : new long[] {0, gap.offset() - 1, gap.endOffset(), chunks - 1}) {
      assertThat(conversation.bytes(Side.CLIENT, offset, offset + 1).byteAt(0))
          .isEqualTo((byte) offset);
    }
    assertThatThrownBy(() -> conversation.bytes(Side.CLIENT, gap.offset(), gap.endOffset()))
        .hasMessageContaining("were dropped from byte " + gap.offset() + " on");
    connection.recordClosed();
    assertThat(recorder.recording().conversations()).hasSize(1);
  }

  @Test
  void a_search_says_that_some_could_not_be_searched() {
    for (int i = 0; i < MANY; i++) {
      exchange(recorder, 1);
    }
    Recording recording = recorder.recording();
    assertThatThrownBy(() -> recording.awaitMatch(Side.CLIENT, "QUIT", Duration.ZERO))
        .hasMessageStartingWith(
            "the client did not send QUIT, of what was kept ("
                + recording.droppedConnections()
                + " connections and 0 bytes of the others were dropped)")
        .hasMessageEndingWith(recording.droppedConnections() + " more were dropped");
    exchange(recorder, 1);
    recording.awaitClosed(Duration.ZERO);
  }

  @Test
  void ranges_that_meet_are_one() {
    MissingRanges ranges = new MissingRanges(10, 20, 30, 40, 50, 60);
    assertThat(ranges.union(5, 5)).isSameAs(ranges);
    assertThat(ranges.union(0, 5).bounds()).containsExactly(0, 5, 10, 20, 30, 40, 50, 60);
    assertThat(ranges.union(0, 10).bounds()).containsExactly(0, 20, 30, 40, 50, 60);
    assertThat(ranges.union(15, 50).bounds()).containsExactly(10, 60);
    assertThat(ranges.union(22, 28).bounds()).containsExactly(10, 20, 22, 28, 30, 40, 50, 60);
    assertThat(ranges.union(35, 45).bounds()).containsExactly(10, 20, 30, 45, 50, 60);
    assertThat(ranges.union(70, 80).bounds()).containsExactly(10, 20, 30, 40, 50, 60, 70, 80);
  }
}
