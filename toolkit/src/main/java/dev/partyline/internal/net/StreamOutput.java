package dev.partyline.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What an endpoint sends: bytes that wait for room, and the FIN after them. */
final class StreamOutput {
  private @Nullable ArrayDeque<ByteBuffer> queue;
  private OutputState state = OutputState.OPEN;
  private boolean full;

  /** Whether TLS says so before the FIN. */
  private boolean closeNotify;

  OutputState state() {
    return state;
  }

  /** Returns whether bytes wait here for room. */
  boolean isQueued() {
    return queue != null;
  }

  long queuedBytes() {
    return queue == null ? 0 : queue.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  /** Returns whether more is to be written as soon as there is room. */
  boolean isFull() {
    return full || queue != null;
  }

  /** Sets whether it is to be told when there is room. */
  void setFull(boolean newFull) {
    full = newFull;
  }

  /** Writes what can be written now; returns how many bytes. */
  int write(StreamIo io, ByteBuffer out) throws IOException {
    int count = io.write(out);
    full = out.hasRemaining() || io.hasUnsent();
    return count;
  }

  /** Writes bytes; those that cannot be written now are copied, and written by a flush. */
  void send(StreamIo io, ByteBuffer out) throws IOException {
    if (queue == null) {
      io.write(out);
      if (!out.hasRemaining() || io.failure() != null) {
        return;
      }
      queue = new ArrayDeque<>();
    }
    queue.add(ByteBuffer.allocate(out.remaining()).put(out).flip());
  }

  /** Writes what waits; returns whether everything was sent. */
  boolean flush(StreamIo io) throws IOException {
    if (!io.flush()) {
      return false;
    }
    ArrayDeque<ByteBuffer> waiting = queue;
    while (waiting != null && !waiting.isEmpty()) {
      ByteBuffer next = waiting.element();
      io.write(next);
      if (next.hasRemaining() || io.failure() != null) {
        return false;
      }
      waiting.remove();
    }
    queue = null;
    full = false;
    return !io.hasUnsent();
  }

  /** Ends it as soon as everything was sent; returns whether the FIN can be sent now. */
  boolean end(StreamIo io, boolean withCloseNotify) {
    if (state != OutputState.OPEN) {
      return false;
    }
    closeNotify = withCloseNotify;
    state = OutputState.SHUT_WANTED;
    return queue == null && !io.isHandshaking();
  }

  /** Takes the FIN for sent, because the channel is about to be closed. */
  void setShut() {
    state = OutputState.SHUT;
  }

  /** Sends the FIN; under TLS a full channel takes it later. */
  void shutdown(StreamIo io) throws IOException {
    io.shutdownOutput(closeNotify);
  }
}
