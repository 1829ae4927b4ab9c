package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RecordingPolicyTest {
  private static Recorder recorder(RecordingPolicy policy) {
    return new Recorder(() -> 0, policy);
  }

  private static ConversationRecorder open(Recorder recorder) {
    return recorder.open(Transport.TCP, "a", "b");
  }

  private static void send(ConversationRecorder connection, Side side, String text) {
    connection.recordSent(side, Bytes.utf8(text).toBuffer());
  }

  /** Snapshots of three connections, taken at random moments, have what was sent by then. */
  @Property(tries = 50)
  void everythingReadsBackWhereverItIs(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 300_000) long memoryLimit) {
    Recorder recorder = recorder(RecordingPolicy.everything().inMemory(memoryLimit));
    List<ConversationRecorder> connections =
        List.of(open(recorder), open(recorder), open(recorder));
    List<RandomEvents> randomEvents =
        List.of(
            new RandomEvents(seed, 200_000),
            new RandomEvents(seed + 1, 3_000),
            new RandomEvents(seed + 2, 70_000));
    List<Conversation> snapshots = new ArrayList<>();
    List<List<Event>> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int index = randomEvents.get(0).nextInt(3);
      randomEvents.get(index).recordNext(connections.get(index));
      if (i % 7 == 0) {
        snapshots.add(connections.get(index).snapshot());
        expected.add(randomEvents.get(index).events());
      }
    }
    for (int i = snapshots.size() - 1; i >= 0; i--) {
      assertSame(snapshots.get(i), expected.get(i), randomEvents.get(0));
    }
    assertThat(recorder.problem()).isEmpty();
  }

  private static void assertSame(
      Conversation conversation, List<Event> expected, RandomEvents random) {
    assertThat(conversation.gaps()).isEmpty();
    for (Side side : Side.values()) {
      Bytes all = RandomEvents.sentBytes(expected, side);
      assertThat(conversation.byteCount(side)).isEqualTo(all.size());
      int offset = random.nextInt(all.size() + 1);
      int endOffset = offset + random.nextInt(all.size() - offset + 1);
      assertThat(conversation.bytes(side, offset, endOffset))
          .isEqualTo(all.slice(offset, endOffset));
      Bytes pattern = all.slice(offset, Math.min(endOffset, offset + 5));
      int searchOffset = random.nextInt(offset + 1);
      assertThat(conversation.indexOf(side, pattern, searchOffset))
          .isEqualTo(all.indexOf(pattern, searchOffset));
      assertThat(conversation.bytes(side)).isEqualTo(all);
    }
    assertThat(conversation.events()).isEqualTo(expected);
  }

  /** Every byte is at its offset, or counted as dropped between head and tail. */
  @Property(tries = 50)
  void headAndTailKeepTheirBytesAndCountTheRest(
      @ForAll long seed,
      @ForAll @LongRange(min = 0, max = 5_000) long headBytes,
      @ForAll @LongRange(min = 0, max = 5_000) long tailBytes) {
    ConversationRecorder connection =
        open(recorder(RecordingPolicy.headAndTail(headBytes, tailBytes)));
    RandomEvents randomEvents = new RandomEvents(seed, 4_000);
    List<Conversation> snapshots = new ArrayList<>();
    List<List<Event>> expected = new ArrayList<>();
    int eventCount = randomEvents.nextInt(300);
    for (int i = 0; i < eventCount; i++) {
      randomEvents.recordNext(connection);
      if (i % 60 == 0) {
        snapshots.add(connection.snapshot());
        expected.add(randomEvents.events());
      }
    }
    snapshots.add(connection.snapshot());
    expected.add(randomEvents.events());
    for (int i = 0; i < snapshots.size(); i++) {
      assertKept(snapshots.get(i), expected.get(i), headBytes, tailBytes);
    }
  }

  private static void assertKept(
      Conversation conversation, List<Event> all, long headBytes, long tailBytes) {
    long byteCount = RandomEvents.byteCount(all);
    long gapOffset = Math.min(headBytes, byteCount);
    long gapEndOffset = Math.max(gapOffset, byteCount - tailBytes);
    assertThat(conversation.droppedBytes(Side.CLIENT) + conversation.droppedBytes(Side.SERVER))
        .isEqualTo(Math.max(0, gapEndOffset - gapOffset));
    // The sender of each byte of the conversation; bytes that were dropped have no value.
    assertThat(flatten(conversation.events(), false))
        .isEqualTo(withoutRange(flatten(all, true), gapOffset, gapEndOffset));
    for (Side side : Side.values()) {
      assertThat(conversation.byteCount(side)).isEqualTo(RandomEvents.sentBytes(all, side).size());
      long offset = 0;
      for (Gap gap : conversation.gaps().stream().filter(gap -> gap.side() == side).toList()) {
        assertThat(conversation.bytes(side, offset, gap.offset()))
            .isEqualTo(RandomEvents.sentBytes(all, side).slice((int) offset, (int) gap.offset()));
        assertThatIllegalStateException()
            .isThrownBy(() -> conversation.bytes(side, gap.offset(), gap.offset() + 1))
            .withMessageContaining("were dropped from byte " + gap.offset() + " on");
        offset = gap.endOffset();
      }
      assertThat(conversation.bytes(side, offset, conversation.byteCount(side)))
          .isEqualTo(
              RandomEvents.sentBytes(all, side)
                  .slice((int) offset, (int) conversation.byteCount(side)));
      long endCount = all.stream().filter(event -> event.equals(new Event.Fin(side, 0))).count();
      assertThat(conversation.ledger().stream().filter(termination -> termination.side() == side))
          .hasSize((int) endCount);
    }
    if (gapEndOffset <= gapOffset) {
      assertThat(conversation.events()).isEqualTo(all);
    }
  }

  private static List<Integer> flatten(List<Event> events, boolean isComplete) {
    List<Integer> result = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Sent sent) {
        for (int i = 0; i < sent.bytes().size(); i++) {
          result.add(sent.bytes().byteAt(i) << 1 | sent.side().ordinal());
        }
      } else if (event instanceof Event.Dropped) {
        assertThat(isComplete).isFalse();
      }
    }
    return result;
  }

  private static List<Integer> withoutRange(List<Integer> all, long offset, long endOffset) {
    List<Integer> result = new ArrayList<>(all.subList(0, (int) offset));
    result.addAll(all.subList((int) Math.max(offset, endOffset), all.size()));
    return result;
  }

  @Test
  void theGapStandsBetweenHeadAndTail() {
    ConversationRecorder connection = open(recorder(RecordingPolicy.headAndTail(4, 3)));
    send(connection, Side.CLIENT, "abcdef");
    send(connection, Side.SERVER, "0123456789");
    connection.recordFin(Side.SERVER, Termination.Kind.FAULT, "cutAfter(10)");
    send(connection, Side.CLIENT, "xy");
    Conversation conversation = connection.snapshot();
    assertThat(conversation.events())
        .containsExactly(
            new Event.Sent(Side.CLIENT, 0, Bytes.utf8("abcd")),
            new Event.Dropped(Side.CLIENT, 0, 2),
            new Event.Dropped(Side.SERVER, 0, 9),
            new Event.Sent(Side.SERVER, 0, Bytes.utf8("9")),
            new Event.Fin(Side.SERVER, 0),
            new Event.Sent(Side.CLIENT, 0, Bytes.utf8("xy")));
    assertThat(conversation.gaps())
        .containsExactly(new Gap(Side.CLIENT, 4, 2), new Gap(Side.SERVER, 0, 9));
    assertThat(conversation.ledger())
        .containsExactly(
            new Termination(Side.SERVER, Termination.Kind.FAULT, 10, 0, "cutAfter(10)"));
    assertThat(conversation.bytes(Side.CLIENT, 6, 8)).isEqualTo(Bytes.utf8("xy"));
    assertThatThrownBy(() -> conversation.bytes(Side.CLIENT))
        .hasMessageStartingWith("2 bytes of the client were dropped from byte 4 on");
    assertThat(conversation.indexOf(Side.CLIENT, Bytes.utf8("dx"), 0)).isEqualTo(-1);
    assertThat(conversation.indexOf(Side.CLIENT, Bytes.utf8("xy"), 0)).isEqualTo(6);
    assertThat(conversation.withEvents(conversation.events()).gaps())
        .isEqualTo(conversation.gaps());
  }

  @Test
  void aRingBufferIsReusedAndDoesNotGrow() {
    RingBuffer ring = new RingBuffer(1 << 20);
    ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 18);
    for (long offset = 0; offset < 1L << 27; offset += 1 << 18) {
      ring.append(offset, chunk, 0, 1 << 18);
    }
    byte[][] blocks = ring.snapshot(0).blocks();
    ring.append(1L << 27, chunk, 0, 1 << 18);
    assertThat(ring.snapshot(0).blocks()).isSameAs(blocks);
    assertThat(blocks.length).isEqualTo(17);
  }

  @Test
  void theChunkIndexOfTheTailIsBoundedToo() {
    ConversationRecorder connection = open(recorder(RecordingPolicy.headAndTail(10, 100)));
    for (int i = 0; i < 100_000; i++) {
      send(connection, i % 2 == 0 ? Side.CLIENT : Side.SERVER, i % 10 == 0 ? "" : "x");
    }
    Conversation conversation = connection.snapshot();
    assertThat(conversation.byteCount(Side.CLIENT)).isEqualTo(40_000);
    assertThat(conversation.events()).hasSizeLessThan(200);
    for (int i = 0; i < 100_000; i++) {
      send(connection, Side.CLIENT, "");
    }
    assertThat(connection.snapshot().events()).hasSizeLessThan(1_000);
  }

  @Test
  void notesAreBounded() {
    ConversationRecorder connection = open(recorder(RecordingPolicy.everything()));
    for (int i = 0; i < 5_000; i++) {
      connection.recordNote("corrupt hit byte " + i);
    }
    assertThat(connection.snapshot().notes()).hasSize(1_001);
    assertThat(connection.snapshot().notes().get(1_000).text()).contains("more notes than 1000");
  }

  @Test
  void anIdleConnectionTakesNoBlocks() {
    ConversationRecorder connection = open(recorder(RecordingPolicy.everything()));
    assertThat(connection.snapshot().events()).isEmpty();
    send(connection, Side.CLIENT, "x");
    assertThat(connection.snapshot().bytes(Side.CLIENT)).isEqualTo(Bytes.utf8("x"));
  }

  @Test
  void keepsAllOfAConnectionThatIsSmallerThanWhatItMayKeep() {
    for (RecordingPolicy policy :
        List.of(
            RecordingPolicy.headAndTail(Long.MAX_VALUE, 0),
            RecordingPolicy.headAndTail(0, Long.MAX_VALUE),
            RecordingPolicy.headAndTail(Long.MAX_VALUE, Long.MAX_VALUE))) {
      ConversationRecorder connection = open(recorder(policy));
      send(connection, Side.CLIENT, "question");
      send(connection, Side.SERVER, "answer");
      Conversation conversation = connection.snapshot();
      assertThat(conversation.gaps()).isEmpty();
      assertThat(conversation.events()).hasSize(2);
      assertThat(conversation.bytes(Side.SERVER)).isEqualTo(Bytes.utf8("answer"));
    }
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordingPolicy.headAndTail(-1, 0))
        .withMessage("headBytes (-1) must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordingPolicy.everything().inMemory(-5))
        .withMessage("bytes (-5) must not be negative");
    assertThatIllegalStateException()
        .isThrownBy(() -> RecordingPolicy.headAndTail(1, 1).spillingTo(Path.of("")));
  }

  @Test
  void saysWhatItKeeps() {
    assertThat(RecordingPolicy.everything()).hasToString("everything, 64 MiB of it in memory");
    assertThat(RecordingPolicy.everything().inMemory(1_000))
        .hasToString("everything, 1000 bytes of it in memory");
    assertThat(RecordingPolicy.headAndTail(1, 2))
        .hasToString("the first 1 and the last 2 bytes of each connection");
  }
}
