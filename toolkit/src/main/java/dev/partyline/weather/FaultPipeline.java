package dev.partyline.weather;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection under a sky: what the speaker sends goes in, what the peer gets
 * comes out, in order and in its time. For one thread at a time.
 *
 * <p>Times are nanoseconds of one clock, which is the caller's, and never go back. After each
 * {@link #push}, and whenever the weather changed, {@link #poll} until there is nothing, and again
 * at {@link #wakeAt}.
 */
public final class FaultPipeline {
  private final FaultInjector sky;
  private final ConnectionDirection passage;
  private final boolean stream;
  private final List<FaultStage> stations = new ArrayList<>();

  /** Where nothing comes any more, for this direction was ended at or behind them. */
  private final List<FaultStage> over = new ArrayList<>();

  private final ChunkQueue out = new ChunkQueue();
  private ActiveFaults seen;

  /** How many bytes, or datagrams, the speaker has sent. */
  private long entered;

  /** How a fault has ended this direction, so that the rest is swallowed. */
  private Delivery.@Nullable Kind ended;

  private long now;

  /** Whether something came that the stations have not seen. */
  private boolean stale = true;

  private boolean clear;

  FaultPipeline(FaultInjector sky, ConnectionDirection passage) {
    this.sky = sky;
    this.passage = passage;
    this.stream = passage.transport().isStream();
    this.now = passage.opened();
    this.seen = sky.standing();
    join(seen.ups(), now);
    settle();
  }

  /**
   * Returns whether bytes may go straight past this lane, if they are told to {@link #passed}:
   * nothing is held, and no fault concerns it.
   */
  public boolean isClear() {
    return clear && sky.standing() == seen;
  }

  /** Counts bytes, or one datagram of as many, that went straight past a clear lane. */
  public void passed(long bytes) {
    entered += stream ? bytes : 1;
  }

  /**
   * Takes all that remains in the buffer: bytes of the stream, or one datagram. They are copied.
   *
   * @param now what time it is
   */
  public void push(ByteBuffer bytes, long now) {
    heed(now);
    if (ended != null || stream && !bytes.hasRemaining()) {
      bytes.position(bytes.limit());
      return;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    enter(TimedChunk.bytes(copy, stream ? entered : entered + 1, now));
    entered += stream ? copy.length : 1;
  }

  /**
   * Takes the speaker's FIN, which leaves after all bytes.
   *
   * @param now what time it is
   */
  public void finish(long now) {
    heed(now);
    if (ended == null) {
      enter(TimedChunk.end(Delivery.Kind.FIN, "", entered, now));
    }
  }

  /**
   * Takes the speaker's RST, which leaves after all bytes, and after a FIN.
   *
   * @param now what time it is
   */
  public void reset(long now) {
    heed(now);
    if (ended == null || ended == Delivery.Kind.FIN) {
      enter(TimedChunk.end(Delivery.Kind.RST, "", entered, now));
    }
  }

  private void enter(TimedChunk piece) {
    into(0).add(piece);
    stale = true;
    clear = false;
  }

  /**
   * Returns the next thing that leaves by now, in order, or null if nothing does yet.
   *
   * @param now what time it is
   */
  public @Nullable Delivery poll(long now) {
    heed(now);
    if (out.isEmpty()) {
      run();
    }
    TimedChunk piece = out.poll();
    settle();
    return piece == null ? null : piece.leaving();
  }

  /**
   * Returns when to poll again at the latest although nothing comes, {@link Long#MAX_VALUE} for
   * never.
   */
  public long wakeAt() {
    if (stale || !out.isEmpty() || sky.standing() != seen) {
      return now;
    }
    long wake = Verdict.NEVER;
    for (FaultStage station : stations) {
      wake = Math.min(wake, station.wake());
    }
    return wake;
  }

  /** Returns how many bytes are held back. */
  public long held() {
    if (clear) {
      return 0;
    }
    long held = out.bytes();
    for (FaultStage station : stations) {
      held += station.held();
    }
    return held;
  }

  private void run() {
    stale = false;
    for (int i = 0; i < stations.size(); i++) {
      ChunkQueue next = into(i + 1);
      TimedChunk end = stations.get(i).run(now, next);
      if (end != null) {
        next.add(end);
        ended = end.kind;
        // What waits before the end is swallowed, and what waits behind it goes on.
        over.addAll(stations.subList(0, i));
        over.forEach(station -> station.unsee(end.offset()));
        over.add(stations.get(i));
        stations.subList(0, i + 1).clear();
        i = -1;
      }
    }
  }

  /** Where what leaves the station before this one goes. */
  private ChunkQueue into(int index) {
    return index < stations.size() ? stations.get(index).line() : out;
  }

  /** Takes notice of the time and of what was put up and taken down. */
  private void heed(long now) {
    this.now = now;
    ActiveFaults standing = sky.standing();
    if (standing == seen) {
      return;
    }
    // What is let go meets those that were put up meanwhile, so they stand there first.
    join(standing.ups().stream().filter(up -> !seen.has(up)).toList(), now);
    // From the last on, for what stands there is older than what is emptied into it.
    for (int i = stations.size() - 1; i >= 0; i--) {
      if (!standing.has(stations.get(i).up())) {
        stations.get(i).drain(now, into(i + 1));
        stations.remove(i);
      }
    }
    seen = standing;
    stale = true;
  }

  private void join(List<ActiveFault> ups, long since) {
    long position = position();
    for (ActiveFault up : ups) {
      up.fault().check(passage.transport());
      if (ended == null && up.concerns(passage)) {
        stations.add(new FaultStage(up, passage, since, position));
      }
    }
  }

  /** Where in the stream stands what comes to the end of the lane next, or which datagram it is. */
  private long position() {
    for (int i = stations.size() - 1; i >= 0; i--) {
      TimedChunk first = stations.get(i).line().first();
      if (first != null) {
        return first.offset();
      }
    }
    return stream ? entered : entered + 1;
  }

  private void settle() {
    clear = stations.isEmpty() && out.isEmpty() && ended == null;
  }
}
