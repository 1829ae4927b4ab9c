package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.BufferPool;
import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.IoRunnable;
import dev.partyline.internal.net.Timer;
import dev.partyline.internal.net.procfs.PeerProgress;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a tap, or through the weather of our own end: does what its {@link
 * RelayCore} decides, with a channel to the client and one to the server. Everything happens on the
 * loop.
 */
final class Relay implements AcceptedConnection, EventHandler, RelayIo {
  private final RelayOptions options;
  private final EventLoop loop;
  private final BackgroundFailures failures;
  private final Timer timer = new Timer(this);
  private final RelayCore core;
  private final RelaySide client;
  private final ServerConnector connector;
  private final Consumer<Relay> onClosed;

  /** The server name of the client's hello. */
  private String serverName = "";

  /**
   * Makes one that does nothing before it is opened.
   *
   * @param connectorFactory makes what connects it to its server
   * @param onClosed is called when it has closed both connections
   */
  Relay(
      RelayOptions options,
      RelayChannel client,
      Function<Relay, ServerConnector> connectorFactory,
      Consumer<Relay> onClosed) {
    this.options = options;
    this.loop = options.loop();
    this.failures = options.failures();
    this.onClosed = onClosed;
    this.core =
        new RelayCore(
            this, Ticker.SYSTEM, options.recorder(), options.injector(), options.direction());
    this.client = new RelaySide(this, Side.CLIENT, client);
    this.connector = connectorFactory.apply(this);
  }

  EventLoop loop() {
    return loop;
  }

  /** Returns a side for a channel to the server. */
  RelaySide newServer(RelayChannel channel) {
    return new RelaySide(this, Side.SERVER, channel);
  }

  RelayCore core() {
    return core;
  }

  RelaySide client() {
    return client;
  }

  private @Nullable RelaySide side(Side side) {
    return side == Side.CLIENT ? client : connector.server();
  }

  private RelaySide connected(Side side) {
    RelaySide connected = side(side);
    if (connected == null) {
      throw new IllegalStateException(this + " has not connected to the server yet");
    }
    return connected;
  }

  @Override
  public void open() {
    attempt(
        () -> {
          client.endpoint().setAutoRead(true);
          client.endpoint().register();
          core.setup().start();
        });
  }

  /** Called when a channel is ready to connect, which a connected one is only after a reset. */
  void onConnectable(RelaySide connectable, Side side) {
    if (core.isConnected(side)) {
      connectable.endpoint().onUnreadReset();
    } else {
      attempt(connector::finishConnect);
    }
  }

  void onHandshakeDone(Side side, TlsSession session) {
    serverName = side == Side.CLIENT ? session.serverName() : serverName;
    core.setup().onHandshakeDone(side, session);
  }

  @Override
  public void connect() {
    attempt(connector::connect);
  }

  @Override
  public void startTls(Side side) {
    TlsSetup setup = Objects.requireNonNull(tlsSetup(side));
    attempt(
        () ->
            connected(side)
                .startTls(side == Side.SERVER ? setup.withServerName(serverName) : setup));
  }

  private @Nullable TlsSetup tlsSetup(Side side) {
    return side == Side.CLIENT ? options.clientTls() : options.serverTls();
  }

  @Override
  public boolean usesTls(Side side) {
    return tlsSetup(side) != null;
  }

  @Override
  public boolean isHandshaking(Side side) {
    RelaySide current = side(side);
    return current != null && current.endpoint().io().isHandshaking();
  }

  @Override
  public void setAutoRead(Side side, boolean enabled) {
    RelaySide current = side(side);
    if (current != null) {
      current.endpoint().setAutoRead(enabled);
    }
  }

  @Override
  public InputState input(Side side) {
    RelaySide current = side(side);
    return current == null ? InputState.OPEN : current.endpoint().input();
  }

