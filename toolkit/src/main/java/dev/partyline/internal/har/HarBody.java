package dev.partyline.internal.har;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the bytes of a body stand in what a side sent; they are not read before they are needed.
 *
 * @param ranges the ranges in their order, such as one for each chunk
 * @param codings the codings in the order in which they were applied, in lower case
 */
record HarBody(Conversation conversation, Side side, List<BodyRange> ranges, List<String> codings) {
  static final HarBody EMPTY =
      new HarBody(Conversation.of(List.of()), Side.CLIENT, List.of(), List.of());

  /** Bytes that follow one another. */
  record BodyRange(long offset, long endOffset) {
    long size() {
      return endOffset - offset;
    }
  }

  /** Returns the codings that headers Content-Encoding name (RFC 9110, 8.4). */
  static List<String> codings(List<HarField> headers) {
    return HarField.all(headers, "Content-Encoding").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
        .toList();
  }

  long size() {
    return ranges.stream().mapToLong(BodyRange::size).sum();
  }

  /** Returns how many bytes were not kept. */
  long droppedBytes() {
    long dropped = 0;
    for (Gap gap : ranges.isEmpty() ? List.<Gap>of() : conversation.gaps()) {
      if (gap.side() == side && gap.endOffset() > offset() && gap.offset() < endOffset()) {
        for (BodyRange range : ranges) {
          long offset = Math.max(range.offset, gap.offset());
          dropped += Math.max(0, Math.min(range.endOffset, gap.endOffset()) - offset);
        }
      }
    }
    return dropped;
  }

  private long offset() {
    return ranges.get(0).offset;
  }

  /** Returns the offset after its last byte; it must have one. */
  long endOffset() {
    return ranges.get(ranges.size() - 1).endOffset;
  }

  /** Returns all of it, which must have been kept. */
  Bytes bytes() {
    List<Bytes> parts = new ArrayList<>();
    ranges.forEach(each -> parts.add(conversation.bytes(side, each.offset, each.endOffset)));
    return parts.size() == 1 ? parts.get(0) : Bytes.join(parts);
  }

  /** Returns a stream that reads it a little at a time; all of it must have been kept. */
  InputStream open() {
    return new HarBodyInput(this);
  }
}
