package dev.partyline.hunt;

import dev.partyline.hunt.ConditionPart.SliceOffset;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/** Where what one side sends can be sliced, by what it sent in clear weather. */
final class SideSlices {
  /** Each slice waits until the peer has read what was before it. */
  private static final int MAX_SLICES = 64;

  private final Side side;
  private final NavigableSet<Long> starts = new TreeSet<>();
  private final NavigableSet<Long> middles = new TreeSet<>();
  private final NavigableSet<Long> lineFeeds = new TreeSet<>();
  private final NavigableSet<Long> continuations = new TreeSet<>();
  private long size;

  /** The start of the last message before one of the peer's; negative if there is none. */
  private long answer = -1;

  SideSlices(Side side, List<Conversation> conversations) {
    this.side = side;
    conversations.forEach(this::add);
  }

  private void add(Conversation conversation) {
    long[] offset = {0};
    long[] start = {-1};
    byte[] last = {0};
    conversation.forEachEvent(
        event -> {
          if (event instanceof Event.Sent sent && sent.side() == side) {
            starts.add(offset[0]);
            start[0] = offset[0];
            middles.add(offset[0] + sent.bytes().size() / 2);
            last[0] = addPairs(last[0], sent.bytes(), offset[0]);
            offset[0] += sent.bytes().size();
          } else if (event instanceof Event.Sent) {
            answer = Math.max(answer, start[0]);
          } else if (event instanceof Event.Dropped dropped && dropped.side() == side) {
            offset[0] += dropped.byteCount();
          }
        });
    size = Math.max(size, offset[0]);
  }

  /** Returns the offsets at the beginning of each message, and beside it. */
  NavigableSet<Long> nearStarts() {
    NavigableSet<Long> offsets = new TreeSet<>();
    for (long start : starts) {
      for (long offset = start - 1; offset <= start + 1; offset++) {
        if (offset > 0 && offset < size) {
          offsets.add(offset);
        }
      }
    }
    return offsets;
  }

  /** Adds the places within what is more than a byte in text; returns the last byte. */
  private byte addPairs(byte last, Bytes bytes, long offset) {
    byte before = last;
    for (int i = 0; i < bytes.size(); i++) {
      byte next = bytes.byteAt(i);
      if (before == '\r' && next == '\n' && lineFeeds.size() < MAX_SLICES) {
        lineFeeds.add(offset + i);
      } else if (isLead(before) && isContinuation(next) && continuations.size() < MAX_SLICES) {
        continuations.add(offset + i);
      }
      before = next;
    }
    return before;
  }

  /** Returns whether a byte begins a character of several bytes in UTF-8. */
  private static boolean isLead(byte value) {
    return (value & 0xc0) == 0xc0;
  }

  private static boolean isContinuation(byte value) {
    return (value & 0xc0) == 0x80;
  }

  /** Slices in the middle of each message. */
  List<ConditionPart> halves() {
    return at(middles);
  }

  /** Slices within line ends. */
  List<ConditionPart> lineEnds() {
    return at(lineFeeds);
  }

  /** Slices within characters of several bytes. */
  List<ConditionPart> characters() {
    return at(continuations);
  }

  /** Returns how many bytes there are, on the connection with the most. */
  long size() {
    return size;
  }

  /** Returns the start of the last message that the peer has sent another one after, if any. */
  long lastAnswer() {
    return answer < 0 ? starts.last() : answer;
  }

  /** Returns the middle of the last message; empty if nothing was sent. */
  OptionalLong lastMiddle() {
    return middles.isEmpty() ? OptionalLong.empty() : OptionalLong.of(middles.last());
  }

  /** Slices so many bytes after the beginning of each message. */
  List<ConditionPart> besideStarts(int distance) {
    return at(map(starts, start -> start + distance));
  }

  /** Slices after each byte, as far as there may be slices. */
  List<ConditionPart> everywhere() {
    NavigableSet<Long> offsets = new TreeSet<>();
    for (long offset = 1; offset < size && offset <= MAX_SLICES; offset++) {
      offsets.add(offset);
    }
    return at(offsets);
  }

  /** Slices by chance. */
  List<ConditionPart> atRandom(long seed) {
    Random random = new Random(seed);
    NavigableSet<Long> offsets = new TreeSet<>();
    long distance = Math.max(2, Math.min(size, 2L * size / MAX_SLICES));
    for (long offset = 1 + Math.floorMod(random.nextLong(), distance);
        offset < size && offsets.size() < MAX_SLICES;
        offset += 1 + Math.floorMod(random.nextLong(), distance)) {
      offsets.add(offset);
    }
    return at(offsets);
  }

  private static NavigableSet<Long> map(NavigableSet<Long> offsets, LongUnaryOperator mapper) {
    NavigableSet<Long> mapped = new TreeSet<>();
    offsets.forEach(offset -> mapped.add(mapper.applyAsLong(offset)));
    return mapped;
  }

  private List<ConditionPart> at(NavigableSet<Long> offsets) {
    return offsets.stream()
        .filter(offset -> offset > 0 && offset < size)
        .limit(MAX_SLICES)
        .<ConditionPart>map(offset -> new SliceOffset(side, offset))
        .toList();
  }
}
