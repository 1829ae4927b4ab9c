package dev.partyline.loopback;

import dev.partyline.weather.Delivery;
import dev.partyline.weather.Delivery.Kind;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
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

  /** How much is heard of a client before the server has answered the connect. */
  private static final int EARLY = 1 << 16;

  /** What a peer takes at once without reading. An RST can follow as fast as it likes. */
  private static final int SURELY_TAKEN = 1 << 15;

  /** Others want to have the loop too. */
  private static final int MOST_READS = 4;

  /** More than two kernels keep for one direction: what comes after it was not there before. */
  private static final long MOST_SENT = 16L << 20;

  private final Relay relay;
  private final ConversationRecorder track;
  private final FaultPipeline lane;
  private final Side side;

  /** What the sink has not taken yet. */
  private @Nullable ByteBuffer unsent;

  /** Whether that is in a buffer to be given back. */
  private boolean borrowed;

  /** How this direction ends as soon as the sink has taken all. */
  private @Nullable Kind ending;

  /** Whether TLS has more to read, which others are not to wait for. */
  private boolean behind;

  /** Whether the source has said its last. */
  private boolean heardAll;

  /** Whether the source is known to be reset, though what it said before is still to be heard. */
  private boolean dead;

  /** Whether the source was reset, so that nobody is there to take anything either. */
  private boolean gone;

  /** Whether the sink was told the end. */
  private boolean finished;

  /** Whether the sink has only to take what was written before it is reset. */
  private boolean parting;

  /** How much was written to the sink. */
  private long written;

  Pump(Relay relay, ConversationRecorder track, FaultPipeline lane, Side side) {
    this.relay = relay;
    this.track = track;
    this.lane = lane;
    this.side = side;
  }

  /** Returns whether neither side has anything more to do with this direction. */
  boolean isDone() {
    return heardAll && finished && !relay.to(side.peer()).hasUnsent();
  }

  /** Returns whether bytes are on their way. */
  boolean isBusy() {
    return unsent != null || lane.held() > 0 || parting;
  }

  long wakeAt() {
    if (behind) {
      return System.nanoTime();
    }
    // The client is there to be told while the server is dialled.
    boolean there = relay.isConnected() || side == Side.SERVER;
    return unsent == null && there && !isShut() ? lane.wakeAt() : Timer.NEVER;
  }

  /** Reads what the source says, and passes it on. */
  void read() throws IOException {
    for (int i = 0; i < MOST_READS && readOnce() == BufferPool.LARGE; i++) {}
    readMore();
  }

  /** Reads what TLS has already got from the channel, and no selector tells of any more. */
  private void readMore() throws IOException {
    for (int i = 0; i < MOST_READS && isReading() && relay.to(side).hasMore(); i++) {
      readOnce();
    }
    behind = isReading() && relay.to(side).hasMore();
    if (behind) {
      relay.updateTimer();
    }
  }

  /** Goes on with what could not be read for want of room. */
  void goOn() throws IOException {
    drain();
    readMore();
  }

  /** Reads all that the source has said so far, as far as there is room for it. */
  void readUp() throws IOException {
    long most = MOST_SENT;
    for (int count = readOnce(); count > 0 && most > count; count = readOnce()) {
      most -= count;
    }
  }

  private int readOnce() throws IOException {
    if (!isReading()) {
      return 0;
    }
    RelayEndpoint source = relay.to(side);
    ByteBuffer in = source.roomy(relay.buffers().next());
    int count;
    try {
      count = source.read(in);
    } catch (IOException e) {
      boolean silent = String.valueOf(e.getMessage()).contains("timed out");
      sourceReset(
          silent ? TerminationKind.TIME_OUT : TerminationKind.RST,
          silent ? "no answer any more" : "");
      return -1;
    }
    if (heardAll || !relay.isOpen()) {
      // The two have agreed on TLS in this read, and what was waiting for that has ended it.
      return -1;
    }
    if (count > 0) {
      in.flip();
      track.sent(side, in);
      pass(in);
    } else if (source.tlsFailure() != null) {
      relay.insecure(side, String.valueOf(source.tlsFailure()));
    } else if (count < 0 && dead) {
      // The error was told to whoever wrote to the source, and is told once.
      sourceReset(TerminationKind.RST, "");
    } else if (count < 0) {
      sourceFinished();
    }
    return count;
  }

  private boolean isReading() {
    return relay.isOpen() && !heardAll && hasRoom() && lane.held() < WINDOW;
  }

  private boolean hasRoom() {
    return unsent == null || !relay.isConnected() && unsent.remaining() < EARLY;
  }

  /** Returns whether the source could be reset by now without being noticed. */
  boolean isUnheard() {
    // Once both have finished, a connection that is over looks like one that was reset.
    return !gone && !dead && !isReading() && !relay.from(side.peer()).finished;
  }

  private void pass(ByteBuffer in) throws IOException {
    if (isShut()) {
      // A fault has ended this direction, or the sink is gone: what is said now, nobody hears.
      return;
    }
    if (!lane.isClear()) {
      lane.push(in, System.nanoTime());
      drain();
      return;
    }
    lane.passed(in.remaining());
    if (relay.isConnected()) {
      write(in, true);
    } else {
      write(together(unsent, in), false);
      updateReading();
    }
  }

  private static ByteBuffer together(@Nullable ByteBuffer early, ByteBuffer in) {
    ByteBuffer both = ByteBuffer.allocate((early == null ? 0 : early.remaining()) + in.remaining());
    return (early == null ? both : both.put(early)).put(in).flip();
  }

  private boolean isShut() {
    // Behind a FIN the weather may have held back an RST.
    boolean over = ending != null && !(ending == Kind.FIN && gone);
    return over || relay.from(side.peer()).gone;
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
      Delivery next = lane.poll(now);
      if (next == null) {
        break;
      }
      if (next.kind() != Kind.BYTES) {
        end(next.kind(), next.cause());
      } else if (ending == null) {
        write(next.bytes(), false);
      }
    }
    updateReading();
    relay.updateTimer();
  }

  /** Goes on where the sink had no room, or was not there yet. */
  void flush() throws IOException {
    if (parting) {
      relay.reset();
      return;
    }
    ByteBuffer out = unsent;
    if (out != null && relay.isConnected()) {
      unsent = null;
      write(out, borrowed);
    }
    if (unsent != null || !relay.isOpen()) {
      return;
    }
    if (!lane.isClear()) {
      drain();
    }
    if (finished) {
      // The end itself may have waited for room under TLS.
      relay.dropIfDone();
    } else if (unsent == null && ending != null) {
      finish(ending);
    }
    updateReading();
    if (relay.isConnected()) {
      readMore();
    }
  }

  /** Writes what the sink takes now, and keeps the rest. */
  private void write(ByteBuffer out, boolean lent) throws IOException {
    if (!relay.isConnected()) {
      unsent = out;
      borrowed = lent;
      return;
    }
    RelayEndpoint sink = relay.to(side.peer());
    int count;
    try {
      count = sink.write(out);
      if (written == 0) {
        relay.began(side.peer());
      }
      written += count;
    } catch (IOException e) {
      forget(out, lent);
      relay.from(side.peer()).sourceGone();
      return;
    }
    if (sink.tlsFailure() != null) {
      forget(out, lent);
      relay.insecure(side.peer(), String.valueOf(sink.tlsFailure()));
      return;
    }
    boolean stuck = out.hasRemaining() || sink.hasUnsent();
    relay.want(side.peer(), SelectionKey.OP_WRITE, stuck);
    if (!stuck) {
      forget(out, lent);
    } else {
      unsent = lent ? relay.buffers().keep(out) : out;
      borrowed = lent;
      if ((dead || gone || isReset(ending)) && (count > 0 || !relay.isHurried())) {
        relay.hurry();
      }
    }
    updateReading();
  }

  private void forget(ByteBuffer out, boolean lent) {
    if (lent) {
      relay.buffers().give(out);
    }
  }

  /** Forgets what the sink will not take any more. */
  void drop() {
    ByteBuffer out = unsent;
    if (out != null) {
      forget(out, borrowed);
    }
    unsent = null;
  }

  /** Has the selector tell what more there is to read, as long as there is room for it. */
  private void updateReading() {
    boolean reading = isReading();
    relay.want(side, SelectionKey.OP_READ, reading);
    if (!reading) {
      relay.watch();
    }
  }

  private void sourceFinished() throws IOException {
    heardAll = true;
    boolean truncated = relay.to(side).isTruncated();
    track.finished(side, TerminationKind.FIN, truncated ? "without a close_notify" : "");
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

  private void sourceReset(TerminationKind how, String cause) throws IOException {
    heardAll = true;
    gone = true;
    track.reset(side, how, cause);
    if (finished || lane.isClear()) {
      end(Kind.RST, "");
    } else {
      lane.reset(System.nanoTime());
      drain();
    }
    updateReading();
  }

  /** The selector says that the source was reset, while nothing is read from it. */
  void sourceDied() throws IOException {
    if (!gone) {
      sourceGone();
    }
  }

  /** Nobody takes what is written to the source: it was reset. What it said before still counts. */
  void sourceGone() throws IOException {
    dead = true;
    while (!gone && readOnce() > 0) {}
    if (gone || !relay.isOpen()) {
      return;
    }
    if (heardAll || isReading()) {
      sourceReset(TerminationKind.RST, "");
    } else if (unsent != null) {
      // The rest is heard when the sink has taken what it has got, if it ever does.
      relay.hurry();
    }
  }

  /** Returns whether it is the sink that has to do something next. */
  boolean isStuck() {
    return unsent != null || parting;
  }

  /** The sink has not taken in time what there was. */
  void giveUp() {
    if (dead && !gone) {
      track.reset(side);
    }
  }

  /** Has this direction end once the sink has taken all that was said before. */
  void end(Kind kind, String cause) throws IOException {
    if (kind == Kind.CUT_RST) {
      track.reset(side, TerminationKind.FAULT, cause);
    } else if (!cause.isEmpty()) {
      track.finished(side, TerminationKind.FAULT, cause);
    }
    ending = kind;
    // The client is there to be told before the server is; nothing was written to it then.
    if (unsent == null && (relay.isConnected() || side == Side.SERVER)) {
      finish(kind);
    } else if (isReset(kind)) {
      relay.hurry();
    }
  }

  private static boolean isReset(@Nullable Kind kind) {
    return kind == Kind.RST || kind == Kind.CUT_RST;
  }

  private void finish(Kind kind) throws IOException {
    if (isReset(kind)) {
      if (written <= SURELY_TAKEN || finished || relay.from(side.peer()).gone) {
        relay.reset();
      } else {
        parting = true;
        relay.resetOnceTaken(side.peer());
      }
      return;
    }
    if (!finished) {
      finished = true;
      relay.finish(side.peer(), kind == Kind.FIN && !relay.to(side).isTruncated());
    }
    if (kind == Kind.CUT_FIN) {
      relay.from(side.peer()).cut();
    }
    relay.dropIfDone();
  }

  /** Returns whether something has ended this direction, or is about to. */
  boolean isEnding() {
    return ending != null;
  }

  /** The other direction was cut, and so is this one. */
  private void cut() throws IOException {
    if (ending == null) {
      end(Kind.FIN, "");
    }
  }
}
