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
    FINISHED("has sent a FIN"),
    RESET("has sent an RST"),
    REFUSED("does not listen"),
    INSECURE("and our end did not agree on TLS"),
    CLOSED("is unknown, our end is closed");

    final String words;

    State(String words) {
      this.words = words;
    }
  }

  /** Looks for what somebody waits for. */
  @FunctionalInterface
  interface Scan {
    /** Returns how many of the unread bytes to take, or -1 to wait for more. */
    int scan(byte[] array, int from, int to, State state);
  }

  private static final int ROOM = 1 << 20;

  private final boolean datagrams;
  private final Runnable resume;
  private final ArrayDeque<Integer> sizes = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] bytes = new byte[256];
  private int from;
  private int to;
  private int waiting;
  private State state = State.OPEN;

  /**
   * Makes an empty one.
   *
   * @param datagrams whether boundaries count
   * @param resume called when there may be room again
   */
  ReceiveBuffer(boolean datagrams, Runnable resume) {
    this.datagrams = datagrams;
    this.resume = resume;
  }

  void put(ByteBuffer chunk) {
    lock.lock();
    try {
      int size = chunk.remaining();
      if (to + size > bytes.length) {
        byte[] target =
            to - from + size > bytes.length / 2
                ? new byte[Math.max(bytes.length * 2, to - from + size)]
                : bytes;
        System.arraycopy(bytes, from, target, 0, to - from);
        to -= from;
        from = 0;
        bytes = target;
      }
      chunk.get(bytes, to, size);
      to += size;
      if (datagrams) {
        sizes.add(size);
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
      if (state == State.OPEN || state == State.FINISHED && reason != State.CLOSED) {
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
      return to - from < ROOM || waiting > 0;
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
   * @param atMost how long to wait, in nanoseconds
   * @return what was taken, or null if it did not come in time or can come no more
   */
  @Nullable Bytes take(Scan scan, long atMost) throws InterruptedException {
    lock.lock();
    waiting++;
    try {
      resume.run();
      long left = atMost;
      while (true) {
        int count = scan.scan(bytes, from, to, state);
        if (count >= 0) {
          return remove(count);
        }
        if (state != State.OPEN || left <= 0) {
          return null;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      waiting--;
      resume.run();
      lock.unlock();
    }
  }

  private Bytes remove(int count) {
    Bytes taken = Bytes.copyOf(bytes, from, from + count);
    from += count;
    for (int left = count; !sizes.isEmpty(); ) {
      int size = sizes.remove();
      if (size > left) {
        sizes.addFirst(size - left);
        break;
      }
      left -= size;
    }
    return taken;
  }

  /** Takes all that there is, without waiting. */
  Bytes takeAll() {
    lock.lock();
    try {
      return remove(to - from);
    } finally {
      lock.unlock();
    }
  }

  Bytes unread() {
    lock.lock();
    try {
      return Bytes.copyOf(bytes, from, to);
    } finally {
      lock.unlock();
    }
  }

  /** Takes the first datagram, or all that there is of a stream; waits for either. */
  Scan available() {
    return (array, start, end, now) -> {
      Integer first = sizes.peek();
      if (datagrams && first != null) {
        return first;
      }
      return end > start || now == State.FINISHED ? end - start : -1;
    };
  }
}
