package dev.partyline.loopback;

import dev.partyline.weather.Admission;
import dev.partyline.weather.ConnectionDirection;
import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a tap: a channel to the client, one to the server, and a pump for each
 * direction. Everything happens on the loop.
 */
final class Relay implements AcceptedConnection, EventHandler {
  /** How long a reset waits for those who take nothing of what was said before it. */
  private static final long PATIENCE = 2_000_000_000L;

  private final EventLoop loop;
  private final ConversationRecorder track;
  private final Upstream upstream;
  private final BackgroundFailures problems;
  private final AcceptedConnections room;
  private final Timer timer = new Timer(this);
  private final Admission admission;
  private final RelayEndpoint client;
  private final Pump up;
  private final Pump down;
  private final UpstreamConnector dial;
  private final ResetProbe vigil;
  private boolean open = true;
  private boolean connected;

  /** What the client has asked for under TLS. */
  private String serverName = "";

  private long resetBy = Timer.NEVER;

  Relay(
      AcceptedConnections room,
      SocketChannel accepted,
      boolean tcp,
      Upstream upstream,
      FaultInjector sky,
      ConversationRecorder track,
      ConnectionDirection passage,
      BackgroundFailures problems) {
    this.loop = room.loop();
    this.upstream = upstream;
    this.room = room;
    this.track = track;
    this.problems = problems;
    this.admission = sky.admit(passage);
    this.client = new RelayEndpoint(this, Side.CLIENT, accepted, tcp);
    this.up = new Pump(this, track, sky.lane(passage), Side.CLIENT);
    this.down = new Pump(this, track, sky.lane(passage.back()), Side.SERVER);
    this.vigil = new ResetProbe(this, loop);
    this.dial =
        new UpstreamConnector(this, loop, upstream, passage.opened() + admission.delayNanos());
  }

  /** Returns the memory for what is on its way. */
  BufferPool buffers() {
    return loop.buffers();
  }

  boolean isOpen() {
    return open;
  }

  /** Returns whether the server can be spoken to. */
  boolean isConnected() {
    return connected;
  }

  /** Returns whether the server has answered the connect. */
  boolean isDialled() {
    return dial.isConnected();
  }

  /** Returns our end towards a side; towards the server only once that has been dialled. */
  RelayEndpoint to(Side side) {
    RelayEndpoint end = end(side);
    if (end == null) {
      throw new IllegalStateException(this + " has not dialled yet");
    }
    return end;
  }

  private @Nullable RelayEndpoint end(Side side) {
    return side == Side.CLIENT ? client : dial.end();
  }

  void want(Side side, int op, boolean on) {
    RelayEndpoint end = end(side);
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
        track.reset(Side.SERVER, TerminationKind.FAULT, admission.cause());
        reset();
        return;
      }
      client.register(loop, SelectionKey.OP_READ);
      if (upstream.toClient() != null) {
        client.secure(upstream.toClient(), loop);
      }
      if (admission.delayNanos() > 0) {
        updateTimer();
      } else {
        dial.dial();
      }
      if (open && !dial.isConnected()) {
        // Time may be up for the client before the server has answered.
        down.start();
      }
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  /** The server's channel has an answer to the connect. */
  void connect() throws IOException {
    if (open) {
      dial.connect();
    }
  }

  /** The server has answered the connect. */
  void dialled() throws IOException {
    TlsSetup terms = upstream.toServer();
    if (terms == null) {
      connected();
    } else if (client.isHandshaking()) {
      // What the client asks for is to be asked of the server, too.
      to(Side.SERVER).awaitTls();
    } else {
      to(Side.SERVER).secure(terms.asking(serverName), loop);
      down.read();
    }
  }

  /** A side has agreed on TLS. */
  void secured(Side side, TlsSession session) throws IOException {
    track.secured(session);
    if (side == Side.SERVER) {
      connected();
      return;
    }
    serverName = session.serverName();
    if (isDialled() && !connected) {
      dialled();
    }
    down.flush();
  }

