package dev.partyline.internal.net;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.LoopbackException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that carries every listener, client and tap: channels, tasks and timers.
 *
 * <p>It starts with its first user, and ends a second after its last one has released it. Nothing
 * that runs here may block. An exception fails the handler that has thrown it, and nothing else.
 */
public final class EventLoop {
  static final String THREAD_NAME = "partyline-loop";

  private static final long IDLE_TIMEOUT_NANOS = 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** How late a channel may be served because the loop waits for a timer. */
  private static final long MAX_PARK_NANOS = 500_000L;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Selector selector;
  private final Consumer<SelectionKey> dispatcher = this::dispatch;
  private final Thread thread;
  private final Object lock = new Object();
  private final TaskQueue tasks = new TaskQueue();
  private final TimerHeap timers = new TimerHeap();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable BufferPool bufferPool;
  private volatile boolean quitting;
  private long minTimerNanos = Long.MIN_VALUE;
  private boolean selecting;

  /** Changed under {@link #lock} only. */
  private volatile int users = 1;

  /** Guarded by {@link #lock}. */
  private long idleSinceNanos = System.nanoTime();

  /** Whether the next user gets another loop; guarded by {@link #lock}. */
  private boolean closed;

  /** Whether tasks are refused; guarded by {@link #lock}. */
  private boolean terminated;

