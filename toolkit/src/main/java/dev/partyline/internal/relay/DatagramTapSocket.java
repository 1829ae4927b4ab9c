package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.procfs.DatagramDrops;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The socket of a tap over UDP. */
public final class DatagramTapSocket implements TapSocket, EventHandler {
  /** Other connections of the loop must have their turn. */
  private static final int MAX_READS = 64;

  /** Each client costs a socket, and UDP has no FIN after which it could be closed. */
  private static final int MAX_CLIENTS = 1_000;

  private static final boolean ACCESS_ORDER = true;

  /** More datagrams than the buffer of a socket can hold. */
  static final int MAX_DRAIN_READS = 65_536;

  private final DatagramChannel channel;
  private final SocketAddress address;
  private final Upstream upstream;
  private final Recorder recorder;
  private final FaultInjector injector;
  private final BackgroundFailures failures;
  private final DatagramDrops drops;

  /** By client address, the client that has been silent for longest first. */
  private final Map<SocketAddress, DatagramRelay> relays =
      new LinkedHashMap<>(16, 0.75f, ACCESS_ORDER);

  private final EventLoop loop;
  private final RefusalTimer refusalTimer;

  public DatagramTapSocket(
      Binding binding,
      Upstream upstream,
      Recorder recorder,
      FaultInjector injector,
      BackgroundFailures failures) {
    this.channel = binding.bindDatagrams();
    this.address = Binding.addressOf(channel);
    this.upstream = upstream;
    this.recorder = recorder;
    this.injector = injector;
    this.failures = failures;
    this.drops = new DatagramDrops(failures);
    this.loop = EventLoop.acquireOrClose(channel);
    this.refusalTimer = new RefusalTimer(loop, injector, this, failures);
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void open() {
    updateRefusal();
    loop.execute(this, this::register);
  }

  private void register() {
    try {
      if (channel.isOpen()) {
        loop.register(channel, SelectionKey.OP_READ, this);
      }
    } catch (IOException e) {
      onFailure(e);
    }
  }

  @Override
  public void onReady(int readyOps) throws IOException {
    receive(MAX_READS);
  }

  private void receive(int maxReads) throws IOException {
    for (int i = 0; i < maxReads && channel.isOpen() && !channel.isConnected(); i++) {
      ByteBuffer in = loop.readBuffer();
      SocketAddress client;
      try {
        client = channel.receive(in);
      } catch (PortUnreachableException e) {
        continue;
      }
      if (client == null) {
        return;
      }
      DatagramRelay existing = relays.get(client);
      DatagramRelay relay = existing == null ? openRelay(client) : existing;
      if (relay != null) {
        relay.onReceived(in.flip());
      }
    }
  }

  /** Returns the relay of a new client; null if it failed, which does not affect other clients. */
  private @Nullable DatagramRelay openRelay(SocketAddress client) {
    String clientText = Addresses.literal(client);
    try {
      if (relays.size() == MAX_CLIENTS) {
        Iterator<DatagramRelay> iterator = relays.values().iterator();
        iterator.next().evict(MAX_CLIENTS);
        iterator.remove();
      }
      DatagramRelay relay = createRelay(upstream.openDatagrams(), client, clientText);
      relays.put(client, relay);
      relay.open();
      return relay;
    } catch (IOException | RuntimeException | Error e) {
      failures.add(this + " could not serve the client " + clientText, e);
      return null;
    }
  }

  private DatagramRelay createRelay(DatagramChannel server, SocketAddress client, String clientText)
      throws IOException {
    ConversationRecorder conversation =
        recorder.open(Transport.UDP, clientText, upstream.literal());
    ConnectionDirection direction =
        upstream.clientDirection(conversation, Transport.UDP, clientText);
    DatagramSink clientSink = datagram -> send(datagram, client);
    try {
      return new DatagramRelay(
          loop, server, upstream, clientSink, injector, conversation, direction, failures);
    } catch (RuntimeException | Error e) {
      conversation.recordRst(Side.SERVER, Termination.Kind.FAULT, "the weather failed: " + e);
      conversation.recordClosed();
      server.close();
      throw e;
    }
  }

  private boolean send(ByteBuffer datagram, SocketAddress client) throws IOException {
    if (channel.isConnected()) {
      // It refuses: for the clients there is no socket.
      return true;
    }
    int size = datagram.remaining();
    return channel.send(datagram, client) == size;
  }

  /** Connected to itself, the socket receives from no client: the kernel answers those by ICMP. */
  @Override
  public void updateRefusal() {
    loop.call(
        this,
        () -> {
          boolean refuse = refusalTimer.isRefusing();
          try {
            if (!channel.isOpen()) {
              return;
            }
            if (refuse && !channel.isConnected()) {
              receive(MAX_DRAIN_READS);
              channel.connect(address);
            } else if (!refuse) {
              channel.disconnect();
            }
          } catch (IOException e) {
            onFailure(e);
          }
        });
  }

  @Override
  public void drainInput() {
    loop.call(this, this::drainInputOnLoop);
  }

  private void drainInputOnLoop() {
    try {
      receive(MAX_DRAIN_READS);
    } catch (IOException e) {
      onFailure(e);
    }
    List.copyOf(relays.values()).forEach(AcceptedConnection::drainInput);
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> channels = new ArrayList<>();
    loop.call(
        this,
        () -> {
          channels.add(channel);
          relays.values().forEach(relay -> relay.addChannels(channels));
        });
    return channels.stream().filter(NetworkChannel::isOpen).toList();
  }

  /**
   * The table of the kernel is read by the calling thread, because the loop has others to serve.
   */
  @Override
  public void reportDrops() {
    drops.report(this, channels());
  }

  @Override
  public void onStateChanged() {
    loop.execute(
        this, () -> List.copyOf(relays.values()).forEach(AcceptedConnection::onStateChanged));
  }

  @Override
  public void onTimeout(long now) {}

  @Override
  public void onFailure(Throwable failure) {
    failures.add(this + " failed", failure);
    closeAll();
  }

  private void closeAll() {
    failures.close(channel, this);
    relays.values().forEach(AcceptedConnection::shutdown);
  }

  @Override
  public void close() {
    refusalTimer.cancel();
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
    return "tap on " + Addresses.literal(Transport.UDP, address);
  }
}
