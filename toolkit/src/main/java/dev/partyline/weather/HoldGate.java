package dev.partyline.weather;

import dev.partyline.internal.text.Excerpt;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a test holds what one direction of a connection has let through, and lets it go: all, or
 * one chunk. An end that a fault makes at its time passes.
 */
final class HoldGate {
  /** More numbers than one looks at. */
  private static final int MAX_DATAGRAMS = 10;

  private final Holds holds;
  private final ConnectionDirection direction;
  private final Consumer<String> notes;

  /** What is first in the queue and was held, or null. */
  private @Nullable HeldChunk held;

  /** How many chunks from the first leave although the side is held. */
  private int free;

  /** Whether a note says that it is held. */
  private boolean noted;

  HoldGate(Holds holds, ConnectionDirection direction, Consumer<String> notes) {
    this.holds = holds;
    this.direction = direction;
    this.notes = notes;
  }

  /** Returns the gate of the other direction. */
  HoldGate opposite() {
    return new HoldGate(holds, direction.reversed(), notes);
  }

  /** Returns whether nothing may pass by itself. */
  boolean isClosed() {
    return holds.isHeld(direction.sender(), direction.connection());
  }

  /** Takes note of what the test has let go, before anything more comes. */
  void update(ChunkQueue queue) {
    HeldChunk current = held;
    if (current == null) {
      return;
    }
    if (current.state == HeldChunk.State.STEPPED && free == 0) {
      free = 1;
      notes.accept("a step passes on " + words(queue, 1));
    } else if (current.state == HeldChunk.State.RELEASED) {
      free = queue.size();
      held = null;
      noted = false;
      notes.accept("released: " + words(queue, free));
    }
  }

  /** Returns whether the first chunk must not leave. */
  boolean blocks(ChunkQueue queue) {
    TimedChunk first = queue.first();
    return first != null && free == 0 && !first.punctual && isClosed();
  }

  /** Holds the first chunk if it must not leave; returns whether it does. */
  boolean hold(ChunkQueue queue) {
    TimedChunk first = queue.first();
    if (first == null || !blocks(queue)) {
      update(queue);
      return false;
    }
    if (held != null) {
      held.total = total(queue);
      return true;
    }
    String text = words(queue, 1);
    if (!noted) {
      noted = true;
      notes.accept("held from here on: " + text);
    }
    HeldChunk chunk = new HeldChunk(direction.connection(), direction.sender(), first, text);
    chunk.total = total(queue);
    if (holds.add(chunk)) {
      held = chunk;
      return true;
    }
    noted = false;
    notes.accept("released: " + text);
    return false;
  }

  /** Called when the first chunk leaves. */
  void onPassed() {
    free = Math.max(0, free - 1);
    settle(HeldChunk.State.PASSED);
  }

  private void settle(HeldChunk.State state) {
    HeldChunk current = held;
    held = null;
    if (current != null) {
      holds.settle(current, state);
    }
  }

  /** Called before what is held is dropped, because the connection has ended. */
  void onDropped(ChunkQueue queue, int count) {
    HeldChunk current = held;
    if (current != null && count > 0) {
      String text = words(queue, count);
      notes.accept("held to the end, and not passed on: " + text);
      holds.lose(current, text);
    }
    settle(HeldChunk.State.DROPPED);
    free = 0;
  }

  /** Called when the connection has ended. */
  void onEnded() {
    holds.end(direction.sender(), direction.connection());
  }

  /** Returns words for all in the queue without looking at each: it is asked for each read. */
  private String total(ChunkQueue queue) {
    TimedChunk last = queue.last();
    List<String> parts = new ArrayList<>();
    boolean stream = direction.transport().isStream();
    long count = stream ? queue.bytes() : queue.size();
    if (count > 0) {
      parts.add(count + (stream ? " byte" : " datagram") + (count == 1 ? "" : "s"));
    }
    if (last != null && last.isEnd()) {
      parts.add(endWords(last));
    }
    return String.join(" and ", parts);
  }

  private static String endWords(TimedChunk end) {
    boolean fin = end.kind == Delivery.Kind.FIN || end.kind == Delivery.Kind.CUT_FIN;
    return fin ? "the FIN" : "the RST";
  }

  /** Returns words for the first chunks, such as {@code bytes 0 to 5 and the FIN of the server}. */
  private String words(ChunkQueue queue, int count) {
    List<TimedChunk> chunks = queue.first(count);
    List<TimedChunk> data = chunks.stream().filter(chunk -> !chunk.isEnd()).toList();
    List<String> parts = new ArrayList<>();
    if (!data.isEmpty()) {
      parts.add(direction.transport().isStream() ? bytes(data) : datagrams(data));
    }
    for (TimedChunk chunk : chunks) {
      if (chunk.isEnd()) {
        parts.add(endWords(chunk));
      }
    }
    return String.join(" and ", parts) + " of the " + direction.sender();
  }

  private static String bytes(List<TimedChunk> chunks) {
    long first = chunks.get(0).offset();
    TimedChunk lastChunk = chunks.get(chunks.size() - 1);
    long last = lastChunk.offset() + lastChunk.size() - 1;
    return first >= last ? "byte " + first : "bytes " + first + " to " + last;
  }

  private static String datagrams(List<TimedChunk> chunks) {
    String numbers =
        String.join(
            ", ", Excerpt.of(chunks, MAX_DATAGRAMS, chunk -> String.valueOf(chunk.offset())));
    return (chunks.size() == 1 ? "datagram " : "datagrams ") + numbers;
  }
}
