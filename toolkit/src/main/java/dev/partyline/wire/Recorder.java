package dev.partyline.wire;

import dev.partyline.internal.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The writing end of a recording.
 *
 * <p>Bytes are recorded before they are written to a socket, so that the recording has whatever a
 * peer may have received.
 */
public final class Recorder {
  private final Ticker ticker;
  private final StorageBudget budget;
  private volatile long startNanos;
  private volatile Instant startedAt = Instant.now();

  /** Those that were not dropped, and the lock for what follows. */
  private final List<ConversationRecorder> recorders = new ArrayList<>();

  private int openedCount;
  private int droppedCount;

  /** What was recorded on those that were dropped. */
  private long droppedEventCount;

  private final long[] droppedByteCounts = new long[Side.values().length];
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong waiterCount = new AtomicLong();
  private final Object changeLock = new Object();
  private final List<String> problems = new ArrayList<>();
  private volatile boolean finished;
  private final Recording recording = new Live();

  /**
   * Returns the writing end of a new, empty recording that takes its times from the ticker and
   * keeps everything.
   */
  public Recorder(Ticker ticker) {
    this(ticker, RecordingPolicy.everything());
  }

  /**
   * Returns the writing end of a new, empty recording.
   *
   * @param ticker where its times come from
   * @param policy how much of the bytes it keeps, and where
   */
  public Recorder(Ticker ticker, RecordingPolicy policy) {
    this.ticker = ticker;
    this.budget = new StorageBudget(policy);
    this.startNanos = ticker.nanos();
  }

  /**
   * Returns why bytes could not be kept, such as a full disk, and how many that are by now; each
   * conversation says which of its own are missing.
   */
  public Optional<String> problem() {
    return budget.problem();
  }

  /**
   * Records what cannot be in the recording, and why, in a sentence without a full stop, such as
   * that a file ends too early: {@link Recording#problems()}.
   */
  public void recordProblem(String text) {
    synchronized (problems) {
      problems.add(text);
    }
  }

  /**
   * Sets when the recording began, if not when this was made, as of what was captured earlier:
   * conversations open so long after that.
   *
   * @param time by the clock of the machine
   * @param nanos by the ticker
   */
  public void recordStart(Instant time, long nanos) {
    startedAt = time;
    startNanos = nanos;
  }

  long startNanos() {
    return startNanos;
  }

  /**
   * Ends the recording, because nothing more will be recorded: what waits for it, now or later, is
   * answered at once. A conversation that was not closed stays open.
   */
  public void finish() {
    finished = true;
    signal();
  }

  /** Returns the reading end. */
  public Recording recording() {
    return recording;
  }

  /**
   * Starts the next conversation.
   *
   * @param transport what carries it
   * @param clientAddress the literal address of the side that opened it, {@code ?} if it has none
   * @param serverAddress the literal address of the other side
   */
  public ConversationRecorder open(
      Transport transport, String clientAddress, String serverAddress) {
    ConversationRecorder recorder;
    synchronized (recorders) {
      long openNanos = ticker.nanos();
      ConnectionInfo connection =
          new ConnectionInfo(
              ++openedCount, transport, clientAddress, serverAddress, openNanos - startNanos);
      recorder = new ConversationRecorder(this, ticker, connection, openNanos, budget.newLog());
      recorders.add(recorder);
    }
    onRecorded();
    return recorder;
  }

  /** Called when something has been recorded. */
  void onRecorded() {
    if (budget.isFull()) {
      dropOldest();
    }
    signal();
  }

  /** Drops conversations that have ended, from the oldest on, but not the newest. */
  private void dropOldest() {
    synchronized (recorders) {
      if (budget.isFull()) {
        ConversationRecorder newest = recorders.get(recorders.size() - 1);
        recorders.removeIf(each -> each != newest && budget.isNearlyFull() && drop(each));
        budget.onDropped();
      }
    }
  }

  private boolean drop(ConversationRecorder conversation) {
    if (!conversation.dropIfClosed()) {
      return false;
    }
    droppedCount++;
    droppedEventCount += conversation.eventCount();
    for (Side side : Side.values()) {
      droppedByteCounts[side.ordinal()] += conversation.byteCount(side);
    }
    return true;
  }

  /** Wakes the threads that wait for this recording, because something has changed. */
  public void signal() {
    // A thread that is not counted yet will check its condition after this. Event loops that
    // counted each chunk in one place would compete for its cache line.
    if (waiterCount.get() > 0) {
      version.incrementAndGet();
      synchronized (changeLock) {
        changeLock.notifyAll();
      }
    }
  }

  /** Returns a number that changes with everything that is recorded. */
  private long activity() {
    synchronized (recorders) {
      return recorders.stream().mapToLong(ConversationRecorder::eventCount).sum()
          + droppedEventCount
          + openedCount;
    }
  }

  private List<ConversationRecorder> recorders() {
    synchronized (recorders) {
      return List.copyOf(recorders);
    }
  }

  private final class Live implements Recording {
    @Override
    public String toString() {
      return "Recording{" + Quantity.of(connections(), "connection") + "}";
    }

    @Override
    public Instant startedAt() {
      return startedAt;
    }

    @Override
    public List<Conversation> conversations() {
      return recorders().stream().map(ConversationRecorder::snapshot).toList();
    }

    @Override
    public OptionalLong startedAtNanos() {
      return OptionalLong.of(startNanos);
    }

    @Override
    public int connections() {
      synchronized (recorders) {
        return openedCount;
      }
    }

    @Override
    public int droppedConnections() {
      synchronized (recorders) {
        return droppedCount;
      }
    }

    @Override
    public List<String> problems() {
      synchronized (problems) {
        return Stream.concat(problems.stream(), problem().stream()).toList();
      }
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public long byteCount(Side side) {
      synchronized (recorders) {
        return recorders.stream().mapToLong(recorder -> recorder.byteCount(side)).sum()
            + droppedByteCounts[side.ordinal()];
      }
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) {
      return await(condition, TimeoutFactor.stretch(timeout).toNanos());
    }

    @Override
    public boolean awaitUnwanted(BooleanSupplier condition, Duration timeout) {
      return await(condition, TimeoutFactor.stretchByFactor(timeout).toNanos());
    }

    @Override
    public void awaitIdle(Duration quietPeriod, Duration timeout) {
      RecordingWaits.awaitIdle(this, Recorder.this::activity, quietPeriod, timeout);
    }

    private boolean await(BooleanSupplier condition, long timeoutNanos) {
      long waitStartNanos = System.nanoTime();
      waiterCount.incrementAndGet();
      try {
        while (true) {
          long seenVersion = version.get();
          // No lock is held here, because the condition may take locks that are held in signal().
          if (condition.getAsBoolean()) {
            return true;
          }
          if (finished) {
            return false;
          }
          if (!awaitChange(seenVersion, waitStartNanos, timeoutNanos)) {
            // A change at the last moment is still in time.
            return version.get() != seenVersion && condition.getAsBoolean();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        waiterCount.decrementAndGet();
      }
    }

    private boolean awaitChange(long seenVersion, long waitStartNanos, long timeoutNanos)
        throws InterruptedException {
      synchronized (changeLock) {
        long remainingNanos = timeoutNanos - (System.nanoTime() - waitStartNanos);
        while (version.get() == seenVersion && remainingNanos > 0) {
          changeLock.wait(remainingNanos / 1_000_000, (int) (remainingNanos % 1_000_000));
          remainingNanos = timeoutNanos - (System.nanoTime() - waitStartNanos);
        }
        return remainingNanos > 0;
      }
    }
  }
}
