package dev.partyline.loopback;

import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Bytes that were received and not read yet: the loop adds them, a user reads them. */
final class ReceiveBuffer {
  /** The state of the stream from the peer. */
  enum State {
    OPEN("is open"),
    END_OF_INPUT("has sent a FIN"),
    RESET("has sent an RST"),
    REFUSED("does not listen"),
    TLS_FAILED("and our end did not agree on TLS"),
    /** Only over UDP, where the kernel would have to drop what other peers send as well. */
    OVERFLOW("has sent datagrams that are lost here, because too many before them were not read"),
    TLS_BROKEN("and our end cannot go on with TLS"),
    CLOSED("is unknown, our end is closed");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  /** Looks for what a reader waits for. */
  @FunctionalInterface
  interface Scan {
    /** Returns how many of the unread bytes to take, or -1 to wait for more. */
    int scan(byte[] array, int offset, int endOffset, State state);
  }

  /** How many bytes may be received that no reader has seen. */
  private static final int MAX_UNSEEN_BYTES = 1 << 20;

  private static final int MAX_DATAGRAMS = 1 << 14;

  private final boolean datagrams;
  private final Runnable resumeReading;
  private final ArrayDeque<Integer> datagramSizes = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] bytes = new byte[256];
  private int readIndex;
  private int writeIndex;

  /** How many of the unread bytes a waiting reader has seen, and has found to be too few. */
  private int tooFewBytes;

  private State state = State.OPEN;

  /**
   * Makes an empty one.
   *
   * @param datagrams whether to keep the boundaries of datagrams
   * @param resumeReading called when there may be room again
   */
  ReceiveBuffer(boolean datagrams, Runnable resumeReading) {
    this.datagrams = datagrams;
    this.resumeReading = resumeReading;
  }

  /** Adds bytes; a datagram without room is lost, and so are all that follow. */
  void put(ByteBuffer chunk) {
    lock.lock();
    try {
      if (datagrams && !hasRoom()) {
        end(State.OVERFLOW);
      }
      if (state == State.OVERFLOW) {
        return;
      }
      int size = chunk.remaining();
      if (writeIndex + size > bytes.length) {
        byte[] newBytes =
            writeIndex - readIndex + size > bytes.length / 2
                ? new byte[Math.max(bytes.length * 2, writeIndex - readIndex + size)]
                : bytes;
        System.arraycopy(bytes, readIndex, newBytes, 0, writeIndex - readIndex);
        writeIndex -= readIndex;
        readIndex = 0;
        bytes = newBytes;
      }
      chunk.get(bytes, writeIndex, size);
      writeIndex += size;
      if (datagrams) {
        datagramSizes.add(size);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream; the first reason counts. */
  void end(State reason) {
    lock.lock();
    try {
      if (state == State.OPEN || state == State.END_OF_INPUT && reason != State.CLOSED) {
        state = reason;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns whether more may be added; what a waiting reader has found to be too few takes none.
   */
  boolean hasRoom() {
    lock.lock();
    try {
      return writeIndex - readIndex - tooFewBytes < MAX_UNSEEN_BYTES
          && datagramSizes.size() < MAX_DATAGRAMS;
    } finally {
      lock.unlock();
    }
  }

  State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a scan has found its bytes, and takes them.
   *
   * @return the bytes, or null if they were not received in time or the stream has ended
   */
  @Nullable Bytes awaitAndTake(Scan scan, long timeoutNanos) throws InterruptedException {
    lock.lock();
    try {
      long remainingNanos = timeoutNanos;
      while (true) {
        int count = scan.scan(bytes, readIndex, writeIndex, state);
        if (count >= 0) {
          return remove(count);
        }
        if (state != State.OPEN || remainingNanos <= 0) {
          return null;
        }
        tooFewBytes = writeIndex - readIndex;
        resumeReading.run();
        remainingNanos = changed.awaitNanos(remainingNanos);
      }
    } finally {
      tooFewBytes = 0;
      resumeReading.run();
      lock.unlock();
    }
  }

  private Bytes remove(int count) {
    Bytes result = Bytes.copyOf(bytes, readIndex, readIndex + count);
    readIndex += count;
    for (int remaining = count; !datagramSizes.isEmpty(); ) {
      int size = datagramSizes.remove();
      if (size > remaining) {
        datagramSizes.addFirst(size - remaining);
        break;
      }
      remaining -= size;
    }
    return result;
  }

  /** Takes everything, without waiting. */
  Bytes takeAll() {
    lock.lock();
    try {
      return remove(writeIndex - readIndex);
    } finally {
      lock.unlock();
    }
  }

  Bytes unread() {
    lock.lock();
    try {
      return Bytes.copyOf(bytes, readIndex, writeIndex);
    } finally {
      lock.unlock();
    }
  }

  /** Returns a scan for the first datagram, or for any bytes of a stream. */
  Scan available() {
    return (array, offset, endOffset, current) -> {
      Integer first = datagramSizes.peek();
      if (datagrams && first != null) {
        return first;
      }
      return endOffset > offset || current == State.END_OF_INPUT ? endOffset - offset : -1;
    };
  }
}
