package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.BoundSocket;
import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.procfs.DatagramDrops;
import dev.partyline.internal.relay.EndpointWeather;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A UDP socket: for a listener one connection for each peer address, for a client the only one. */
final class BoundDatagramSocket implements BoundSocket, EventHandler {
  /** Other sockets of the loop must have their turn. */
  private static final int MAX_READS = 64;

  /** More datagrams than the buffer of a socket can hold. */
  private static final int MAX_DRAIN_READS = 65_536;

  /**
   * UDP has no FIN after which a client could be forgotten, and a handler has a thread for each.
   */
  private static final int MAX_CLIENTS = 1_000;

  private static final boolean ACCESS_ORDER = true;

  final EventLoop loop;

  private final DatagramChannel channel;
  private final SocketAddress address;
  private final Side own;
  private final Recorder recorder;
  private final EndpointOwnerFactory ownerFactory;
  private final @Nullable EndpointWeather weather;
  private final BackgroundFailures failures;
  private final boolean autoRead;
  private final DatagramDrops drops;

  /** By peer address, the peer that has been silent for longest first. */
  private final Map<SocketAddress, DatagramEndpoint> endpoints =
      new LinkedHashMap<>(16, 0.75f, ACCESS_ORDER);

  /** Those that have ended, as far as they are remembered, for what their peers still send. */
  private final Map<SocketAddress, DatagramEndpoint> endedEndpoints =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SocketAddress, DatagramEndpoint> eldest) {
          return size() > MAX_CLIENTS;
        }
      };

  private final ArrayDeque<DatagramEndpoint> blockedEndpoints = new ArrayDeque<>();
  private @Nullable SelectionKey key;

  BoundDatagramSocket(
      DatagramChannel channel,
      SocketAddress address,
      Side own,
      Recorder recorder,
      EndpointOwnerFactory ownerFactory,
      @Nullable EndpointWeather weather,
      BackgroundFailures failures,
      boolean autoRead) {
    this.channel = channel;
    this.address = address;
    this.own = own;
    this.recorder = recorder;
    this.ownerFactory = ownerFactory;
    this.weather = weather;
    this.failures = failures;
    this.autoRead = autoRead;
    this.drops = new DatagramDrops(failures);
    this.loop = EventLoop.acquireOrClose(channel);
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void open() {
    loop.execute(this, this::register);
  }

  private void register() {
    try {
      if (channel.isOpen()) {
        key = loop.register(channel, interestOps(), this);
      }
    } catch (IOException e) {
      onFailure(e);
    }
  }

  /** Opens the only connection of a client, which may have to send first. */
  DatagramEndpoint connect(SocketAddress server) {
    AtomicReference<@Nullable DatagramEndpoint> endpoint = new AtomicReference<>();
    loop.call(
        this,
        () -> {
          register();
          endpoint.set(openEndpoint(server));
        });
    return Objects.requireNonNull(endpoint.get());
  }

  private DatagramEndpoint openEndpoint(SocketAddress peer) {
    if (endpoints.size() == MAX_CLIENTS) {
      endpoints.values().iterator().next().evict(MAX_CLIENTS);
    }
    boolean isListener = own == Side.SERVER;
    String client = Addresses.literal(isListener ? peer : address);
    String server = Addresses.literal(isListener ? address : peer);
    ConversationRecorder conversation = recorder.open(Transport.UDP, client, server);
    DatagramEndpoint endpoint =
        new DatagramEndpoint(this, peer, conversation, own, ownerFactory, failures);
    if (weather != null) {
      endpoint.setWeather(weather, client, server);
    }
    endpoints.put(peer, endpoint);
    endpoint.open();
    return endpoint;
  }

  @Override
  public void onReady(int readyOps) throws IOException {
    if ((readyOps & SelectionKey.OP_READ) != 0) {
      receive(MAX_READS);
    }
    if ((readyOps & SelectionKey.OP_WRITE) != 0 && channel.isOpen()) {
      flush();
    }
  }

  private void receive(int maxReads) throws IOException {
    for (int i = 0; i < maxReads && channel.isOpen(); i++) {
      if (!receive()) {
        return;
      }
    }
  }

  /** Returns whether there may be more to receive. */
  private boolean receive() throws IOException {
    ByteBuffer in = loop.readBuffer();
    SocketAddress sender;
    try {
      sender = channel.receive(in);
    } catch (PortUnreachableException e) {
      List.copyOf(endpoints.values()).forEach(DatagramEndpoint::onUnreachable);
      return false;
    }
    if (sender == null) {
      return false;
    }
    DatagramEndpoint endpoint = endpointOf(sender);
    try {
      endpoint.onReceived(in.flip());
    } catch (RuntimeException | Error e) {
      endpoint.onFailure(e);
    }
    return channel.isOpen();
  }

  private DatagramEndpoint endpointOf(SocketAddress sender) {
    DatagramEndpoint existing = endpoints.get(sender);
    if (existing != null) {
      return existing;
    }
    // It is no other connection if there can be none: a script has ended, and its peer goes on.
    DatagramEndpoint ended = ownerFactory.isExhausted() ? endedEndpoints.get(sender) : null;
    return ended == null ? openEndpoint(sender) : ended;
  }

  /** Returns whether the datagram was sent, or cannot be sent at all. */
  boolean send(DatagramEndpoint endpoint, Bytes bytes) {
    try {
      if (!channel.isOpen()) {
        return true;
      }
      if (bytes.isEmpty() && channel.isConnected()) {
        Connector.sendEmpty(channel, endpoint.peer);
        return true;
      }
      return channel.send(loop.writeBuffer(bytes), endpoint.peer) == bytes.size();
    } catch (PortUnreachableException e) {
      endpoint.onUnreachable();
    } catch (IOException e) {
      endpoint.onFailure(e);
    }
    return true;
  }

  void awaitWritable(DatagramEndpoint endpoint) {
    blockedEndpoints.add(endpoint);
    updateInterest();
  }

  private void flush() {
    for (DatagramEndpoint endpoint = blockedEndpoints.peek();
        endpoint != null && endpoint.flush();
        endpoint = blockedEndpoints.peek()) {
      blockedEndpoints.remove();
      if (endpoint.isOpen()) {
        endpoint.owner().onFlushed();
      }
    }
    updateInterest();
  }

  private void updateInterest() {
    SelectionKey selectionKey = key;
    if (selectionKey != null && selectionKey.isValid()) {
      selectionKey.interestOps(interestOps());
    }
  }

  private int interestOps() {
    return (autoRead ? SelectionKey.OP_READ : 0)
        | (blockedEndpoints.isEmpty() ? 0 : SelectionKey.OP_WRITE);
  }

  /** Removes an endpoint that has ended; a client closes its socket with its only one. */
  void onClosed(DatagramEndpoint endpoint) throws IOException {
    endpoints.remove(endpoint.peer, endpoint);
    endedEndpoints.put(endpoint.peer, endpoint);
    if (own == Side.CLIENT) {
      channel.close();
    }
  }

  /** Closes the socket: from now on a connected peer is told by ICMP that the port is closed. */
  void closeAll() {
    if (channel.isOpen()) {
      endpoints.values().forEach(DatagramEndpoint::closeWeather);
      endedEndpoints.values().forEach(DatagramEndpoint::closeWeather);
    }
    failures.close(channel, this);
    List.copyOf(endpoints.values()).forEach(Endpoint::shutdown);
  }

  @Override
  public void onTimeout(long now) {}

  @Override
  public void onFailure(Throwable failure) {
    failures.add(this + " failed", failure);
    closeAll();
  }

  @Override
  public void drainInput() {
    loop.call(
        this,
        () -> {
          drainInputOnLoop();
          if (!channel.isOpen()) {
            // The kernel keeps the descriptor until the selector has selected again.
            loop.flushCancelledKeys();
          }
        });
  }

  private void drainInputOnLoop() {
    try {
      receive(autoRead ? MAX_DRAIN_READS : 0);
    } catch (IOException e) {
      onFailure(e);
    }
  }

  /** A socket that never reads is meant to lose what does not fit. */
  @Override
  public void reportDrops() {
    if (autoRead) {
      // By the calling thread, because the loop has others to serve.
      drops.report(this, channels());
    }
  }

  @Override
  public List<NetworkChannel> channels() {
    return channel.isOpen() ? List.of(channel) : List.of();
  }

  @Override
  public void onStateChanged() {
    loop.execute(
        this,
        () -> {
          List.copyOf(endpoints.values()).forEach(Endpoint::onStateChanged);
          List.copyOf(endedEndpoints.values()).forEach(DatagramEndpoint::onWeatherChanged);
          List.copyOf(endpoints.values()).forEach(DatagramEndpoint::onWeatherChanged);
        });
  }

  @Override
  public void close() {
    drainInput();
    reportDrops();
    loop.call(
        this,
        () -> {
          try {
            drainInputOnLoop();
            closeAll();
          } finally {
            loop.flushCancelledKeys();
            loop.release();
          }
        });
  }

  @Override
  public String toString() {
    return (own == Side.SERVER ? "listener on " : "client on ")
        + Addresses.literal(Transport.UDP, address);
  }
}