  /** There is no TLS with a side, or no longer. */
  void insecure(Side side, String why) throws IOException {
    String cause = "TLS with the " + side + " failed: " + why;
    track.note(cause);
    to(side).discard();
    if (side == Side.SERVER) {
      track.reset(Side.SERVER, TerminationKind.REFUSED, cause);
      reset();
    } else {
      track.finished(Side.SERVER, TerminationKind.FIN, cause);
      abort(dial.end());
      drop();
    }
  }

  /** The server can be spoken to. */
  private void connected() throws IOException {
    connected = true;
    up.flush();
    // A fault may have something to do before anybody says anything.
    up.start();
    down.start();
  }

  /**
   * TCP had accepted the client before anybody could know: a reset is the most that can be told.
   */
  void refused(TerminationKind how, String cause) throws IOException {
    track.reset(Side.SERVER, how, cause);
    reset();
  }

  /** Returns whether a side can throw its connection away without our reading or writing. */
  boolean canReset(Side side) {
    RelayEndpoint end = end(side);
    return open && end != null && end.isTcp() && (side == Side.CLIENT || dial.isConnected());
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
    RelayEndpoint end = end(side);
    if (end != null && end.isTcp()) {
      end.awaitTaken();
      hurry();
    } else {
      reset();
    }
  }

  /** The first bytes have been written to a side. */
  void began(Side side) throws IOException {
    if (side == Side.SERVER) {
      dial.began();
    }
  }

  /** Sends a FIN to a side, under TLS with or without a close_notify ahead of it. */
  void finish(Side side, boolean notify) throws IOException {
    try {
      to(side).finish(notify);
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
    abort(dial.end());
    drop();
  }

  private static void abort(@Nullable RelayEndpoint end) throws IOException {
    if (end != null) {
      end.abort();
    }
  }

  private void drop() {
    if (!open) {
      return;
    }
    open = false;
    if (dial.isUnanswered() && !down.isEnding()) {
      track.reset(Side.SERVER, TerminationKind.TIME_OUT, dial.unanswered());
    }
    for (Side side : Side.values()) {
      RelayEndpoint end = end(side);
      if (end != null && end.isHandshaking()) {
        track.note("the " + side + " and the tap have not agreed on TLS");
      }
    }
    loop.cancel(timer);
    up.drop();
    down.drop();
    close(client);
    close(dial.end());
    track.closed();
    room.closed(this);
  }

  @Override
  public void addChannels(List<NetworkChannel> all) {
    all.add(client.channel());
    RelayEndpoint dialled = dial.end();
    if (dialled != null) {
      all.add(dialled.channel());
    }
  }

  private void close(@Nullable RelayEndpoint end) {
    try {
      if (end != null) {
        end.channel().close();
      }
    } catch (IOException e) {
      problems.add(this + " could not be closed", e);
    }
  }

  void updateTimer() {
    long next = Math.min(dial.wakeAt(), Math.min(up.wakeAt(), down.wakeAt()));
    next = Math.min(next, Math.min(resetBy, vigil.wakeAt()));
    if (open && next != Timer.NEVER) {
      loop.wake(timer, next);
    }
  }

  @Override
  public void timeUp(long now) throws IOException {
    if (dial.wakeAt() <= now) {
      dial.dial();
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
    if (!dial.hasBegun()) {
      resetBy = dial.wakeAt() + PATIENCE;
      return true;
    }
    if (connected && !up.isStuck() && !down.isStuck()) {
      resetBy = Timer.NEVER;
      return true;
    }
    return false;
  }

  private void flow() throws IOException {
    up.goOn();
    if (isConnected()) {
      down.goOn();
    } else {
      down.drain();
    }
  }

  @Override
  public void settle() {
    attempt(this::readUp);
  }

  private void readUp() throws IOException {
    up.readUp();
    if (dial.isConnected()) {
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
          if (!dial.isConnected() || up.isBusy() || down.isBusy()) {
            reset();
          } else {
            bid(client);
            bid(to(Side.SERVER));
            drop();
          }
        });
  }

  /** Under TLS a bare FIN looks as if something had been cut off (RFC 8446, 6.1). */
  private void bid(RelayEndpoint end) {
    try {
      end.bid();
    } catch (IOException e) {
      // The side was faster: there is nobody any more who could be told.
    }
  }

  private void attempt(IoRunnable work) {
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
