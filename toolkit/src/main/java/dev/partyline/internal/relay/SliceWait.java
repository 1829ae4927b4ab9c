package dev.partyline.internal.relay;

import dev.partyline.internal.net.PeerProgress;
import dev.partyline.internal.net.Timer;
import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.wire.ConversationRecorder;
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

  /** Where the system does not tell: on an idle machine a peer has read by then. */
  private static final long UNKNOWN_PAUSE_NANOS = 5_000_000L;

  /** After so many looks without an answer, the system cannot tell what the sink has read. */
  private static final int MAX_UNANSWERED_LOOKS = 3;

  private final RelayCore relay;
  private final RelayIo io;
  private final ConversationRecorder recorder;
  private final FaultPipeline pipeline;
  private final Side sink;

  /** After so long a slice leaves all the same. */
  private final long maxWaitNanos = TimeoutFactor.stretch(Duration.ofSeconds(2)).toNanos();

  private State state = State.IDLE;
  private Reader reader = Reader.READING;
  private int unansweredLooks;
  private long startedAtNanos;
  private long delayNanos;
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
    /** It did not read in time, so that slices wait for it no longer until it reads again. */
    STALLED,
    UNKNOWN
  }

  SliceWait(
      RelayCore relay,
      RelayIo io,
      ConversationRecorder recorder,
      FaultPipeline pipeline,
      Side sink) {
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

  /** Starts or gives up a wait, as needed. */
  void update() {
    boolean needed = pipeline.awaitsReader();
    if (needed && state == State.IDLE) {
      startedAtNanos = relay.now();
      delayNanos = reader == Reader.UNKNOWN ? UNKNOWN_PAUSE_NANOS : MIN_DELAY_NANOS;
      sleep();
    } else if (!needed) {
      wakeAtNanos = Timer.NEVER;
      state = isLooking() ? State.LOOKING_OUTDATED : State.IDLE;
    }
  }

  private boolean isLooking() {
    return state == State.LOOKING || state == State.LOOKING_OUTDATED;
  }

  private void sleep() {
    state = State.WAITING;
    wakeAtNanos = relay.now() + delayNanos;
  }

  /** Looks, or ends the pause, if it is time to. */
  void onTimeout(long now) {
    if (wakeAtNanos > now) {
      return;
    }
    wakeAtNanos = Timer.NEVER;
    if (reader == Reader.UNKNOWN) {
      end(true);
    } else {
      state = State.LOOKING;
      io.checkProgress(sink);
    }
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
    } else if (reader == Reader.STALLED || relay.now() - startedAtNanos >= maxWaitNanos) {
      reader = Reader.STALLED;
      end(false);
    } else {
      delayNanos = Math.min(2 * delayNanos, MAX_DELAY_NANOS);
      sleep();
    }
    return true;
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
    delayNanos = UNKNOWN_PAUSE_NANOS;
    sleep();
  }

  private void end(boolean apart) {
    state = State.IDLE;
    pipeline.endWait(apart);
  }
}
