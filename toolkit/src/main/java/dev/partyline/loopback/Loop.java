package dev.partyline.loopback;

import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that carries every listener and client: channels, tasks and timers.
 *
 * <p>The first user starts it, or whoever makes the spec of a listener that plays, and it ends a
 * second after the last has left. Nothing that runs here may block; whatever throws here fails its
 * target and nothing else.
 */
final class Loop implements Runnable, Consumer<SelectionKey> {
  static final String THREAD = "partyline-loop";

  private static final long LINGER = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final int BUFFER = 1 << 16;

  /** With a single processor the peer could do nothing while we look. */
  private static final long GLANCE = Runtime.getRuntime().availableProcessors() > 1 ? 30_000 : 0;

  private static final int MOST_MISSES = 1_023;

  private static final Object LOCK = new Object();

  /** The only static mutable state of the library: connections of all tests share one thread. */
  private static @Nullable LoopStart current;

  private final Selector selector;
  private final Thread thread;
  private final LoopStart start;
  private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final Timers timers = new Timers();
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER);
  private final Buffers buffers = new Buffers();
  private final Farewell farewell;
  private volatile boolean leaving;
  private long earliest = Long.MIN_VALUE;
  private boolean selecting;
  private boolean busy;
  private int misses;
  private int skipped;

  /** Changed under {@link #LOCK} only. */
  private volatile int users;

  /** Guarded by {@link #LOCK}. */
  private long idleSince = System.nanoTime();

  /** Guarded by {@link #LOCK}. */
  private boolean ended;

  /** Is made and run by its own thread. */
  Loop(Selector selector, Thread thread, LoopStart start) {
    this.selector = selector;
    this.thread = thread;
    this.start = start;
    farewell = new Farewell(this, thread);
  }

  /** Lingers no more: if there are users they keep the loop, but nobody new is waited for. */
  void hurry() {
    leaving = true;
    selector.wakeup();
  }

  /** Has a loop come up if there is none, for somebody who is going to {@link #enter}. */
  static LoopStart begin() {
    synchronized (LOCK) {
      LoopStart start = current;
      if (start == null) {
        start = new LoopStart();
        start.begin();
        current = start;
      }
      return start;
    }
  }

  /** Returns the running loop with one user more, who has to {@link #leave}. */
  static Loop enter() {
    while (true) {
      Loop loop = begin().await();
      synchronized (LOCK) {
        if (!loop.ended) {
          loop.users++;
          return loop;
        }
      }
    }
  }

  /** The next user gets a new loop. */
  static void forget(LoopStart start) {
    synchronized (LOCK) {
      current = start.equals(current) ? null : current;
    }
  }

  /** Has one user less; to be called on the loop, or it may sleep past its end. */
  void leave() {
    synchronized (LOCK) {
      users--;
      idleSince = System.nanoTime();
    }
  }

  boolean isHere() {
    return Thread.currentThread() == thread;
  }

  /** Runs the task on the loop, later. */
  void execute(Target target, Runnable task) {
    tasks.add(new Task(target, task));
    if (asleep.get() && !isHere() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /** Runs the task on the loop, and returns when that is done. */
  void call(Target target, Runnable task) {
    if (isHere()) {
      task.run();
    } else {
      Errand errand = new Errand(task, thread);
      execute(target, errand);
      errand.await();
    }
  }

  SelectionKey register(SelectableChannel channel, int ops, Target target) throws IOException {
    return channel.register(selector, ops, target);
  }

  void wake(Timer timer, long nanos) {
    timers.set(timer, Math.max(nanos, earliest));
  }

  void cancel(Timer timer) {
    timers.cancel(timer);
  }

  /** Returns the buffer for reading, empty; its content lives until the next read. */
  ByteBuffer incoming() {
    return incoming.clear();
  }

  /** Returns the bytes in a buffer that can be written without another copy, if they fit in. */
  ByteBuffer outgoing(Bytes bytes) {
    if (bytes.size() > BUFFER) {
      return bytes.toBuffer();
    }
    bytes.putInto(outgoing.clear());
    return outgoing.flip();
  }

  /** Returns the memory through which taps pass bytes on; to be used on the loop. */
  Buffers buffers() {
    return buffers;
  }

  /**
   * Lets go of the descriptors of closed channels: a registered channel keeps its own until its
   * selector selects again, and an RST is not sent before that (JDK 17 and 25).
   */
  void sweep() {
    if (!selecting) {
      select(0);
    }
  }

  @Override
  public void run() {
    try {
      while (!hasEnded()) {
        runTasks();
        runTimers();
        if (!look()) {
          asleep.set(true);
          select(tasks.isEmpty() ? patience() : 0);
          asleep.lazySet(false);
        }
      }
      farewell.cancel();
      selector.close();
    } catch (IOException e) {
      perish(e);
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      perish(e);
      throw e;
    } finally {
      synchronized (LOCK) {
        ended = true;
        forget(start);
      }
    }
  }

  /**
   * Tells everybody that they are served no more, as when there is no memory left: their peers
   * would wait for ever else. The next user gets a new loop.
   */
  private void perish(Throwable why) {
    synchronized (LOCK) {
      ended = true;
      forget(start);
    }
    for (SelectionKey key : selector.keys()) {
      try {
        ((Target) key.attachment()).failed(why);
        key.channel().close();
      } catch (Throwable e) {
        why.addSuppressed(e);
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /**
   * Looks for a moment more before the loop goes to sleep: who was answered often asks again before
   * this thread would have slept and woken up. Where that was in vain, such as on a machine whose
   * processors are all taken, it is tried ever more rarely. Returns whether something was done.
   */
  private boolean look() {
    if (!busy || skipped++ < misses) {
      busy = false;
      return false;
    }
    skipped = 0;
    long until = System.nanoTime() + GLANCE;
    do {
      if (select(0) > 0) {
        misses = 0;
        return true;
      }
    } while (tasks.isEmpty() && System.nanoTime() < until);
    misses = Math.min(2 * misses + 1, MOST_MISSES);
    busy = false;
    return false;
  }

  /** How long to sleep in nanoseconds, or -1 for as long as nothing happens. */
  private long patience() {
    long next = timers.next();
    if (users == 0) {
      synchronized (LOCK) {
        next = Math.min(next, idleSince + linger());
      }
    }
    return next == Timer.NEVER ? -1 : Math.max(0, next - System.nanoTime());
  }

  private int select(long nanos) {
    selecting = true;
    try {
      int ready;
      if (nanos < 0) {
        ready = selector.select(this);
      } else if (nanos < MILLI) {
        // The selector counts milliseconds; the rest is spun away, so that no delay is rounded up.
        ready = selector.selectNow(this);
      } else {
        ready = selector.select(this, nanos / MILLI);
      }
      busy |= ready > 0;
      return ready;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      selecting = false;
    }
  }

  @Override
  public void accept(SelectionKey key) {
    if (!key.isValid()) {
      // Whoever came before it in this pass has closed it.
      return;
    }
    Target target = (Target) key.attachment();
    try {
      target.ready(key);
    } catch (Throwable problem) {
      target.failed(problem);
    }
  }

  private void runTasks() {
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.action.run();
      } catch (Throwable problem) {
        task.target.failed(problem);
      }
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    // Whoever wants to be woken at once, again and again, must not keep the others waiting.
    earliest = now + 1;
    for (Timer due = timers.due(now); due != null; due = timers.due(now)) {
      try {
        due.target.timeUp(now);
      } catch (Throwable problem) {
        due.target.failed(problem);
      }
    }
  }

  private long linger() {
    return leaving ? 0 : LINGER;
  }

  private boolean hasEnded() {
    if (users > 0) {
      return false;
    }
    synchronized (LOCK) {
      if (users > 0 || System.nanoTime() - idleSince < linger() || !tasks.isEmpty()) {
        return false;
      }
      ended = true;
      forget(start);
    }
    return true;
  }

  private record Task(Target target, Runnable action) {}
}
