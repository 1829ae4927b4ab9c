package dev.partyline.internal.net;

import java.nio.channels.Selector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Holds the two loops of this JVM. The second takes half of the connections of busy taps. */
public final class EventLoopHolder {
  /**
   * Static, because connections of all tests share the loops. The only other state that they share
   * is what this JVM has open: {@link OpenSocketOwner} and the leases of ports.
   */
  private static final @Nullable EventLoop[] LOOPS = new @Nullable EventLoop[2];

  private EventLoopHolder() {}

  /**
   * Returns a running loop with one user more, which has to {@link EventLoop#release} it.
   *
   * @param index which of the two loops, 0 or 1
   */
  static EventLoop acquire(int index) {
    synchronized (LOOPS) {
      EventLoop loop = LOOPS[index];
      if (loop == null || !loop.tryAcquire()) {
        String suffix = index == 0 ? "" : "-2";
        loop = EventLoop.start(EventLoop.THREAD_NAME + suffix, Selector::open);
        LOOPS[index] = loop;
      }
      return loop;
    }
  }

  /** Returns whether the caller is on one of the loops, which must not wait for each other. */
  public static boolean isEventLoopThread() {
    synchronized (LOOPS) {
      return Arrays.stream(LOOPS).anyMatch(loop -> loop != null && loop.isInEventLoop());
    }
  }

  /** Drops a loop that takes no more users; the next user gets another one. */
  static void remove(EventLoop loop) {
    synchronized (LOOPS) {
      for (int i = 0; i < LOOPS.length; i++) {
        LOOPS[i] = LOOPS[i] == loop ? null : LOOPS[i];
      }
    }
  }
}
