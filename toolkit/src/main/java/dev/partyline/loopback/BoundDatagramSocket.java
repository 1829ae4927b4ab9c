package dev.partyline.loopback;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A UDP socket: for a listener one connection for each peer address, for a client the only one. */
final class BoundDatagramSocket implements BoundSocket, EventHandler {
  private static final int MOST_READS = 65_536;

  final EventLoop loop;

  private final DatagramChannel channel;
  private final SocketAddress address;
  private final Side own;
  private final Recorder recorder;
  private final EndpointOwnerFactory host;
  private final BackgroundFailures problems;
  private final boolean reading;
  private final Map<SocketAddress, DatagramEndpoint> links = new HashMap<>();
  private final ArrayDeque<DatagramEndpoint> waiting = new ArrayDeque<>();
  private @Nullable SelectionKey key;

  BoundDatagramSocket(
      DatagramChannel channel,
      SocketAddress address,
      Side own,
      Recorder recorder,
      EndpointOwnerFactory host,
      BackgroundFailures problems,
      boolean reading) {
    this.channel = channel;
    this.address = address;
    this.own = own;
    this.recorder = recorder;
    this.host = host;
    this.problems = problems;
    this.reading = reading;
    this.loop = EventLoop.enterOr(channel);
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
        key = loop.register(channel, interest(), this);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Opens the only connection of a client, which may have to speak first. */
  DatagramEndpoint dial(SocketAddress server) {
    AtomicReference<@Nullable DatagramEndpoint> link = new AtomicReference<>();
    loop.call(
        this,
        () -> {
          register();
          link.set(welcome(server));
        });
    return Objects.requireNonNull(link.get());
  }

  private DatagramEndpoint welcome(SocketAddress peer) {
    boolean listening = own == Side.SERVER;
    String client = Addresses.literal(listening ? peer : address);
    String server = Addresses.literal(listening ? address : peer);
    ConversationRecorder track = recorder.open(Transport.UDP, client, server);
    DatagramEndpoint link = new DatagramEndpoint(this, peer, track, own, host, problems);
    links.put(peer, link);
    link.open();
    return link;
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    if (key.isReadable()) {
      receive();
    }
    if (key.isValid() && key.isWritable()) {
      flush();
    }
  }

  /** Returns whether there may be more to receive. */
  private boolean receive() throws IOException {
    ByteBuffer in = loop.incoming();
    SocketAddress from;
    try {
      from = channel.receive(in);
    } catch (PortUnreachableException e) {
      List.copyOf(links.values()).forEach(DatagramEndpoint::unreachable);
      return false;
    }
    if (from == null) {
      return false;
    }
    DatagramEndpoint known = links.get(from);
    DatagramEndpoint link = known == null ? welcome(from) : known;
    try {
      link.received(in.flip());
    } catch (RuntimeException | Error e) {
      link.failed(e);
    }
    return channel.isOpen();
  }

  /** Returns whether the datagram has left, or never will. */
  boolean send(DatagramEndpoint link, Bytes bytes) {
    try {
      if (bytes.isEmpty() && channel.isConnected()) {
        Connector.sendEmpty(channel, link.peer);
        return true;
      }
      return channel.send(loop.outgoing(bytes), link.peer) == bytes.size();
    } catch (PortUnreachableException e) {
      link.unreachable();
    } catch (IOException e) {
      link.failed(e);
    }
    return true;
  }

  void awaitRoom(DatagramEndpoint link) {
    waiting.add(link);
    updateInterest();
  }

  private void flush() {
    for (DatagramEndpoint link = waiting.peek();
        link != null && link.flush();
        link = waiting.peek()) {
      waiting.remove();
      if (link.isOpen()) {
        link.talk().flushed();
      }
    }
    updateInterest();
  }

  private void updateInterest() {
    SelectionKey registered = key;
    if (registered != null && registered.isValid()) {
      registered.interestOps(interest());
    }
  }

  private int interest() {
    return (reading ? SelectionKey.OP_READ : 0) | (waiting.isEmpty() ? 0 : SelectionKey.OP_WRITE);
  }

  /** A client that is done with its peer is done with its socket. */
  void closed(DatagramEndpoint link) throws IOException {
    links.remove(link.peer, link);
    if (own == Side.CLIENT) {
      channel.close();
    }
  }

  /** Closes the socket: from now on a connected peer is told that nobody listens (ICMP). */
  void shut() {
    try {
      channel.close();
    } catch (IOException e) {
      problems.add(this + " could not be closed", e);
    }
    List.copyOf(links.values()).forEach(Endpoint::stop);
  }

  @Override
  public void timeUp(long now) {}

  @Override
  public void failed(Throwable problem) {
    problems.add(this + " failed", problem);
    shut();
  }

  @Override
  public void settle() {
    loop.call(
        this,
        () -> {
          settleHere();
          if (!channel.isOpen()) {
            // The kernel has it until the selector has selected again.
            loop.sweep();
          }
        });
  }

  private void settleHere() {
    try {
      for (int i = 0; i < MOST_READS && reading && channel.isOpen(); i++) {
        if (!receive()) {
          return;
        }
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  public List<NetworkChannel> channels() {
    return channel.isOpen() ? List.of(channel) : List.of();
  }

  @Override
  public void run() {
    loop.execute(this, () -> List.copyOf(links.values()).forEach(Endpoint::nudge));
  }

  @Override
  public void close() {
    loop.call(
        this,
        () -> {
          try {
            settleHere();
            shut();
          } finally {
            loop.sweep();
            loop.leave();
          }
        });
  }

  @Override
  public String toString() {
    return (own == Side.SERVER ? "listener on " : "client on ")
        + Addresses.literal(Transport.UDP, address);
  }
}
