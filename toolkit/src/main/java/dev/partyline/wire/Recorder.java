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
  private final StorageBudget storage;
  private final long began;
  private final List<ConversationRecorder> tracks = new ArrayList<>();
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private final Object changed = new Object();

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
   * @param keep how much of the bytes it keeps, and where
   */
  public Recorder(Ticker ticker, RecordingPolicy keep) {
    this.ticker = ticker;
    this.storage = new StorageBudget(keep);
    this.began = ticker.nanos();
  }

  /**
   * Returns what went wrong with keeping the bytes, such as a disk that is full: then some are
   * missing, which each conversation says of its own.
   */
  public Optional<String> problem() {
    return storage.problem();
  }

  /** Returns the reading end. */
  public Recording recording() {
    synchronized (changed) {
      Recording made = recording == null ? Live.of(this) : recording;
      recording = made;
      return made;
    }
  }

  /**
   * Begins the next conversation.
   *
   * @param transport what carries it
   * @param client the literal address of the side that opened it
   * @param server the literal address of the other side
   */
  public ConversationRecorder open(Transport transport, String client, String server) {
    ConversationRecorder track;
    synchronized (tracks) {
      long opened = ticker.nanos();
      ConnectionInfo line =
          new ConnectionInfo(tracks.size() + 1, transport, client, server, opened - began);
      track = new ConversationRecorder(this, ticker, line, opened, storage.tape());
      tracks.add(track);
    }
    signal();
    return track;
  }

  /** Wakes those who wait for this recording: something they may have asked about has changed. */
  public void signal() {
    // Who is not counted yet has not looked yet either, and will see what has changed. Two loops
    // that counted each chunk would wait for each other's processor.
    if (waiting.get() > 0) {
      version.incrementAndGet();
      synchronized (changed) {
        changed.notifyAll();
      }
    }
  }

  /** Returns a number that changes with everything that is recorded. */
  private long activity() {
    List<ConversationRecorder> all = tracks();
    return all.stream().mapToLong(ConversationRecorder::events).sum() + all.size();
  }

  private List<ConversationRecorder> tracks() {
    synchronized (tracks) {
      return List.copyOf(tracks);
    }
  }

  private final class Live implements Recording {
    /** Returns it as what it is to others: whoever makes one need not know that it is that. */
    static Recording of(Recorder recorder) {
      return recorder.new Live();
    }

    @Override
    public List<Conversation> conversations() {
      return tracks().stream().map(ConversationRecorder::snapshot).toList();
    }

    @Override
    public int connections() {
      synchronized (tracks) {
        return tracks.size();
      }
    }

    @Override
    public long count(Side side) {
      return tracks().stream().mapToLong(track -> track.count(side)).sum();
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration atMost) {
      return await(condition, TimeoutFactor.stretch(atMost).toNanos());
    }

    @Override
    public boolean awaitUnwanted(BooleanSupplier condition, Duration atMost) {
      return await(condition, TimeoutFactor.stretchByFactor(atMost).toNanos());
    }

    @Override
    public void awaitIdle(Duration quiet, Duration atMost) {
      RecordingWaits.idle(this, Recorder.this::activity, quiet, atMost);
    }

    private boolean await(BooleanSupplier condition, long patience) {
      long start = System.nanoTime();
      waiting.incrementAndGet();
      try {
        while (true) {
          long seen = version.get();
          // No lock is held here: the condition may take the locks of those who signal.
          if (condition.getAsBoolean()) {
            return true;
          }
          if (!changedSince(seen, start, patience)) {
            // What came with the last moment is still in time.
            return version.get() != seen && condition.getAsBoolean();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        waiting.decrementAndGet();
      }
    }

    private boolean changedSince(long seen, long start, long patience) throws InterruptedException {
      synchronized (changed) {
        long left = patience - (System.nanoTime() - start);
        while (version.get() == seen && left > 0) {
          changed.wait(left / 1_000_000, (int) (left % 1_000_000));
          left = patience - (System.nanoTime() - start);
        }
        return left > 0;
      }
    }
  }
}
