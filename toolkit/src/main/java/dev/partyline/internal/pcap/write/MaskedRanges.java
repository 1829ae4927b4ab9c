package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationReader;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Where a conversation is written differently, because of its secrets. Only these parts are in
 * memory, so that many conversations can be written at once.
 */
final class MaskedRanges {
  /** Secrets are searched for in memory, which takes about ten times as much (measured). */
  static final long MAX_SEARCHED_BYTES = 8 << 20;

  static final MaskedRanges NONE = new MaskedRanges();

  private final Stream client = new Stream();
  private final Stream server = new Stream();

  /** What is different in what one side sent. */
  private static final class Stream {
    final Replacements replacements = new Replacements();

    /** What is not written: the offset after it, by where it begins. */
    final TreeMap<Long, Long> leftOut = new TreeMap<>();
  }

  private MaskedRanges() {}

  /** Finds what masking changes in a conversation. */
  static MaskedRanges of(Conversation conversation, UnaryOperator<Conversation> redaction) {
    if (conversation.isExact()) {
      return NONE;
    }
    MaskedRanges result = new MaskedRanges();
    Conversation searched = HeadAndTail.of(conversation, MAX_SEARCHED_BYTES);
    for (Gap gap : searched.gaps()) {
      result.stream(gap.side()).leftOut.put(gap.offset(), gap.endOffset());
    }
    result.compare(searched.reader(), redaction.apply(searched).reader());
    return result;
  }

  private Stream stream(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  private void compare(ConversationReader original, ConversationReader masked) {
    StreamOffsets offsets = new StreamOffsets();
    while (original.next() && masked.next()) {
      byte[] before = bytes(original);
      byte[] after = bytes(masked);
      if (before.length != after.length) {
        throw new IllegalStateException(
            "a redaction must keep the length of each event, but one of "
                + before.length
                + " bytes now has "
                + after.length);
      }
      Replacements replacements = stream(original.side()).replacements;
      compare(offsets.before(original), before, after, replacements);
    }
  }

  private static byte[] bytes(ConversationReader reader) {
    byte[] result = new byte[reader.byteCount()];
    reader.read(0, result.length, result, 0);
    return result;
  }

  private static void compare(long offset, byte[] before, byte[] after, Replacements replacements) {
    int end = 0;
    while (true) {
      int mismatch = Arrays.mismatch(before, end, before.length, after, end, after.length);
      if (mismatch < 0) {
        return;
      }
      int start = end + mismatch;
      end = start;
      while (end < before.length && before[end] != after[end]) {
        end++;
      }
      replacements.add(offset + start, after, start, end);
    }
  }

  /** Returns whether the byte at an offset of a side is not written. */
  boolean isLeftOut(Side side, long offset) {
    Map.Entry<Long, Long> range = stream(side).leftOut.floorEntry(offset);
    return range != null && offset < range.getValue();
  }

  /** Returns where the range at an offset ends, left out or not, or the limit if that is first. */
  long endOffset(Side side, long offset, long limit) {
    TreeMap<Long, Long> leftOut = stream(side).leftOut;
    Long bound =
        isLeftOut(side, offset) ? leftOut.floorEntry(offset).getValue() : leftOut.higherKey(offset);
    return bound == null ? limit : Math.min(limit, bound);
  }

  /** Masks bytes of a side that were read into an array. */
  void apply(Side side, long offset, byte[] target, int targetOffset, int length) {
    stream(side).replacements.apply(offset, target, targetOffset, length);
  }
}
