package dev.partyline.internal.secrets.stream;

import dev.partyline.internal.secrets.stream.Dialogue.Missing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes over the frames of a side, some bytes of which may not have been kept. */
public final class FrameReader {
  private final int size;
  private final Iterator<Missing> gaps;
  private @Nullable Missing gap;
  private int offset;
  private boolean lost;

  /**
   * What was kept of the payload of a frame.
   *
   * @param offset where it begins in what was kept
   * @param endOffset where it ends
   * @param gapOffsets where some of it is missing
   * @param notSent how many bytes of it are still to be sent
   */
  public record FramePayload(int offset, int endOffset, List<Integer> gapOffsets, long notSent) {
    public boolean isWhole() {
      return gapOffsets.isEmpty();
    }
  }

  /**
   * @param offset where the first frame begins
   * @param size how many bytes were kept
   * @param missing where others were
   */
  public FrameReader(int offset, int size, List<Missing> missing) {
    this.size = size;
    this.gaps = missing.iterator();
    this.offset = offset;
    this.gap = next();
    while (gap != null && gap.offset() < offset) {
      gap = next();
    }
  }

  private @Nullable Missing next() {
    return gaps.hasNext() ? gaps.next() : null;
  }

  public int offset() {
    return offset;
  }

  /**
   * Returns whether as many bytes are next. Where some of them are missing, it is not known any
   * more where a frame begins.
   */
  public boolean has(int count) {
    Missing next = gap;
    lost |= next != null && next.offset() < offset + count;
    return !lost && offset + count <= size;
  }

  /** Returns whether frames cannot be told apart from here on. */
  public boolean isLost() {
    return lost;
  }

  public void skip(int count) {
    offset += count;
  }

  /** Goes over a payload, as far as it was sent. */
  public FramePayload payload(long length) {
    int start = offset;
    List<Integer> gapOffsets = new ArrayList<>();
    long rest = length;
    while (rest > 0) {
      Missing next = gap;
      int keptEnd = next == null ? size : next.offset();
      int count = (int) Math.min(rest, keptEnd - offset);
      offset += count;
      rest -= count;
      if (rest == 0 || next == null) {
        break;
      }
      gapOffsets.add(offset);
      lost |= next.byteCount() > rest;
      rest -= Math.min(rest, next.byteCount());
      gap = next();
    }
    return new FramePayload(start, offset, gapOffsets, rest);
  }
}
