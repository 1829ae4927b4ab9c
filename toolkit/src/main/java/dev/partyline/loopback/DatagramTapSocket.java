package dev.partyline.loopback;

import dev.partyline.weather.ConnectionDirection;
import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
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

/** The door of a tap over UDP. */
final class DatagramTapSocket implements TapSocket, EventHandler {
  /** Others want to have the loop too. */
  private static final int MOST_READS = 64;

  /** Each client costs a socket, and UDP knows no end that would tell when it is free again. */
  private static final int MOST_CLIENTS = 1_000;

  private static final boolean ACCESS_ORDER = true;

  /** More than a socket's buffer can hold. */
  static final int ALL = 65_536;

  private final DatagramChannel channel;
  private final SocketAddress address;
  private final Upstream upstream;
  private final Recorder recorder;
  private final FaultInjector sky;
  private final BackgroundFailures problems;

  /** By the addresses of the clients, the one that has said nothing for longest first. */
  private final Map<SocketAddress, DatagramRelay> relays =
      new LinkedHashMap<>(16, 0.75f, ACCESS_ORDER);

  private final EventLoop loop;

  DatagramTapSocket(
      Binding binding,
      Upstream upstream,
      Recorder recorder,
      FaultInjector sky,
      BackgroundFailures problems) {
    this.channel = binding.receive();
    this.address = Binding.addressOf(channel);
    this.upstream = upstream;
    this.recorder = recorder;
    this.sky = sky;
    this.problems = problems;
    this.loop = EventLoop.enterOr(channel);
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void open() {
    heedRefusal();
    loop.execute(this, this::register);
  }

  private void register() {
    try {
      if (channel.isOpen()) {
        loop.register(channel, SelectionKey.OP_READ, this);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    receive(MOST_READS);
  }

  private void receive(int most) throws IOException {
    for (int i = 0; i < most && channel.isOpen() && !channel.isConnected(); i++) {
      ByteBuffer in = loop.incoming();
      SocketAddress from;
      try {
        from = channel.receive(in);
      } catch (PortUnreachableException e) {
        continue;
      }
      if (from == null) {
        return;
      }
      DatagramRelay known = relays.get(from);
      DatagramRelay relay = known == null ? welcome(from) : known;
      if (relay != null) {
        relay.received(in.flip());
      }
    }
  }

  /** Returns who serves a new client; null if nobody can, which costs the others nothing. */
  private @Nullable DatagramRelay welcome(SocketAddress client) {
    String from = Addresses.literal(client);
    try {
      if (relays.size() == MOST_CLIENTS) {
        Iterator<DatagramRelay> all = relays.values().iterator();
        all.next().stop();
        all.remove();
      }
      DatagramRelay relay = relay(upstream.openDatagrams(), client, from);
      relays.put(client, relay);
      relay.open();
      return relay;
    } catch (IOException | RuntimeException | Error e) {
      problems.add(this + " could not serve the client " + from, e);
      return null;
    }
  }

  private DatagramRelay relay(DatagramChannel server, SocketAddress client, String from)
      throws IOException {
    ConversationRecorder track = recorder.open(Transport.UDP, from, upstream.literal());
    ConnectionDirection passage = upstream.passage(track, Transport.UDP, from);
    DatagramPump.Exit back = datagram -> send(datagram, client);
    try {
      return new DatagramRelay(loop, server, upstream, back, sky, track, passage, problems);
    } catch (RuntimeException | Error e) {
      track.reset(Side.SERVER, TerminationKind.FAULT, "the weather failed: " + e);
      track.closed();
      server.close();
      throw e;
    }
  }

  private boolean send(ByteBuffer datagram, SocketAddress client) throws IOException {
    if (channel.isConnected()) {
      // Nobody is there, as far as clients can tell.
      return true;
    }
    int size = datagram.remaining();
    return channel.send(datagram, client) == size;
  }

  /** Connected to itself, the socket is found for nobody else: the kernel answers them by ICMP. */
  @Override
  public void heedRefusal() {
    loop.call(
        this,
        () -> {
          boolean on = sky.refuses();
          try {
            if (!channel.isOpen()) {
              return;
            }
            if (on && !channel.isConnected()) {
              receive(ALL);
              channel.connect(address);
            } else if (!on) {
              channel.disconnect();
            }
          } catch (IOException e) {
            failed(e);
          }
        });
  }

  @Override
  public void settle() {
    loop.call(this, this::settleHere);
  }

  private void settleHere() {
    try {
      receive(ALL);
    } catch (IOException e) {
      failed(e);
    }
    List.copyOf(relays.values()).forEach(AcceptedConnection::settle);
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> open = new ArrayList<>();
    loop.call(
        this,
        () -> {
          open.add(channel);
          relays.values().forEach(relay -> relay.addChannels(open));
        });
    return open.stream().filter(NetworkChannel::isOpen).toList();
  }

  @Override
  public void run() {
    loop.execute(this, () -> List.copyOf(relays.values()).forEach(AcceptedConnection::nudge));
  }

  @Override
  public void timeUp(long now) {}

  @Override
  public void failed(Throwable problem) {
    problems.add(this + " failed", problem);
    shut();
  }

  private void shut() {
    try {
      channel.close();
    } catch (IOException e) {
      problems.add(this + " could not be closed", e);
    }
    relays.values().forEach(AcceptedConnection::stop);
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
    return "tap on " + Addresses.literal(Transport.UDP, address);
  }
}
