package dev.partyline.loopback;

import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a peer has sent and nobody has taken yet: the loop puts it here, a user takes it. */
final class ReceiveBuffer {
  /** How the stream from the peer stands. */
  enum State {
    OPEN("is open"),
    END_OF_INPUT("has sent a FIN"),
    RESET("has sent an RST"),
    REFUSED("does not listen"),
    TLS_FAILED("and our end did not agree on TLS"),
    CLOSED("is unknown, our end is closed");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  /** Looks for what somebody waits for. */
  @FunctionalInterface
  interface Scan {
    /** Returns how many of the unread bytes to take, or -1 to wait for more. */
    int scan(byte[] array, int offset, int endOffset, State state);
  }

  private static final int MAX_BUFFERED_BYTES = 1 << 20;

  private final boolean datagrams;
  private final Runnable resumeReading;
  private final ArrayDeque<Integer> datagramSizes = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] bytes = new byte[256];
  private int readIndex;
  private int writeIndex;
  private int waiters;
  private State state = State.OPEN;

  /**
   * Makes an empty one.
   *
   * @param datagrams whether boundaries count
   * @param resumeReading called when there may be room again
   */
  ReceiveBuffer(boolean datagrams, Runnable resumeReading) {
    this.datagrams = datagrams;
    this.resumeReading = resumeReading;
  }

  void put(ByteBuffer chunk) {
    lock.lock();
    try {
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

  /** Nothing more will come; the first reason counts. */
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

  /** Whether more may come without anybody waiting for it. */
  boolean hasRoom() {
    lock.lock();
    try {
      return writeIndex - readIndex < MAX_BUFFERED_BYTES || waiters > 0;
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
   * Waits for what is looked for and takes it.
   *
   * @param timeoutNanos how long to wait, in nanoseconds
   * @return what was taken, or null if it did not come in time or can come no more
   */
  @Nullable Bytes awaitAndTake(Scan scan, long timeoutNanos) throws InterruptedException {
    lock.lock();
    waiters++;
    try {
      resumeReading.run();
      long remainingNanos = timeoutNanos;
      while (true) {
        int count = scan.scan(bytes, readIndex, writeIndex, state);
        if (count >= 0) {
          return remove(count);
        }
        if (state != State.OPEN || remainingNanos <= 0) {
          return null;
        }
        remainingNanos = changed.awaitNanos(remainingNanos);
      }
    } finally {
      waiters--;
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

  /** Takes all that there is, without waiting. */
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

  /** Takes the first datagram, or all that there is of a stream; waits for either. */
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
