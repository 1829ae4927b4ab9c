package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.BufferPool;
import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.IoRunnable;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.Timer;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
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
  /** How long a reset waits for a side that does not take what was sent before it. */
  private static final long RESET_DEADLINE_NANOS = 2_000_000_000L;

  private final EventLoop loop;
  private final ConversationRecorder recorder;
  private final Upstream upstream;
  private final BackgroundFailures failures;
  private final AcceptedConnections connections;
  private final Timer timer = new Timer(this);
  private final Admission admission;
  private final RelayEndpoint client;
  private final Pump clientToServer;
  private final Pump serverToClient;
  private final UpstreamConnector connector;
  private final ResetProbe resetProbe;
  private boolean open = true;
  private boolean serverReady;

  /** The server name of the client's hello. */
  private String serverName = "";

  private long resetAtNanos = Timer.NEVER;

  Relay(
      AcceptedConnections connections,
      SocketChannel acceptedChannel,
      boolean tcp,
      Upstream upstream,
      FaultInjector injector,
      ConversationRecorder recorder,
      ConnectionDirection direction,
      BackgroundFailures failures) {
    this.loop = connections.loop();
    this.upstream = upstream;
    this.connections = connections;
    this.recorder = recorder;
    this.failures = failures;
    this.admission = injector.admit(direction);
    this.client = new RelayEndpoint(this, Side.CLIENT, acceptedChannel, tcp);
    this.clientToServer = new Pump(this, recorder, injector.newPipeline(direction), Side.CLIENT);
    this.serverToClient =
        new Pump(this, recorder, injector.newPipeline(direction.reversed()), Side.SERVER);
    this.resetProbe = new ResetProbe(this, loop);
    this.connector =
        new UpstreamConnector(this, loop, upstream, direction.openedAt() + admission.delayNanos());
  }

  /** Returns the buffers for bytes on their way. */
  BufferPool bufferPool() {
    return loop.bufferPool();
  }

  boolean isOpen() {
    return open;
  }

  /** Returns whether the server can be written to. */
  boolean isServerReady() {
    return serverReady;
  }

  /** Returns whether the server has answered the connect. */
  boolean isUpstreamConnected() {
    return connector.isConnected();
  }

  /** Returns our endpoint towards a side; that of the server exists only after the connect. */
  RelayEndpoint endpoint(Side side) {
    RelayEndpoint endpoint = endpointOrNull(side);
    if (endpoint == null) {
      throw new IllegalStateException(this + " has not connected to the server yet");
    }
    return endpoint;
  }

  private @Nullable RelayEndpoint endpointOrNull(Side side) {
    return side == Side.CLIENT ? client : connector.endpoint();
  }

  void setInterest(Side side, int op, boolean enabled) {
    RelayEndpoint endpoint = endpointOrNull(side);
    if (endpoint != null) {
      endpoint.setInterest(op, enabled);
    }
  }

  Pump pump(Side side) {
    return side == Side.CLIENT ? clientToServer : serverToClient;
  }

  @Override
  public void open() {
    try {
      if (admission.reset()) {
        recorder.recordRst(Side.SERVER, Termination.Kind.FAULT, admission.cause());
        reset();
        return;
      }
      client.register(loop, SelectionKey.OP_READ);
      if (upstream.clientTls() != null) {
        client.startTls(upstream.clientTls(), loop);
      }
      if (admission.delayNanos() > 0) {
        updateTimer();
      } else {
        connector.startConnect();
      }
      if (open && !connector.isConnected()) {
        // A fault may end the connection to the client before the server has answered.
        serverToClient.startFaults();
      }
    } catch (IOException | RuntimeException | Error e) {
      onFailure(e);
    }
  }

  /** Called when the server's channel has an answer to the connect. */
  void onConnectable() throws IOException {
    if (open) {
      connector.finishConnect();
    }
  }

  /** Called when the server has accepted the connect. */
  void onUpstreamConnected() throws IOException {
    TlsSetup tlsSetup = upstream.serverTls();
    if (tlsSetup == null) {
      onServerReady();
    } else if (client.io().isHandshaking()) {
      // The server is asked for the server name of the client, so its hello must come first.
      endpoint(Side.SERVER).pauseReadsUntilTls();
    } else {
      endpoint(Side.SERVER).startTls(tlsSetup.withServerName(serverName), loop);
      serverToClient.read();
    }
  }

  /** Called when the TLS handshake with a side is done. */
  void onHandshakeDone(Side side, TlsSession session) throws IOException {
    recorder.recordTlsSession(session);
    if (side == Side.SERVER) {
      onServerReady();
      return;
    }
    serverName = session.serverName();
    if (isUpstreamConnected() && !serverReady) {
      onUpstreamConnected();
    }
    serverToClient.onWritable();
  }

  /** Called when TLS with a side has failed. */
  void onTlsFailure(Side side) throws IOException {
    StreamIo io = endpoint(side).io();
    String cause = "TLS with the " + side + " failed: " + io.failure();
    recorder.recordNote(cause);
    io.discard();
    if (side == Side.SERVER) {
      recorder.recordRst(Side.SERVER, Termination.Kind.REFUSED, cause);
      reset();
    } else {
      if (io.isTruncated()) {
        recorder.recordFin(Side.CLIENT);
      }
      recorder.recordFin(Side.SERVER, Termination.Kind.FIN, cause);
      resetOnClose(connector.endpoint());
      terminate();
    }
  }

  /** Called when the server can be written to. */
  private void onServerReady() throws IOException {
    serverReady = true;
    clientToServer.onWritable();
    // A fault may act before any byte is sent.
    clientToServer.startFaults();
    serverToClient.startFaults();
  }

  /**
   * Called when the server could not be connected. TCP has already accepted the client, so a reset
   * is the closest that it can get to a refusal.
   */
  void onConnectFailed(Termination.Kind kind, String cause) throws IOException {
    recorder.recordRst(Side.SERVER, kind, cause);
    reset();
  }

  /** Returns whether a side could reset its connection without our reading or writing. */
  boolean canReset(Side side) {
    RelayEndpoint endpoint = endpointOrNull(side);
    return open
        && endpoint != null
        && endpoint.isTcp()
        && (side == Side.CLIENT || connector.isConnected());
  }

  /** Starts, continues or ends the probe for resets. */
  void updateResetProbe() {
    resetProbe.update();
  }

  /**
   * Resets both sides soon, because one of them is gone: when the other has taken everything, or
   * takes nothing any more.
   */
  void startResetDeadline() {
    resetAtNanos = System.nanoTime() + RESET_DEADLINE_NANOS;
    updateTimer();
  }

  /** Returns whether a reset is due. */
  boolean hasResetDeadline() {
    return resetAtNanos != Timer.NEVER;
  }

  /** Resets when a side has taken all that was written to it, which an RST would overtake. */
  void resetWhenTaken(Side side) throws IOException {
    RelayEndpoint endpoint = endpointOrNull(side);
    if (endpoint != null && endpoint.isTcp()) {
      endpoint.notifyWhenTaken();
      startResetDeadline();
    } else {
      reset();
    }
  }

  /** Called when the first bytes have been written to a side. */
  void onFirstWrite(Side side) throws IOException {
    if (side == Side.SERVER) {
      connector.onFirstWrite();
    }
  }

  /** Sends a FIN to a side, under TLS with or without a close_notify before it. */
  void shutdownOutput(Side side, boolean closeNotify) throws IOException {
    try {
      endpoint(side).shutdownOutput(closeNotify);
    } catch (IOException e) {
      // The side has reset the connection, and what it sent before can still be read.
      pump(side).onWriteError(e);
    }
  }

  void terminateIfDone() {
    if (clientToServer.isDone() && serverToClient.isDone()) {
      terminate();
    }
  }

  /** Resets both connections. */
  void reset() throws IOException {
    connector.completeHandshake();
    client.resetOnClose();
    resetOnClose(connector.endpoint());
    terminate();
  }

  private static void resetOnClose(@Nullable RelayEndpoint endpoint) throws IOException {
    if (endpoint != null) {
      endpoint.resetOnClose();
    }
  }

  private void terminate() {
    if (!open) {
      return;
    }
    open = false;
    if (connector.isUnanswered() && !serverToClient.hasPendingEnd()) {
      recorder.recordRst(Side.SERVER, Termination.Kind.TIMED_OUT, connector.unansweredCause());
    }
    for (Side side : Side.values()) {
      RelayEndpoint endpoint = endpointOrNull(side);
      if (endpoint != null && endpoint.io().isHandshaking()) {
        recorder.recordNote("the " + side + " and the tap have not agreed on TLS");
      }
    }
    loop.cancel(timer);
    clientToServer.discardOutput();
    serverToClient.discardOutput();
    closeChannel(client);
    closeChannel(connector.endpoint());
    recorder.recordClosed();
    connections.onClosed(this);
  }

  @Override
  public void addChannels(List<NetworkChannel> channels) {
    channels.add(client.channel());
    RelayEndpoint server = connector.endpoint();
    if (server != null) {
      channels.add(server.channel());
    }
  }

  private void closeChannel(@Nullable RelayEndpoint endpoint) {
    if (endpoint != null) {
      failures.close(endpoint.channel(), this);
    }
  }

  void updateTimer() {
    long nextNanos =
        Math.min(connector.wakeAt(), Math.min(clientToServer.wakeAt(), serverToClient.wakeAt()));
    nextNanos = Math.min(nextNanos, Math.min(resetAtNanos, resetProbe.wakeAt()));
    if (open && nextNanos != Timer.NEVER) {
      loop.schedule(timer, nextNanos);
    }
  }

  @Override
  public void onTimeout(long now) throws IOException {
    if (connector.wakeAt() <= now) {
      connector.startConnect();
    }
    if (resetAtNanos <= now && !isDelayedByFaults()) {
      clientToServer.onResetDeadline();
      serverToClient.onResetDeadline();
      reset();
      return;
    }
    resetProbe.probe(now);
    resumeReading();
  }

  /** Returns whether faults delay bytes or the connect: the reset deadline starts after that. */
  private boolean isDelayedByFaults() {
    if (!connector.hasStarted()) {
      resetAtNanos = connector.wakeAt() + RESET_DEADLINE_NANOS;
      return true;
    }
    if (serverReady && !clientToServer.awaitsSink() && !serverToClient.awaitsSink()) {
      resetAtNanos = Timer.NEVER;
      return true;
    }
    return false;
  }

  private void resumeReading() throws IOException {
    clientToServer.resumeReading();
    if (isServerReady()) {
      serverToClient.resumeReading();
    } else {
      serverToClient.deliverDue();
    }
  }

  @Override
  public void drainInput() {
    attempt(this::readAll);
  }

  private void readAll() throws IOException {
    clientToServer.readAll();
    if (connector.isConnected()) {
      serverToClient.readAll();
    }
  }

  @Override
  public void onStateChanged() {
    attempt(this::resumeReading);
  }

  @Override
  public void shutdown() {
    attempt(
        () -> {
          if (!connector.isConnected() || clientToServer.isBusy() || serverToClient.isBusy()) {
            reset();
          } else {
            sendCloseNotify(client);
            sendCloseNotify(endpoint(Side.SERVER));
            terminate();
          }
        });
  }

  /** Under TLS a bare FIN looks like a truncation (RFC 8446, 6.1). */
  private void sendCloseNotify(RelayEndpoint endpoint) {
    try {
      endpoint.io().sendCloseNotify();
    } catch (IOException e) {
      // The side has closed the connection first.
    }
  }

  private void attempt(IoRunnable action) {
    try {
      if (open) {
        action.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      onFailure(e);
    }
  }

  @Override
  public void onReady(SelectionKey key) {
    throw new IllegalStateException("the endpoints read for " + this);
  }

  @Override
  public void onFailure(Throwable failure) {
    failures.add(this + " failed", failure);
    try {
      reset();
    } catch (IOException e) {
      failures.add(this + " could not be reset", e);
      terminate();
    }
  }

  @Override
  public String toString() {
    return "connection " + recorder.number();
  }
}
