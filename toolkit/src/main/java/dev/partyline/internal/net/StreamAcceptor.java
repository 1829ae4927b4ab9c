package dev.partyline.internal.net;

import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Accepts TCP or Unix domain connections. */
public final class StreamAcceptor implements BoundSocket, EventHandler {
  private static final long RETRY_DELAY_NANOS = 100_000_000L;

  /** From this number on one loop is the bottleneck, and a second one helps (measured). */
  private static final int MIN_CONNECTIONS_FOR_SECOND_LOOP = 2;

  private final EventLoop loop;
  private final SocketAddress address;
  private final Transport transport;
  private final AcceptedConnectionFactory connectionFactory;
  private final BackgroundFailures failures;
  private final Timer timer = new Timer(this);
  private final AcceptedConnections connections;
  private @Nullable AcceptedConnections overflowConnections;
  private @Nullable ServerSocketChannel channel;
  private boolean closed;

  /** Set by the thread that registers; otherwise used on the loop only. */
  private @Nullable SelectionKey key;

  public StreamAcceptor(
      EventLoop loop,
      @Nullable ServerSocketChannel channel,
      SocketAddress address,
      Transport transport,
      AcceptedConnectionFactory connectionFactory,
      BackgroundFailures failures) {
    this.loop = loop;
    this.channel = channel;
    this.address = address;
    this.transport = transport;
    this.connectionFactory = connectionFactory;
    this.failures = failures;
    this.connections = new AcceptedConnections(loop, failures);
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void open() {
    loop.execute(this, this::register);
  }

  @Override
  public void onReady(int readyOps) {
    accept(true);
  }

  /**
   * Accepts all clients that wait.
   *
   * @param waits whether one is known to wait; if not, an accept that fails may be for none,
   *     because it needs a descriptor first
   */
  private void accept(boolean waits) {
    boolean clientWaits = waits;
    ServerSocketChannel serverChannel = channel;
    if (serverChannel == null) {
      return;
    }
    try {
      for (SocketChannel next = serverChannel.accept();
          next != null;
          next = serverChannel.accept()) {
        serve(next);
        clientWaits = false;
      }
    } catch (IOException e) {
      if (clientWaits) {
        failures.add(this + " cannot accept", e);
        // If no descriptor is left, this would fail again at once, in an endless loop.
        setInterest(0);
        loop.schedule(timer, System.nanoTime() + RETRY_DELAY_NANOS);
      }
    }
  }

  private void serve(SocketChannel acceptedChannel) throws IOException {
    AcceptedConnections destination;
    AcceptedConnection connection;
    try {
      acceptedChannel.configureBlocking(false);
      if (transport == Transport.TCP) {
        acceptedChannel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      destination = chooseConnections();
      connection = connectionFactory.create(acceptedChannel, destination);
    } catch (IOException | RuntimeException | Error e) {
      failures.add(this + " could not serve a connection", e);
      if (transport == Transport.TCP) {
        // A FIN would look like a normal end.
        acceptedChannel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      acceptedChannel.close();
      return;
    }
    destination.add(connection);
  }

  /** Chooses where the next connection is served: many of them get a second loop. */
  private AcceptedConnections chooseConnections() {
    if (!connectionFactory.canUseTwoLoops()
        || connections.size() < MIN_CONNECTIONS_FOR_SECOND_LOOP) {
      return connections;
    }
    AcceptedConnections overflow =
        overflowConnections == null
            ? new AcceptedConnections(EventLoop.acquireSecond(), failures)
            : overflowConnections;
    overflowConnections = overflow;
    return overflow.size() < connections.size() ? overflow : connections;
  }

  @Override
  public void onTimeout(long now) {
    setInterest(SelectionKey.OP_ACCEPT);
  }

  private void setInterest(int ops) {
    SelectionKey selectionKey = key;
    if (selectionKey != null && selectionKey.isValid()) {
      selectionKey.interestOps(ops);
    }
  }

  @Override
  public void onFailure(Throwable failure) {
    failures.add(this + " failed", failure);
    setInterest(0);
  }

  @Override
  public void drainInput() {
    loop.call(this, this::drainInputOnLoop);
    AcceptedConnections overflow = overflowConnections;
    if (overflow != null) {
      overflow.drainInput();
    }
  }

  private void drainInputOnLoop() {
    accept(false);
    connections.drainInput();
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> channels = new ArrayList<>();
    loop.call(
        this,
        () -> {
          ServerSocketChannel serverChannel = channel;
          if (serverChannel != null) {
            channels.add(serverChannel);
          }
          connections.addChannels(channels);
        });
    AcceptedConnections overflow = overflowConnections;
    if (overflow != null) {
      overflow.addChannels(channels);
    }
    return channels;
  }

  @Override
  public void onStateChanged() {
    loop.execute(
        this,
        () -> {
          connections.onStateChanged();
          AcceptedConnections overflow = overflowConnections;
          if (overflow != null) {
            overflow.onStateChanged();
          }
        });
  }

  /** Listens on an address from now on, or refuses connects there. */
  public void updateListening(AddressHold hold, BooleanSupplier shouldListen) {
    loop.call(
        this,
        () -> {
          boolean listen = shouldListen.getAsBoolean();
          if (closed) {
            return;
          }
          if (listen && channel == null) {
            channel = hold.listen();
            register();
          } else if (!listen && channel != null) {
            accept(false);
            closeChannel();
            hold.makeExclusive();
          }
        });
  }

  @Override
  public void closeConnections() {
    loop.call(
        this,
        () -> {
          accept(false);
          connections.closeConnections();
        });
    AcceptedConnections overflow = overflowConnections;
    if (overflow != null) {
      overflow.closeConnections();
    }
  }

  private void closeChannel() {
    ServerSocketChannel serverChannel = channel;
    channel = null;
    if (serverChannel != null) {
      failures.close(serverChannel, this);
    }
    loop.flushCancelledKeys();
  }

  private void register() {
    try {
      ServerSocketChannel serverChannel = channel;
      if (serverChannel != null) {
        key = loop.register(serverChannel, SelectionKey.OP_ACCEPT, this);
      }
    } catch (IOException e) {
      onFailure(e);
    }
  }

  @Override
  public void close() {
    loop.call(
        this,
        () -> {
          closed = true;
          try {
            accept(false);
          } finally {
            closeChannel();
            loop.cancel(timer);
            connections.close();
          }
        });
    AcceptedConnections overflow = overflowConnections;
    if (overflow != null) {
      overflow.close();
    }
  }

  @Override
  public String toString() {
    return connectionFactory + " on " + Addresses.literal(transport, address);
  }
}
