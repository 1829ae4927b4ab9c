package dev.partyline.loopback;

import dev.partyline.weather.Lane;
import dev.partyline.weather.Leaving;
import dev.partyline.weather.Leaving.Kind;
import dev.partyline.wire.How;
import dev.partyline.wire.Side;
import dev.partyline.wire.Track;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * Carries what one side says to the other: read, recorded, through the weather, written.
 *
 * <p>It reads only as long as the sink takes what was read, so that back pressure passes through.
 * Everything happens on the loop.
 */
final class Pump {
  /** How much the weather may hold back before the speaker gets to feel it. */
  private static final long WINDOW = 4L << 20;

  /** Others want to have the loop too. */
  private static final int MOST_READS = 4;

  private final Relay relay;
  private final Track track;
  private final Buffers buffers;
  private final Lane lane;
  private final Side side;

  /** What the sink has not taken yet. */
  private @Nullable ByteBuffer unsent;

  /** Whether that is a buffer to be given back. */
  private boolean borrowed;

  /** How this direction ends as soon as the sink has taken all. */
  private @Nullable Kind ending;

  /** Whether the source has said its last. */
  private boolean heardAll;

  /** Whether the source was reset, so that nobody is there to take anything either. */
  private boolean gone;

  /** Whether the sink was told the end. */
  private boolean finished;

  /** How much was written to the sink. */
  private long written;

  Pump(Relay relay, Track track, Buffers buffers, Lane lane, Side side) {
    this.relay = relay;
    this.track = track;
    this.buffers = buffers;
    this.lane = lane;
    this.side = side;
  }

  /** Returns whether neither side has anything more to do with this direction. */
  boolean isDone() {
    return heardAll && finished;
  }

  /** Returns whether bytes are on their way. */
  boolean isBusy() {
    return unsent != null || lane.held() > 0;
  }

  long wakeAt() {
    return unsent == null && relay.isConnected() && !isShut() ? lane.wakeAt() : Timer.NEVER;
  }

  /** Reads what the source says, and passes it on. */
  void read() throws IOException {
    for (int i = 0; i < MOST_READS && readOnce() == Buffers.LARGE; i++) {}
  }

  /** Reads all that the source has said so far, as far as there is room for it. */
  void readUp() throws IOException {
    while (readOnce() > 0) {}
  }

  private int readOnce() throws IOException {
    if (!isReading()) {
      return 0;
    }
    ByteBuffer in = buffers.take();
    int count;
    try {
      count = relay.channel(side).read(in);
    } catch (IOException e) {
      buffers.give(in);
      sourceReset(e);
      return -1;
    }
    if (count > 0) {
      in.flip();
      track.sent(side, in);
      pass(in);
    } else {
      buffers.give(in);
      if (count < 0) {
        sourceFinished();
      }
    }
    return count;
  }

  private boolean isReading() {
    return relay.isOpen() && !heardAll && unsent == null && lane.held() < WINDOW;
  }

  private void pass(ByteBuffer in) throws IOException {
    if (isShut()) {
      // A fault has ended this direction, or the sink is gone: what is said now, nobody hears.
      buffers.give(in);
    } else if (lane.isClear()) {
      lane.passed(in.remaining());
      borrowed = true;
      unsent = in;
      flush();
    } else {
      lane.push(in, System.nanoTime());
      buffers.give(in);
      drain();
    }
  }

  private boolean isShut() {
    return ending != null || relay.from(side.peer()).gone;
  }

  /** Has the weather begin. */
  void start() throws IOException {
    if (!lane.isClear()) {
      drain();
    }
  }

  /** Writes what the weather lets through by now. */
  void drain() throws IOException {
    long now = System.nanoTime();
    while (unsent == null && relay.isOpen() && !isShut()) {
      Leaving next = lane.poll(now);
      if (next == null) {
        break;
      }
      if (next.kind() == Kind.BYTES) {
        borrowed = false;
        unsent = next.bytes();
        write();
      } else {
        end(next.kind(), next.cause());
      }
    }
    updateReading();
    relay.updateTimer();
  }

  /** Goes on where the sink had no room, or was not there yet. */
  void flush() throws IOException {
    if (!relay.isConnected()) {
      updateReading();
      return;
    }
    write();
    if (unsent != null || !relay.isOpen()) {
      return;
    }
    if (!lane.isClear()) {
      drain();
    }
    if (unsent == null && ending != null && !finished) {
      finish(ending);
    }
    updateReading();
  }

  private void write() throws IOException {
    ByteBuffer out = unsent;
    if (out == null) {
      return;
    }
    if (!relay.isConnected()) {
      unsent = borrowed ? buffers.keep(out) : out;
      return;
    }
    try {
      int count = relay.channel(side.peer()).write(out);
      if (written == 0) {
        relay.began(side.peer());
      }
      written += count;
    } catch (IOException e) {
      drop();
      relay.from(side.peer()).sourceGone(e);
      return;
    }
    boolean stuck = out.hasRemaining();
    relay.want(side.peer(), SelectionKey.OP_WRITE, stuck);
    if (!stuck) {
      drop();
    } else if (borrowed) {
      unsent = buffers.keep(out);
    }
    updateReading();
  }

  /** Forgets what the sink has taken, or will not take any more. */
  void drop() {
    ByteBuffer out = unsent;
    if (out != null && borrowed) {
      buffers.give(out);
    }
    unsent = null;
  }

  /** Has the selector tell what more there is to read, as long as there is room for it. */
  private void updateReading() {
    relay.want(side, SelectionKey.OP_READ, isReading());
  }

  private void sourceFinished() throws IOException {
    heardAll = true;
    track.finished(side);
    if (isShut()) {
      relay.dropIfDone();
    } else if (lane.isClear()) {
      end(Kind.FIN, "");
    } else {
      lane.finish(System.nanoTime());
      drain();
    }
    updateReading();
  }

  private void sourceReset(IOException e) throws IOException {
    heardAll = true;
    gone = true;
    boolean silent = String.valueOf(e.getMessage()).contains("timed out");
    track.reset(side, silent ? How.TIME_OUT : How.RST, silent ? "no answer any more" : "");
    if (finished || lane.isClear()) {
      end(Kind.RST, "");
    } else {
      lane.reset(System.nanoTime());
      drain();
    }
    updateReading();
  }

  /** Nobody takes what is written to the source: it was reset. What it said before still counts. */
  void sourceGone(IOException e) throws IOException {
    while (!gone && readOnce() > 0) {}
    if (!gone && relay.isOpen()) {
      sourceReset(e);
    }
  }

  /** Has this direction end once the sink has taken all that was said before. */
  void end(Kind kind, String cause) throws IOException {
    if (kind == Kind.CUT_RST) {
      track.reset(side, How.FAULT, cause);
    } else if (!cause.isEmpty()) {
      track.finished(side, How.FAULT, cause);
    }
    ending = kind;
    if (unsent == null && relay.isConnected()) {
      finish(kind);
    }
  }

  private void finish(Kind kind) throws IOException {
    if (kind == Kind.RST || kind == Kind.CUT_RST) {
      relay.reset();
      return;
    }
    if (!finished) {
      finished = true;
      relay.finish(side.peer());
    }
    if (kind == Kind.CUT_FIN) {
      relay.from(side.peer()).cut();
    }
    relay.dropIfDone();
  }

  /** The other direction was cut, and so is this one. */
  private void cut() throws IOException {
    if (ending == null) {
      end(Kind.FIN, "");
    }
  }
}
