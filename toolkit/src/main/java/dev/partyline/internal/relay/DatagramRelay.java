package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.IoRunnable;
import dev.partyline.internal.net.Timer;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.FaultPipeline;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Ticker;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.util.List;

/** Relays between one client address and the server, over a socket of its own to the server. */
final class DatagramRelay implements AcceptedConnection, EventHandler {
  private static final int MAX_READS = 64;

  private final EventLoop loop;
  private final DatagramChannel server;
  private final Upstream upstream;
  private final ConversationRecorder recorder;
  private final BackgroundFailures failures;
  private final Timer timer = new Timer(this);
  private final DatagramPump clientToServer;
  private final DatagramPump serverToClient;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    /** Nothing listens where the server is, which the ledger has. */
    UNREACHABLE,
    CLOSED
  }

  /** Takes over a channel that is connected to the server. */
  DatagramRelay(
      EventLoop loop,
      DatagramChannel server,
      Upstream upstream,
      DatagramSink clientSink,
      FaultInjector injector,
      ConversationRecorder recorder,
      ConnectionDirection direction,
      BackgroundFailures failures) {
    this.loop = loop;
    this.server = server;
    this.upstream = upstream;
    this.recorder = recorder;
    this.failures = failures;
    FaultPipeline pipeline = injector.newPipeline(direction, recorder::recordNote);
    RelayRecorder log = new TapRecorder(recorder);
    this.clientToServer = new DatagramPump(log, Side.CLIENT, pipeline, this::send, Ticker.SYSTEM);
    this.serverToClient =
        new DatagramPump(log, Side.SERVER, pipeline.newOpposite(), clientSink, Ticker.SYSTEM);
  }

  @Override
  public void open() {
    attempt(() -> loop.register(server, SelectionKey.OP_READ, this));
  }

  /** Called when the client has sent a datagram. */
  void onReceived(ByteBuffer datagram) {
    attempt(() -> clientToServer.forward(datagram));
  }

  @Override
  public void onReady(int readyOps) {
    attempt(() -> receive(MAX_READS));
  }

  private void receive(int maxReads) throws IOException {
    for (int i = 0; i < maxReads; i++) {
      ByteBuffer in = loop.readBuffer();
      try {
        if (server.receive(in) == null) {
          return;
        }
      } catch (PortUnreachableException e) {
        onUnreachable();
        continue;
      }
      serverToClient.forward(in.flip());
    }
  }

  private boolean send(ByteBuffer datagram) throws IOException {
    int size = datagram.remaining();
    try {
      if (size == 0) {
        Connector.sendEmpty(server, upstream.address());
        return true;
      }
      return server.send(datagram, upstream.address()) == size;
    } catch (PortUnreachableException e) {
      onUnreachable();
      return true;
    }
  }

  /** The ICMP message cannot be passed on to the client; the ledger has it, once. */
  private void onUnreachable() {
    if (state == State.OPEN) {
      state = State.UNREACHABLE;
      recorder.recordRst(
          Side.SERVER,
          Termination.Kind.REFUSED,
          "nothing listens at " + upstream + " (reported by ICMP)");
    }
  }

  @Override
  public void drainInput() {
    attempt(() -> receive(DatagramTapSocket.MAX_DRAIN_READS));
  }

  @Override
  public void addChannels(List<NetworkChannel> channels) {
    channels.add(server);
  }

  @Override
  public void onStateChanged() {
    attempt(this::deliverDue);
  }

  @Override
  public void onTimeout(long now) {
    attempt(this::deliverDue);
  }

  private void deliverDue() throws IOException {
    clientToServer.deliverDue();
    serverToClient.deliverDue();
  }

  /** Ends it for a new client, because it was silent for longest; says so. */
  void evict(int maxClients) {
    String cause =
        "the tap has a socket for each of "
            + maxClients
            + " clients, and this one was silent for"
            + " longest when another came";
    recorder.recordNote(cause);
    if (clientToServer.isHolding() || serverToClient.isHolding()) {
      failures.add(new AssertionError(this + " was ended with datagrams on their way: " + cause));
    }
    shutdown();
  }

  @Override
  public void shutdown() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    clientToServer.retractUnsent();
    serverToClient.retractUnsent();
    loop.cancel(timer);
    failures.close(server, this);
    recorder.recordClosed();
  }

  private void attempt(IoRunnable action) {
    if (state == State.CLOSED) {
      return;
    }
    try {
      action.run();
      long nextNanos = Math.min(clientToServer.wakeAt(), serverToClient.wakeAt());
      if (nextNanos != Timer.NEVER) {
        loop.schedule(timer, nextNanos);
      }
    } catch (IOException | RuntimeException | Error e) {
      onFailure(e);
    }
  }

  @Override
  public void onFailure(Throwable failure) {
    failures.add(this + " failed", failure);
    shutdown();
  }

  @Override
  public String toString() {
    return "connection " + recorder.number();
  }
}
