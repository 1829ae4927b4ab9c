package dev.partyline.internal.relay;

import dev.partyline.internal.net.Timer;
import dev.partyline.internal.net.procfs.PeerProgress;
import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;

/**
 * Holds a slice until the sink has read what was written to it before. A look into the kernel's
 * table costs some milliseconds of a processor, so it is done ever more rarely.
 */
final class SliceWait {
  private static final long MIN_DELAY_NANOS = 1_000_000L;
  private static final long MAX_DELAY_NANOS = 250_000_000L;

  /** After so long, on an ordinary machine, a slice leaves all the same. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(2);

  /** Where the system does not tell: on an idle machine a peer has read by then. */
  private static final long UNKNOWN_PAUSE_NANOS = 5_000_000L;

  /** After so many looks without an answer, the system cannot tell what the sink has read. */
  private static final int MAX_UNANSWERED_LOOKS = 3;

  /** In a picture of a conversation with thousands of slices nothing else would be seen. */
  private static final int MAX_NOTES = 20;

  private final RelayCore relay;
  private final RelayIo io;
  private final RelayRecorder recorder;
  private final FaultPipeline pipeline;
  private final Side sink;

  private State state = State.IDLE;
  private Reader reader = Reader.READING;
  private int noteCount;
  private int unansweredLooks;
  private long startedAtNanos;
  private long delayNanos;
  private long nextLookAtNanos;
  private long wakeAtNanos = Timer.NEVER;

  private enum State {
    IDLE,
    /** The time of the next look comes. */
    WAITING,
    /** The answer to a look comes. */
    LOOKING,
    /** The same, but the fault was removed, so the answer does not count. */
    LOOKING_OUTDATED
  }

  private enum Reader {
    READING,
    /** It did not read in time, so that slices do not wait for it until a look finds otherwise. */
    STALLED,
    UNKNOWN
  }

  SliceWait(
      RelayCore relay, RelayIo io, RelayRecorder recorder, FaultPipeline pipeline, Side sink) {
    this.relay = relay;
    this.io = io;
    this.recorder = recorder;
    this.pipeline = pipeline;
    this.sink = sink;
  }

  /** Returns when the next look, or the end of the pause, is due. */
  long wakeAt() {
    return wakeAtNanos;
  }

  /** Starts or gives up a wait, as needed; returns whether a slice need not wait any more. */
  boolean update() {
    if (!pipeline.awaitsReader()) {
      cancel();
    } else if (state == State.IDLE && reader == Reader.STALLED && relay.now() < nextLookAtNanos) {
      end(false);
      return true;
    } else if (state == State.IDLE) {
      startedAtNanos = relay.now();
      sleep(reader == Reader.UNKNOWN ? UNKNOWN_PAUSE_NANOS : MIN_DELAY_NANOS);
    }
    return false;
  }

  /** Gives up a wait, because what waited need not any more, or has left. */
  void cancel() {
    wakeAtNanos = Timer.NEVER;
    state = isLooking() ? State.LOOKING_OUTDATED : State.IDLE;
  }

  private boolean isLooking() {
    return state == State.LOOKING || state == State.LOOKING_OUTDATED;
  }

  private void sleep(long nanos) {
    state = State.WAITING;
    delayNanos = nanos;
    wakeAtNanos = relay.now() + nanos;
  }

  /** Looks, or ends the pause, if it is time to; returns whether a slice can leave now. */
  boolean onTimeout(long now) {
    if (wakeAtNanos > now) {
      return false;
    }
    wakeAtNanos = Timer.NEVER;
    if (reader == Reader.UNKNOWN) {
      end(true);
      return true;
    }
    state = State.LOOKING;
    io.checkProgress(sink);
    return false;
  }

  /** Called with how far the sink is; returns whether there is something that can leave now. */
  boolean onChecked(PeerProgress progress) {
    State before = state;
    if (!isLooking()) {
      return false;
    }
    state = State.IDLE;
    if (before == State.LOOKING_OUTDATED) {
      return true;
    }
    unansweredLooks = progress.unreadBytes().isEmpty() ? unansweredLooks + 1 : 0;
    if (progress.isAllRead()) {
      reader = Reader.READING;
      end(true);
    } else if (unansweredLooks == MAX_UNANSWERED_LOOKS) {
      onUnknown();
    } else if (reader == Reader.STALLED || hasWaitedLongest()) {
      reader = Reader.STALLED;
      nextLookAtNanos = relay.now() + MAX_DELAY_NANOS;
      end(false);
    } else {
      sleep(Math.min(2 * delayNanos, MAX_DELAY_NANOS));
    }
    return true;
  }

  private boolean hasWaitedLongest() {
    return relay.now() - startedAtNanos >= TimeoutFactor.stretch(MAX_WAIT).toNanos();
  }

  private void onUnknown() {
    reader = Reader.UNKNOWN;
    if (io.input(sink).isReadable()) {
      recorder.recordNote(
          "the system does not tell whether the "
              + sink
              + " has read a slice, so the next one leaves "
              + DurationText.words(Duration.ofNanos(UNKNOWN_PAUSE_NANOS))
              + " after it");
    }
    sleep(UNKNOWN_PAUSE_NANOS);
  }

  private void end(boolean apart) {
    state = State.IDLE;
    long offset = pipeline.endWait(apart);
    if (noteCount < MAX_NOTES) {
      noteCount++;
      recorder.recordNote(
          "a slice begins at byte "
              + offset
              + " from the "
              + sink.peer()
              + (apart ? "" : ", but the " + sink + " had not read what was before")
              + (noteCount < MAX_NOTES ? "" : "; there are no notes on later ones"));
    }
  }
}
