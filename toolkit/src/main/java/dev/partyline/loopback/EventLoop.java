package dev.partyline.loopback;

import dev.partyline.wire.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that carries every listener, client and tap: channels, tasks and timers. Taps with
 * a crowd of connections have half of them carried by a second one.
 *
 * <p>The first user starts it, or whoever makes the spec of a listener that plays, and it ends a
 * second after the last has left. Nothing that runs here may block; whatever throws here fails its
 * target and nothing else.
 */
final class EventLoop implements Runnable, Consumer<SelectionKey> {
  static final String THREAD = "partyline-loop";

  private static final long LINGER = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final int BUFFER = 1 << 16;

  /** With a single processor the peer could do nothing while we look. */
  private static final long GLANCE = Runtime.getRuntime().availableProcessors() > 1 ? 30_000 : 0;

  private static final int MOST_MISSES = 1_023;

  private final Selector selector;
  private final Thread thread;
  private final EventLoopHolder start;
  private final Object lock = new Object();
  private final TaskQueue tasks = new TaskQueue();
  private final TimerHeap timers = new TimerHeap();
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER);
  private @Nullable BufferPool buffers;
  private volatile boolean leaving;
  private long earliest = Long.MIN_VALUE;
  private boolean selecting;
  private boolean busy;
  private int misses;
  private int skipped;

  /** Changed under {@link #lock} only. */
  private volatile int users;

  /** Guarded by {@link #lock}. */
  private long idleSince = System.nanoTime();

  /** Whether the next user gets another loop; guarded by {@link #lock}. */
  private boolean ended;

  /** Whether nothing is done here any more; guarded by {@link #lock}. */
  private boolean over;

  /** Is made and run by its own thread. */
  EventLoop(Selector selector, Thread thread, EventLoopHolder start) {
    this.selector = selector;
    this.thread = thread;
    this.start = start;
  }

  /** Lingers no more: if there are users they keep the loop, but nobody new is waited for. */
  void hurry() {
    leaving = true;
    selector.wakeup();
  }

  /** Returns the running loop with one user more, who has to {@link #leave}. */
  static EventLoop enter() {
    return enter(0);
  }

  /** Does the same for somebody who has opened something, which is closed if there is no loop. */
  static EventLoop enterOr(Closeable opened) {
    try {
      return enter();
    } catch (RuntimeException | Error e) {
      try {
        opened.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Returns the second loop in the same way: what happens there must not wait for the first. */
  static EventLoop enterSecond() {
    return enter(1);
  }

  private static EventLoop enter(int place) {
    while (true) {
      EventLoop loop = EventLoopHolder.begin(place, false).await();
      synchronized (loop.lock) {
        if (!loop.ended) {
          loop.users++;
          return loop;
        }
      }
    }
  }

  /** What went wrong before there was anybody to be told is told to whoever comes first. */
  void isUnready(Throwable problem) {
    tasks.failed(problem);
  }

  /** Has one user less; to be called on the loop, or it may sleep past its end. */
  void leave() {
    synchronized (lock) {
      users--;
      idleSince = System.nanoTime();
    }
  }

  boolean isHere() {
    return Thread.currentThread() == thread;
  }

  /** Runs the task on the loop, later. */
  void execute(EventHandler target, Runnable task) {
    if (tasks.add(target, task)) {
      selector.wakeup();
    }
  }

  /**
   * Runs the task on the loop, and returns when that is done. Where the loop has ended, everything
   * that it carried is closed, and the task runs here.
   */
  void call(EventHandler target, Runnable task) {
    if (isHere()) {
      task.run();
      return;
    }
    BlockingTask errand = new BlockingTask(task, thread);
    if (takes(target, errand)) {
      errand.await();
    } else {
      task.run();
    }
  }

  /** Takes the task unless all is over; what is taken will be done. */
  private boolean takes(EventHandler target, Runnable task) {
    synchronized (lock) {
      if (!over) {
        execute(target, task);
      }
      return !over;
    }
  }

  /** Has the target told of what the channel is ready for; any thread may ask for that. */
  SelectionKey register(SelectableChannel channel, int ops, EventHandler target)
      throws IOException {
    SelectionKey key = channel.register(selector, ops, target);
    if (!isHere()) {
      selector.wakeup();
    }
    return key;
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
  BufferPool buffers() {
    BufferPool made = buffers == null ? new BufferPool() : buffers;
    buffers = made;
    return made;
  }

  /**
   * Lets go of the descriptors of closed channels: a registered channel keeps its own until its
   * selector selects again, and an RST is not sent before that (JDK 17 and 25).
   */
  void sweep() {
    if (isHere() && !selecting && selector.isOpen()) {
      select(0);
    }
  }

  @Override
  public void run() {
    try {
      LoopShutdownHook farewell = new LoopShutdownHook(this, thread);
      while (!hasEnded()) {
        tasks.run();
        runTimers();
        if (!look()) {
          select(tasks.sleep() ? patience() : 0);
          tasks.wake();
        }
      }
      farewell.cancel();
      selector.close();
    } catch (IOException e) {
      perish(e);
      throw new LoopbackException("cannot close a selector: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      perish(e);
      throw e;
    }
  }

  /**
   * Tells everybody that they are served no more, as when there is no memory left: their peers
   * would wait for ever else.
   */
  private void perish(Throwable why) {
    end();
    for (SelectionKey key : selector.keys()) {
      try {
        ((EventHandler) key.attachment()).failed(why);
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
    synchronized (lock) {
      over = true;
    }
    while (!tasks.isEmpty()) {
      try {
        tasks.run();
      } catch (RuntimeException | Error e) {
        why.addSuppressed(e);
      }
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
      synchronized (lock) {
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
      throw new LoopbackException("cannot select: " + e.getMessage(), e);
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
    EventHandler target = (EventHandler) key.attachment();
    try {
      target.ready(key);
    } catch (Throwable problem) {
      target.failed(problem);
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
    synchronized (lock) {
      if (users > 0 || System.nanoTime() - idleSince < linger() || !tasks.isEmpty()) {
        return false;
      }
      over = true;
      end();
    }
    return true;
  }

  /** The next user gets a new loop. */
  private void end() {
    synchronized (lock) {
      ended = true;
    }
    start.forget();
  }
}
