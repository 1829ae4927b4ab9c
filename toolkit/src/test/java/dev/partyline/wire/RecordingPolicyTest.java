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
  private static Recorder recorder(RecordingPolicy keep) {
    return new Recorder(() -> 0, keep);
  }

  private static ConversationRecorder open(Recorder recorder) {
    return recorder.open(Transport.TCP, "a", "b");
  }

  private static void say(ConversationRecorder track, Side side, String text) {
    track.sent(side, Bytes.utf8(text).toBuffer());
  }

  /** Some connections of one recording; whatever is looked at, whenever, is what was said. */
  @Property(tries = 50)
  void everythingReadsBackWhereverItIs(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 300_000) long inMemory) {
    Recorder recorder = recorder(RecordingPolicy.everything().inMemory(inMemory));
    List<ConversationRecorder> tracks = List.of(open(recorder), open(recorder), open(recorder));
    List<RandomEvents> said =
        List.of(
            new RandomEvents(seed, 200_000),
            new RandomEvents(seed + 1, 3_000),
            new RandomEvents(seed + 2, 70_000));
    List<Conversation> taken = new ArrayList<>();
    List<List<Event>> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int which = said.get(0).roll(3);
      said.get(which).happen(tracks.get(which));
      if (i % 7 == 0) {
        taken.add(tracks.get(which).snapshot());
        expected.add(said.get(which).events());
      }
    }
    for (int i = taken.size() - 1; i >= 0; i--) {
      assertSame(taken.get(i), expected.get(i), said.get(0));
    }
    assertThat(recorder.problem()).isEmpty();
  }

  private static void assertSame(
      Conversation conversation, List<Event> expected, RandomEvents dice) {
    assertThat(conversation.gaps()).isEmpty();
    for (Side side : Side.values()) {
      Bytes all = RandomEvents.sent(expected, side);
      assertThat(conversation.count(side)).isEqualTo(all.size());
      int from = dice.roll(all.size() + 1);
      int to = from + dice.roll(all.size() - from + 1);
      assertThat(conversation.bytes(side, from, to)).isEqualTo(all.slice(from, to));
      Bytes wanted = all.slice(from, Math.min(to, from + 5));
      int start = dice.roll(from + 1);
      assertThat(conversation.indexOf(side, wanted, start)).isEqualTo(all.indexOf(wanted, start));
      assertThat(conversation.sentBy(side)).isEqualTo(all);
    }
    assertThat(conversation.events()).isEqualTo(expected);
  }

  /** Every byte is where it was said, or counted as dropped from between head and tail. */
  @Property(tries = 50)
  void headAndTailKeepWhatTheySayAndCountTheRest(
      @ForAll long seed,
      @ForAll @LongRange(min = 0, max = 5_000) long head,
      @ForAll @LongRange(min = 0, max = 5_000) long tail) {
    ConversationRecorder track = open(recorder(RecordingPolicy.headAndTail(head, tail)));
    RandomEvents said = new RandomEvents(seed, 4_000);
    List<Conversation> taken = new ArrayList<>();
    List<List<Event>> expected = new ArrayList<>();
    int events = said.roll(300);
    for (int i = 0; i < events; i++) {
      said.happen(track);
      if (i % 60 == 0) {
        taken.add(track.snapshot());
        expected.add(said.events());
      }
    }
    taken.add(track.snapshot());
    expected.add(said.events());
    for (int i = 0; i < taken.size(); i++) {
      assertKept(taken.get(i), expected.get(i), head, tail);
    }
  }

  private static void assertKept(Conversation took, List<Event> all, long head, long tail) {
    long count = RandomEvents.count(all);
    long from = Math.min(head, count);
    long to = Math.max(from, count - tail);
    assertThat(took.dropped(Side.CLIENT) + took.dropped(Side.SERVER))
        .isEqualTo(Math.max(0, to - from));
    // Said by whom, byte by byte over the whole tape; what was dropped has no value.
    assertThat(flat(took.events(), false)).isEqualTo(cut(flat(all, true), from, to));
    for (Side side : Side.values()) {
      assertThat(took.count(side)).isEqualTo(RandomEvents.sent(all, side).size());
      long at = 0;
      for (Gap gap : took.gaps().stream().filter(gap -> gap.side() == side).toList()) {
        assertThat(took.bytes(side, at, gap.offset()))
            .isEqualTo(RandomEvents.sent(all, side).slice((int) at, (int) gap.offset()));
        assertThatIllegalStateException()
            .isThrownBy(() -> took.bytes(side, gap.offset(), gap.offset() + 1))
            .withMessageContaining("were dropped from byte " + gap.offset() + " on");
        at = gap.end();
      }
      assertThat(took.bytes(side, at, took.count(side)))
          .isEqualTo(RandomEvents.sent(all, side).slice((int) at, (int) took.count(side)));
      long ends = all.stream().filter(e -> e.equals(new Event.Finished(side, 0))).count();
      assertThat(took.ledger().stream().filter(close -> close.side() == side)).hasSize((int) ends);
    }
    if (to <= from) {
      assertThat(took.events()).isEqualTo(all);
    }
  }

  private static List<Integer> flat(List<Event> events, boolean whole) {
    List<Integer> flat = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Sent sent) {
        for (int i = 0; i < sent.bytes().size(); i++) {
          flat.add(sent.bytes().at(i) << 1 | sent.side().ordinal());
        }
      } else if (event instanceof Event.Dropped) {
        assertThat(whole).isFalse();
      }
    }
    return flat;
  }

  private static List<Integer> cut(List<Integer> all, long from, long to) {
    List<Integer> kept = new ArrayList<>(all.subList(0, (int) from));
    kept.addAll(all.subList((int) Math.max(from, to), all.size()));
    return kept;
  }

  @Test
  void theGapStandsBetweenHeadAndTail() {
    ConversationRecorder track = open(recorder(RecordingPolicy.headAndTail(4, 3)));
    say(track, Side.CLIENT, "abcdef");
    say(track, Side.SERVER, "0123456789");
    track.finished(Side.SERVER, TerminationKind.FAULT, "cutAfter(10)");
    say(track, Side.CLIENT, "xy");
    Conversation conversation = track.snapshot();
    assertThat(conversation.events())
        .containsExactly(
            new Event.Sent(Side.CLIENT, 0, Bytes.utf8("abcd")),
            new Event.Dropped(Side.CLIENT, 0, 2),
            new Event.Dropped(Side.SERVER, 0, 9),
            new Event.Sent(Side.SERVER, 0, Bytes.utf8("9")),
            new Event.Finished(Side.SERVER, 0),
            new Event.Sent(Side.CLIENT, 0, Bytes.utf8("xy")));
    assertThat(conversation.gaps())
        .containsExactly(new Gap(Side.CLIENT, 4, 2), new Gap(Side.SERVER, 0, 9));
    assertThat(conversation.ledger())
        .containsExactly(
            new Termination(Side.SERVER, TerminationKind.FAULT, 10, 0, "cutAfter(10)"));
    assertThat(conversation.bytes(Side.CLIENT, 6, 8)).isEqualTo(Bytes.utf8("xy"));
    assertThatThrownBy(() -> conversation.sentBy(Side.CLIENT))
        .hasMessageStartingWith("2 bytes of the client were dropped from byte 4 on");
    assertThat(conversation.indexOf(Side.CLIENT, Bytes.utf8("dx"), 0)).isEqualTo(-1);
    assertThat(conversation.indexOf(Side.CLIENT, Bytes.utf8("xy"), 0)).isEqualTo(6);
    assertThat(conversation.with(conversation.events()).gaps()).isEqualTo(conversation.gaps());
  }

  @Test
  void aRingIsUsedAgainAndDoesNotGrow() {
    RingBuffer ring = new RingBuffer(1 << 20);
    ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 18);
    for (long at = 0; at < 1L << 27; at += 1 << 18) {
      ring.append(at, chunk, 0, 1 << 18);
    }
    byte[][] before = ring.view(0).blocks();
    ring.append(1L << 27, chunk, 0, 1 << 18);
    assertThat(ring.view(0).blocks()).isSameAs(before);
    assertThat(before.length).isEqualTo(17);
  }

  @Test
  void theLogOfTheTailIsBoundedToo() {
    ConversationRecorder track = open(recorder(RecordingPolicy.headAndTail(10, 100)));
    for (int i = 0; i < 100_000; i++) {
      say(track, i % 2 == 0 ? Side.CLIENT : Side.SERVER, i % 10 == 0 ? "" : "x");
    }
    Conversation conversation = track.snapshot();
    assertThat(conversation.count(Side.CLIENT)).isEqualTo(40_000);
    assertThat(conversation.events()).hasSizeLessThan(200);
    for (int i = 0; i < 100_000; i++) {
      say(track, Side.CLIENT, "");
    }
    assertThat(track.snapshot().events()).hasSizeLessThan(1_000);
  }

  @Test
  void notesAreBounded() {
    ConversationRecorder track = open(recorder(RecordingPolicy.everything()));
    for (int i = 0; i < 5_000; i++) {
      track.note("corrupt hit byte " + i);
    }
    assertThat(track.snapshot().notes()).hasSize(1_001);
    assertThat(track.snapshot().notes().get(1_000).text()).contains("more remarks than 1000");
  }

  @Test
  void anIdleConnectionTakesNoBlocks() {
    ConversationRecorder track = open(recorder(RecordingPolicy.everything()));
    assertThat(track.snapshot().events()).isEmpty();
    say(track, Side.CLIENT, "x");
    assertThat(track.snapshot().sentBy(Side.CLIENT)).isEqualTo(Bytes.utf8("x"));
  }

  @Test
  void keepsAllOfAConnectionThatIsSmallerThanWhatItMayKeep() {
    for (RecordingPolicy keep :
        List.of(
            RecordingPolicy.headAndTail(Long.MAX_VALUE, 0),
            RecordingPolicy.headAndTail(0, Long.MAX_VALUE),
            RecordingPolicy.headAndTail(Long.MAX_VALUE, Long.MAX_VALUE))) {
      ConversationRecorder track = open(recorder(keep));
      say(track, Side.CLIENT, "question");
      say(track, Side.SERVER, "answer");
      Conversation all = track.snapshot();
      assertThat(all.gaps()).isEmpty();
      assertThat(all.events()).hasSize(2);
      assertThat(all.sentBy(Side.SERVER)).isEqualTo(Bytes.utf8("answer"));
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
        .isThrownBy(() -> RecordingPolicy.headAndTail(1, 1).inMemory(5))
        .withMessageStartingWith("inMemory is for Keep.everything()");
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
