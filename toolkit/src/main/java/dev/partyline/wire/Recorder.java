package dev.partyline.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a recording.
 *
 * <p>Whoever writes to a socket records first and writes then: whatever a peer can have seen is in
 * the recording.
 */
public final class Recorder {
  private final Ticker ticker;
  private final StorageBudget budget;
  private final long startNanos;
  private final List<ConversationRecorder> recorders = new ArrayList<>();
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong waiterCount = new AtomicLong();
  private final Object changeLock = new Object();

  /** Made when it is first asked for: its classes are not on the way to a JVM's first answer. */
  private @Nullable Recording recording;

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
   * Returns what went wrong with keeping the bytes, such as a disk that is full: then some are
   * missing, which each conversation says of its own.
   */
  public Optional<String> problem() {
    return budget.problem();
  }

  /** Returns the reading end. */
  public Recording recording() {
    synchronized (changeLock) {
      Recording result = recording == null ? Live.of(this) : recording;
      recording = result;
      return result;
    }
  }

  /**
   * Begins the next conversation.
   *
   * @param transport what carries it
   * @param clientAddress the literal address of the side that opened it
   * @param serverAddress the literal address of the other side
   */
  public ConversationRecorder open(
      Transport transport, String clientAddress, String serverAddress) {
    ConversationRecorder recorder;
    synchronized (recorders) {
      long openNanos = ticker.nanos();
      ConnectionInfo connection =
          new ConnectionInfo(
              recorders.size() + 1,
              transport,
              clientAddress,
              serverAddress,
              openNanos - startNanos);
      recorder = new ConversationRecorder(this, ticker, connection, openNanos, budget.newLog());
      recorders.add(recorder);
    }
    signal();
    return recorder;
  }

  /** Wakes those who wait for this recording: something they may have asked about has changed. */
  public void signal() {
    // Who is not counted yet has not looked yet either, and will see what has changed. Two loops
    // that counted each chunk would wait for each other's processor.
    if (waiterCount.get() > 0) {
      version.incrementAndGet();
      synchronized (changeLock) {
        changeLock.notifyAll();
      }
    }
  }

  /** Returns a number that changes with everything that is recorded. */
  private long activity() {
    List<ConversationRecorder> all = recorders();
    return all.stream().mapToLong(ConversationRecorder::eventCount).sum() + all.size();
  }

  private List<ConversationRecorder> recorders() {
    synchronized (recorders) {
      return List.copyOf(recorders);
    }
  }

  private final class Live implements Recording {
    /** Returns it as what it is to others: whoever makes one need not know that it is that. */
    static Recording of(Recorder recorder) {
      return recorder.new Live();
    }

    @Override
    public List<Conversation> conversations() {
      return recorders().stream().map(ConversationRecorder::snapshot).toList();
    }

    @Override
    public int connections() {
      synchronized (recorders) {
        return recorders.size();
      }
    }

    @Override
    public long byteCount(Side side) {
      return recorders().stream().mapToLong(recorder -> recorder.byteCount(side)).sum();
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
          // No lock is held here: the condition may take the locks of those who signal.
          if (condition.getAsBoolean()) {
            return true;
          }
          if (!awaitChange(seenVersion, waitStartNanos, timeoutNanos)) {
            // What came with the last moment is still in time.
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