  @Override
  public int write(Side side, ByteBuffer bytes) {
    int count = connected(side).endpoint().write(bytes);
    if (side == Side.SERVER) {
      connector.onWritten();
    }
    return count;
  }

  @Override
  public boolean hasUnsent(Side side) {
    RelaySide current = side(side);
    return current != null && current.endpoint().hasUnsent();
  }

  @Override
  public void shutdownOutput(Side side, boolean closeNotify) {
    connected(side).endpoint().shutdownOutput(closeNotify);
  }

  @Override
  public boolean notifyWhenTaken(Side side) {
    return connected(side).endpoint().notifyWhenTaken();
  }

  @Override
  public void checkProgress(Side side) {
    connected(side).channel().findProgress(progress -> onProgress(side, progress));
  }

  private void onProgress(Side side, PeerProgress progress) {
    loop.execute(this, () -> attempt(() -> core.pump(side.peer()).onChecked(progress)));
  }

  @Override
  public boolean canProbe(Side side) {
    RelaySide current = side(side);
    return current != null && current.channel().canProbe();
  }

  @Override
  public void probe(boolean ofClient, boolean ofServer) {
    setConnectInterest(ofClient, ofServer, true);
    loop.flushCancelledKeys();
    setConnectInterest(ofClient, ofServer, false);
  }

  private void setConnectInterest(boolean ofClient, boolean ofServer, boolean enabled) {
    if (ofClient) {
      client.endpoint().setConnectInterest(enabled);
    }
    if (ofServer) {
      connected(Side.SERVER).endpoint().setConnectInterest(enabled);
    }
  }

  @Override
  public void sendCloseNotify() {
    client.endpoint().sendCloseNotify();
    connected(Side.SERVER).endpoint().sendCloseNotify();
  }

  @Override
  public void resetOnClose(Side side) {
    RelaySide current = side(side);
    if (side == Side.SERVER) {
      connector.completeHandshake();
    }
    if (current != null) {
      current.endpoint().resetOnClose();
    }
  }

  @Override
  public void close() {
    loop.cancel(timer);
    for (Side side : Side.values()) {
      RelaySide current = side(side);
      if (current != null) {
        failures.close(current.endpoint()::close, this);
      }
    }
    onClosed.accept(this);
  }

  @Override
  public void wakeAt(long nanos) {
    loop.schedule(timer, nanos);
  }

  @Override
  public BufferPool bufferPool() {
    return loop.bufferPool();
  }

  @Override
  public void addChannels(List<NetworkChannel> channels) {
    client.channel().stream().addSocket(channels);
    RelaySide server = connector.server();
    if (server != null) {
      server.channel().stream().addSocket(channels);
    }
  }

  @Override
  public void onTimeout(long now) {
    core.onTimeout();
  }

  @Override
  public void drainInput() {
    attempt(
        () -> {
          client.endpoint().readAll();
          if (core.isConnected(Side.SERVER)) {
            connected(Side.SERVER).endpoint().readAll();
          }
        });
  }

  @Override
  public void onStateChanged() {
    attempt(core::onFaultsChanged);
  }

  /** Writes at once what the faults only delay of what a side has sent. */
  void deliverEarly(Side side) {
    attempt(() -> core.deliverEarly(side));
  }

  @Override
  public void shutdown() {
    attempt(core::shutdown);
  }

  private void attempt(IoRunnable action) {
    try {
      if (core.isOpen()) {
        action.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      onFailure(e);
    }
  }

  @Override
  public void onReady(int readyOps) {
    throw new IllegalStateException("the endpoints read for " + this);
  }

  /** Called when there was no descriptor for the connection to the server. */
  void onNoDescriptors(IOException e) {
    failures.add("the tap cannot connect to its server", e);
  }

  @Override
  public void onFailure(Throwable failure) {
    failures.add(this + " failed", failure);
    core.reset();
  }

  @Override
  public String toString() {
    return "connection " + options.direction().connection();
  }
}
