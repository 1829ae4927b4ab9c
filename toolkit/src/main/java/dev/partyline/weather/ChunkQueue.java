package dev.partyline.weather;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chunks that wait, the oldest first. */
final class ChunkQueue {
  private final Deque<TimedChunk> chunks = new ArrayDeque<>();
  private long bytes;

  void add(TimedChunk chunk) {
    chunks.add(chunk);
    bytes += chunk.size();
  }

  @Nullable TimedChunk first() {
    return chunks.peekFirst();
  }

  /** Returns so many from the first on, or all if there are fewer. */
  List<TimedChunk> first(int count) {
    return chunks.stream().limit(count).toList();
  }

  @Nullable TimedChunk last() {
    return chunks.peekLast();
  }

  @Nullable TimedChunk poll() {
    TimedChunk first = chunks.pollFirst();
    bytes -= first == null ? 0 : first.size();
    return first;
  }

  /** Returns the end that leaves at its time, whatever is before it; null if none has come. */
  @Nullable TimedChunk punctualEnd() {
    TimedChunk last = chunks.peekLast();
    return last != null && last.punctual ? last : null;
  }

  /** Drops everything before that end. */
  void dropBefore(TimedChunk end) {
    chunks.clear();
    chunks.add(end);
    bytes = 0;
  }

  boolean isEmpty() {
    return chunks.isEmpty();
  }

  int size() {
    return chunks.size();
  }

  long bytes() {
    return bytes;
  }

  /** Removes the first bytes, as a part of one chunk or joined from several. */
  TimedChunk take(int size) {
    TimedChunk first = chunks.element();
    bytes -= size;
    if (size < first.size()) {
      return first.split(size);
    }
    return size == first.size() ? chunks.remove() : join(size);
  }

  private TimedChunk join(int size) {
    byte[] joined = new byte[size];
    TimedChunk first = chunks.element();
    int length = 0;
    while (length < size) {
      TimedChunk next = chunks.element();
      int part = Math.min(next.size(), size - length);
      next.buffer().get(joined, length, part);
      length += part;
      if (next != first && next.cut != null) {
        next.cut.reportMerge();
        next.cut = null;
      }
      if (part == next.size()) {
        chunks.remove();
      } else {
        next.split(part);
      }
    }
    return first.withBytes(joined);
  }
}
