package dev.partyline.loopback;

import dev.partyline.weather.Admission;
import dev.partyline.weather.Passage;
import dev.partyline.weather.Sky;
import dev.partyline.wire.How;
import dev.partyline.wire.Side;
import dev.partyline.wire.Track;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a tap: a channel to the client, one to the server, and a pump for each
 * direction. Everything happens on the loop.
 */
final class Relay implements Guest, Target {
  private static final long BREATH = 2_000_000L;

  /** How long a reset waits for those who take nothing of what was said before it. */
  private static final long PATIENCE = 2_000_000_000L;

  private final Loop loop;
  private final Upstream upstream;
  private final Track track;
  private final Problems problems;
  private final Room room;
  private final Timer timer = new Timer(this);
  private final Admission admission;
  private final End client;
  private final Pump up;
  private final Pump down;
  private @Nullable End server;
  private boolean connected;
  private boolean open = true;
  private boolean refused;
  private final Vigil vigil;
  private long resetBy = Timer.NEVER;
  private long dialAt;
  private long dialledAt;

  Relay(
      Room room,
      SocketChannel accepted,
      boolean tcp,
      Upstream upstream,
      Sky sky,
      Track track,
      Passage passage,
      Problems problems) {
    this.loop = room.loop();
    this.room = room;
    this.upstream = upstream;
    this.track = track;
    this.problems = problems;
    this.admission = sky.admit(passage);
    this.client = new End(this, Side.CLIENT, accepted, tcp);
    this.up = new Pump(this, track, sky.lane(passage), Side.CLIENT);
    this.down = new Pump(this, track, sky.lane(passage.back()), Side.SERVER);
    this.vigil = new Vigil(this, loop);
    this.dialAt = passage.opened() + admission.delayNanos();
  }

  /** Returns the memory for what is on its way. */
  Buffers buffers() {
    return loop.buffers();
  }

  boolean isOpen() {
    return open;
  }

  boolean isConnected() {
    return connected;
  }

  /** Returns the channel to a side; to the server only once that is connected. */
  SocketChannel channel(Side side) {
    End end = end(side);
    if (end == null) {
      throw new IllegalStateException(this + " has not dialled " + upstream + " yet");
    }
    return end.channel();
  }

