package dev.partyline.loopback;

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
final class StreamAcceptor implements BoundSocket, EventHandler {
  private static final long BREATH = 100_000_000L;

  /** From here on one loop is the bottleneck, and a second one is shared with (measured). */
  private static final int CROWD = 2;

  private final EventLoop loop;
  private final SocketAddress address;
  private final Transport transport;
  private final AcceptedConnectionFactory reception;
  private final BackgroundFailures problems;
  private final Timer timer = new Timer(this);
  private final AcceptedConnections room;
  private @Nullable AcceptedConnections annex;
  private @Nullable ServerSocketChannel channel;
  private boolean closed;

  /** Set by whoever registers, but for that read on the loop only. */
  private volatile @Nullable SelectionKey key;

  StreamAcceptor(
      EventLoop loop,
      @Nullable ServerSocketChannel channel,
      SocketAddress address,
      Transport transport,
      AcceptedConnectionFactory reception,
      BackgroundFailures problems) {
    this.loop = loop;
    this.channel = channel;
    this.address = address;
    this.transport = transport;
    this.reception = reception;
    this.problems = problems;
    this.room = new AcceptedConnections(loop, problems);
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void open() {
    register();
  }

  @Override
  public void ready(SelectionKey registered) {
    key = registered;
    accept();
  }

  private void accept() {
    ServerSocketChannel listening = channel;
    if (listening == null) {
      return;
    }
    try {
      for (SocketChannel next = listening.accept(); next != null; next = listening.accept()) {
        welcome(next);
      }
    } catch (IOException e) {
      problems.add(this + " cannot accept", e);
      // With no descriptor left this would fail again at once, and for ever.
      interest(0);
      loop.wake(timer, System.nanoTime() + BREATH);
    }
  }

  private void welcome(SocketChannel accepted) throws IOException {
    AcceptedConnections to;
    AcceptedConnection guest;
    try {
      accepted.configureBlocking(false);
      if (transport == Transport.TCP) {
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      to = nextRoom();
      guest = reception.welcome(accepted, to);
    } catch (IOException | RuntimeException | Error e) {
      problems.add(this + " could not serve a connection", e);
      if (transport == Transport.TCP) {
        // A FIN would say that all is well.
        accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      accepted.close();
      return;
    }
    to.take(guest);
  }

  /** Where the next guest is served: a crowd gets a second loop, if it has a processor. */
  private AcceptedConnections nextRoom() {
    if (!reception.isShared() || room.size() < CROWD) {
      return room;
    }
    AcceptedConnections second =
        annex == null ? new AcceptedConnections(EventLoop.enterSecond(), problems) : annex;
    annex = second;
    return second.size() < room.size() ? second : room;
  }

  @Override
  public void timeUp(long now) {
    interest(SelectionKey.OP_ACCEPT);
  }

  private void interest(int ops) {
    SelectionKey registered = key;
    if (registered != null && registered.isValid()) {
      registered.interestOps(ops);
    }
  }

  @Override
  public void failed(Throwable problem) {
    problems.add(this + " failed", problem);
    interest(0);
  }

  @Override
  public void settle() {
    loop.call(this, this::settleHere);
    AcceptedConnections second = annex;
    if (second != null) {
      second.settle();
    }
  }

  private void settleHere() {
    accept();
    room.settle();
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> open = new ArrayList<>();
    loop.call(
        this,
        () -> {
          ServerSocketChannel listening = channel;
          if (listening != null) {
            open.add(listening);
          }
          room.addChannels(open);
        });
    AcceptedConnections second = annex;
    if (second != null) {
      second.addChannels(open);
    }
    return open;
  }

  @Override
  public void run() {
    loop.execute(
        this,
        () -> {
          room.nudge();
          AcceptedConnections second = annex;
          if (second != null) {
            second.nudge();
          }
        });
  }

  /** Listens on an address from now on, or has connects refused there, as somebody wants it now. */
  void listen(AddressHold hold, BooleanSupplier wanted) {
    loop.call(
        this,
        () -> {
          boolean on = wanted.getAsBoolean();
          if (closed) {
            return;
          }
          if (on && channel == null) {
            channel = hold.listen();
            register();
          } else if (!on && channel != null) {
            accept();
            shut();
            hold.keep();
          }
        });
  }

  private void shut() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      problems.add(this + " could not be closed", e);
    } finally {
      channel = null;
      loop.sweep();
    }
  }

  private void register() {
    try {
      ServerSocketChannel listening = channel;
      if (listening != null) {
        key = loop.register(listening, SelectionKey.OP_ACCEPT, this);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  public void close() {
    loop.call(
        this,
        () -> {
          closed = true;
          try {
            accept();
          } finally {
            shut();
            loop.cancel(timer);
            room.close();
          }
        });
    AcceptedConnections second = annex;
    if (second != null) {
      second.close();
    }
  }

  @Override
  public String toString() {
    return reception + " on " + Addresses.literal(transport, address);
  }
}