  private EventLoop(String threadName, Selector selector) {
    this.selector = selector;
    // A thread that lives on must not keep the context of its first user.
    thread = new Thread(null, this::run, threadName, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(EventLoop.class.getClassLoader());
  }

  /** Opens the selector of a loop. */
  @FunctionalInterface
  interface SelectorFactory {
    Selector open() throws IOException;
  }

  /** Starts a loop with one user, which has to {@link #release} it. */
  static EventLoop start(String threadName, SelectorFactory selectorFactory) {
    Selector selector = null;
    try {
      selector = selectorFactory.open();
      EventLoop loop = new EventLoop(threadName, selector);
      loop.thread.start();
      return loop;
    } catch (IOException | RuntimeException | Error e) {
      Closeables.closeAfter(e, selector);
      throw new LoopbackException("cannot start the event loop: " + e + SocketError.advice(e), e);
    }
  }

  /** Returns the running loop with one user more, which has to {@link #release} it. */
  public static EventLoop acquire() {
    return EventLoopHolder.acquire(0);
  }

  /** Does the same, and closes what the caller has opened if the loop cannot start. */
  public static EventLoop acquireOrClose(Closeable resource) {
    try {
      return acquire();
    } catch (RuntimeException | Error e) {
      Closeables.closeAfter(e, resource);
      throw e;
    }
  }

  /** Does the same with the second loop. What runs there must not wait for the first. */
  static EventLoop acquireSecond() {
    return EventLoopHolder.acquire(1);
  }

  /** Adds a user, unless the loop has ended. */
  boolean tryAcquire() {
    synchronized (lock) {
      users += closed ? 0 : 1;
      return !closed;
    }
  }

  /** Ends the loop as soon as it has no users, without waiting for new ones. */
  void quitWhenIdle() {
    quitting = true;
    selector.wakeup();
  }

  /** Removes a user. Called on the loop: otherwise it might sleep past its end. */
  public void release() {
    synchronized (lock) {
      users--;
      idleSinceNanos = System.nanoTime();
    }
  }

  boolean hasUsers() {
    return users > 0;
  }

  boolean isInEventLoop() {
    return Thread.currentThread() == thread;
  }

  /** Runs the task on the loop, later. */
  public void execute(EventHandler handler, Runnable task) {
    if (tasks.add(handler, task)) {
      selector.wakeup();
    }
  }

  /**
   * Runs the task on the loop, and returns when it is done. If the loop has ended, everything that
   * it carried is closed, and the task runs on the calling thread.
   */
  public void call(EventHandler handler, Runnable task) {
    if (isInEventLoop()) {
      task.run();
      return;
    }
    BlockingTask blockingTask = new BlockingTask(task, thread);
    if (tryExecute(handler, blockingTask)) {
      blockingTask.await();
    } else {
      task.run();
    }
  }

  /** Queues the task unless the loop has ended; a queued task is always run. */
  private boolean tryExecute(EventHandler handler, Runnable task) {
    synchronized (lock) {
      if (!terminated) {
        execute(handler, task);
      }
      return !terminated;
    }
  }

  /** Calls the handler when the channel is ready; any thread may call this. */
  public SelectionKey register(SelectableChannel channel, int ops, EventHandler handler)
      throws IOException {
    SelectionKey key = channel.register(selector, ops, handler);
    if (!isInEventLoop()) {
      selector.wakeup();
    }
    return key;
  }

  public void schedule(Timer timer, long nanos) {
    timers.schedule(timer, Math.max(nanos, minTimerNanos));
  }

  public void cancel(Timer timer) {
    timers.cancel(timer);
  }

  /** Returns the empty buffer for reading; its content is valid until the next read. */
  public ByteBuffer readBuffer() {
    return readBuffer.clear();
  }

  /** Returns the bytes in a direct buffer, which is written without another copy, if they fit. */
  public ByteBuffer writeBuffer(Bytes bytes) {
    if (bytes.size() > BUFFER_BYTES) {
      return bytes.toBuffer();
    }
    bytes.putInto(writeBuffer.clear());
    return writeBuffer.flip();
  }

  /** Returns the buffers through which taps pass bytes on, for use on the loop. */
  public BufferPool bufferPool() {
    BufferPool pool = bufferPool == null ? new BufferPool() : bufferPool;
    bufferPool = pool;
    return pool;
  }

  /**
   * Closes the descriptors of closed channels: a registered channel keeps its descriptor until its
   * selector selects again, and an RST is not sent before that (JDK 17 and 25).
   */
  public void flushCancelledKeys() {
    if (isInEventLoop() && !selecting && selector.isOpen()) {
      select(0);
    }
  }

  private void run() {
    try {
      LoopShutdownHook shutdownHook = new LoopShutdownHook(this, thread);
      while (!terminateIfIdle()) {
        tasks.run();
        runTimers();
        select(tasks.prepareToSleep() ? selectTimeoutNanos() : 0);
        tasks.wake();
      }
      shutdownHook.cancel();
      selector.close();
    } catch (IOException e) {
      abort(e);
      throw new LoopbackException("cannot close a selector: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      abort(e);
      throw e;
    }
  }

  /**
   * Fails every handler, for example when there is no memory left: otherwise their peers would wait
   * for ever. Without a free descriptor, or memory, each step of it may fail as well: then a class
   * that is needed for the first time is not found.
   */
  private void abort(Throwable cause) {
    synchronized (lock) {
      closed = true;
    }
    try {
      EventLoopHolder.remove(this);
      for (SelectionKey key : selector.keys()) {
        abort(key, cause);
      }
      selector.close();
    } catch (Throwable e) {
      suppress(e, cause);
    }
    synchronized (lock) {
      terminated = true;
    }
    // Those who wait for a task get its result, or what it throws.
    while (!tasks.isEmpty()) {
      try {
        tasks.run();
      } catch (Throwable e) {
        suppress(e, cause);
      }
    }
  }

  private static void abort(SelectionKey key, Throwable cause) {
    try {
      ((EventHandler) key.attachment()).onFailure(cause);
    } catch (Throwable e) {
      suppress(e, cause);
    }
    try {
      key.channel().close();
    } catch (Throwable e) {
      suppress(e, cause);
    }
  }

  private static void suppress(Throwable failure, Throwable cause) {
    try {
      cause.addSuppressed(failure);
    } catch (IllegalArgumentException e) {
      // A handler has thrown the cause itself.
    }
  }

  /** Returns how long to sleep in nanoseconds, or -1 for no limit. */
  private long selectTimeoutNanos() {
    long nextNanos = timers.nextNanos();
    if (users == 0) {
      synchronized (lock) {
        nextNanos = Math.min(nextNanos, idleSinceNanos + idleTimeoutNanos());
      }
    }
    return nextNanos == Timer.NEVER ? -1 : Math.max(0, nextNanos - System.nanoTime());
  }

  private void select(long nanos) {
    selecting = true;
    try {
      if (nanos < 0) {
        selector.select(dispatcher);
      } else if (nanos >= NANOS_PER_MILLI) {
        selector.select(dispatcher, nanos / NANOS_PER_MILLI);
      } else {
        // The selector counts milliseconds: what is left of a delay must not be rounded up.
        if (selector.selectNow(dispatcher) == 0) {
          LockSupport.parkNanos(Math.min(nanos, MAX_PARK_NANOS));
          selector.selectNow(dispatcher);
        }
      }
    } catch (IOException e) {
      throw new LoopbackException("cannot select: " + e.getMessage(), e);
    } finally {
      selecting = false;
    }
  }

  private void dispatch(SelectionKey key) {
    if (!key.isValid()) {
      // A handler that ran earlier in this pass has closed it.
      return;
    }
    EventHandler handler = (EventHandler) key.attachment();
    try {
      handler.onReady(key.readyOps());
    } catch (Throwable failure) {
      handler.onFailure(failure);
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    // A timer that is set to now again and again must not keep the others waiting.
    minTimerNanos = now + 1;
    for (Timer timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
      try {
        timer.handler.onTimeout(now);
      } catch (Throwable failure) {
        timer.handler.onFailure(failure);
      }
    }
  }

  private long idleTimeoutNanos() {
    return quitting ? 0 : IDLE_TIMEOUT_NANOS;
  }

  private boolean terminateIfIdle() {
    if (users > 0) {
      return false;
    }
    synchronized (lock) {
      if (users > 0
          || System.nanoTime() - idleSinceNanos < idleTimeoutNanos()
          || !tasks.isEmpty()) {
        return false;
      }
      closed = true;
      terminated = true;
    }
    EventLoopHolder.remove(this);
    return true;
  }
}