  private @Nullable End end(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  void want(Side side, int op, boolean on) {
    End end = end(side);
    if (end != null) {
      end.want(op, on);
    }
  }

  Pump from(Side side) {
    return side == Side.CLIENT ? up : down;
  }

  @Override
  public void open() {
    try {
      if (admission.reset()) {
        track.reset(Side.SERVER, How.FAULT, admission.cause());
        reset();
        return;
      }
      client.register(loop, SelectionKey.OP_READ);
      if (admission.delayNanos() > 0) {
        updateTimer();
      } else {
        dial();
      }
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  private void dial() throws IOException {
    long now = System.nanoTime();
    dialledAt = dialledAt == 0 ? now : dialledAt;
    dialAt = Timer.NEVER;
    SocketChannel channel = null;
    try {
      channel = upstream.open();
      End dialled = new End(this, Side.SERVER, channel, upstream.isTcp());
      server = dialled;
      if (Connecting.begin(channel, upstream.address()) || isConnectedAlready(channel)) {
        connected(dialled);
      } else if (upstream.isTcp()) {
        dialled.register(loop, SelectionKey.OP_CONNECT);
      } else {
        // The backlog is full. A Unix domain socket gives no sign when that changes (EAGAIN).
        channel.close();
        dialAt = now + BREATH;
        updateTimer();
      }
    } catch (IOException e) {
      refused(e);
    }
  }

  /** On one machine a handshake is over at once, and to wait for a sign of that would take time. */
  private boolean isConnectedAlready(SocketChannel channel) throws IOException {
    return upstream.isTcp() && channel.finishConnect();
  }

  /** The server's channel has an answer to the connect. */
  void connect() throws IOException {
    End dialled = server;
    if (dialled == null || connected || !open) {
      return;
    }
    try {
      if (dialled.channel().finishConnect()) {
        connected(dialled);
      }
    } catch (IOException e) {
      refused(e);
    }
  }

  private void connected(End dialled) throws IOException {
    connected = true;
    if (upstream.isTcp()) {
      Handshake.complete(dialled.channel());
    }
    dialled.register(loop, SelectionKey.OP_READ);
    up.flush();
    // A fault may have something to do before anybody says anything.
    up.start();
    down.start();
  }

  /**
   * TCP had accepted the client before anybody could know: a reset is the most that can be told.
   */
  private void refused(IOException e) throws IOException {
    String said = String.valueOf(e.getMessage());
    How how = said.contains("timed out") ? How.TIME_OUT : How.REFUSED;
    how = said.contains("reset") ? How.RST : how;
    refused = true;
    track.reset(Side.SERVER, how, "cannot connect to " + upstream + ": " + said);
    reset();
  }

  /** Returns whether a side can throw its connection away without our reading or writing. */
  boolean canReset(Side side) {
    End end = end(side);
    return open && end != null && end.isTcp() && (side == Side.CLIENT || connected);
  }

  /** Has the vigil begin, go on or end. */
  void watch() {
    vigil.update();
  }

  /**
   * Has both sides reset soon, for one of them is gone: when the other has taken all, or takes
   * nothing any more.
   */
  void hurry() {
    resetBy = System.nanoTime() + PATIENCE;
    updateTimer();
  }

  /** Returns whether a reset is to come. */
  boolean isHurried() {
    return resetBy != Timer.NEVER;
  }

  /** Resets when a side has taken all that was written to it, which an RST would overtake. */
  void resetOnceTaken(Side side) throws IOException {
    End end = end(side);
    if (end != null && end.isTcp()) {
      end.awaitTaken();
      hurry();
    } else {
      reset();
    }
  }

  /** The first bytes have been written to a side. */
  void began(Side side) throws IOException {
    End dialled = server;
    if (side == Side.SERVER && dialled != null && dialled.isTcp()) {
      Handshake.forget(dialled.channel());
    }
  }

  /** Sends a FIN to a side. */
  void finish(Side side) throws IOException {
    try {
      channel(side).shutdownOutput();
    } catch (IOException e) {
      // The side has reset the connection, and whatever it said before can still be read.
      from(side).sourceGone();
    }
  }

  void dropIfDone() {
    if (up.isDone() && down.isDone()) {
      drop();
    }
  }

  /** Throws both connections away. */
  void reset() throws IOException {
    client.abort();
    End dialled = server;
    if (dialled != null) {
      dialled.abort();
    }
    drop();
  }

  private void drop() {
    if (!open) {
      return;
    }
    open = false;
    if (dialledAt != 0 && !connected && !refused) {
      track.reset(
          Side.SERVER,
          How.TIME_OUT,
          "no answer to the connect to "
              + upstream
              + " for "
              + Addresses.time(Duration.ofNanos(System.nanoTime() - dialledAt)));
    }
    loop.cancel(timer);
    up.drop();
    down.drop();
    close(client);
    close(server);
    track.closed();
    room.closed(this);
  }

  private void close(@Nullable End end) {
    try {
      if (end != null) {
        end.channel().close();
      }
    } catch (IOException e) {
      problems.add(this + " could not be closed", e);
    }
  }

  void updateTimer() {
    long next = Math.min(dialAt, Math.min(up.wakeAt(), down.wakeAt()));
    next = Math.min(next, Math.min(resetBy, vigil.wakeAt()));
    if (open && next != Timer.NEVER) {
      loop.wake(timer, next);
    }
  }

  @Override
  public void timeUp(long now) throws IOException {
    if (dialAt <= now) {
      dial();
    }
    if (resetBy <= now && !isKeptByWeather()) {
      up.giveUp();
      down.giveUp();
      reset();
      return;
    }
    vigil.look(now);
    flow();
  }

  /** Nobody is impatient with what the weather holds back, be it bytes or the dialling. */
  private boolean isKeptByWeather() {
    if (dialledAt == 0) {
      resetBy = dialAt + PATIENCE;
      return true;
    }
    if (connected && !up.isStuck() && !down.isStuck()) {
      resetBy = Timer.NEVER;
      return true;
    }
    return false;
  }

  private void flow() throws IOException {
    up.drain();
    down.drain();
  }

  @Override
  public void settle() {
    attempt(this::readUp);
  }

  private void readUp() throws IOException {
    up.readUp();
    if (connected) {
      down.readUp();
    }
  }

  @Override
  public void nudge() {
    attempt(this::flow);
  }

  @Override
  public void stop() {
    attempt(
        () -> {
          if (!connected || up.isBusy() || down.isBusy()) {
            reset();
          } else {
            drop();
          }
        });
  }

  private void attempt(Work work) {
    try {
      if (open) {
        work.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  @Override
  public void ready(SelectionKey key) {
    throw new IllegalStateException("the ends read for " + this);
  }

  @Override
  public void failed(Throwable problem) {
    problems.add(this + " failed", problem);
    try {
      reset();
    } catch (IOException e) {
      problems.add(this + " could not be reset", e);
      drop();
    }
  }

  @Override
  public String toString() {
    return "connection " + track.number();
  }
}
