package dev.partyline.loopback;

import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Track;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepts TCP or Unix domain connections. */
final class StreamDoor implements Door, Target, Link.Owner {
  private static final long BREATH = 100_000_000L;

  private final Loop loop = Loop.enter();
  private final ServerSocketChannel channel;
  private final SocketAddress address;
  private final Transport transport;
  private final String literal;
  private final Recorder recorder;
  private final Host host;
  private final Problems problems;
  private final Timer timer = new Timer(this);
  private final Set<Link> links = new HashSet<>();
  private @Nullable SelectionKey key;

  StreamDoor(
      ServerSocketChannel channel,
      SocketAddress address,
      Transport transport,
      Recorder recorder,
      Host host,
      Problems problems) {
    this.channel = channel;
    this.address = address;
    this.transport = transport;
    this.literal = Literals.of(address);
    this.recorder = recorder;
    this.host = host;
    this.problems = problems;
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public void open() {
    loop.execute(this, new Registering());
  }

  @Override
  public void ready(SelectionKey key) {
    accept();
  }

  private void accept() {
    try {
      for (SocketChannel next = channel.accept(); next != null; next = channel.accept()) {
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
    StreamLink link;
    try {
      accepted.configureBlocking(false);
      if (transport == Transport.TCP) {
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      Track track = recorder.open(transport, Literals.of(accepted.getRemoteAddress()), literal);
      link =
          new StreamLink(
              loop, accepted, transport == Transport.TCP, track, Side.SERVER, host, problems, this);
    } catch (IOException | RuntimeException | Error e) {
      problems.add(this + " could not serve a connection", e);
      accepted.close();
      return;
    }
    links.add(link);
    link.open();
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
  }

  private void settleHere() {
    if (channel.isOpen()) {
      accept();
    }
    List.copyOf(links).forEach(Link::settle);
  }

  @Override
  public void closed(Link link) {
    links.remove(link);
  }

  @Override
  public void run() {
    loop.execute(this, () -> List.copyOf(links).forEach(Link::nudge));
  }

  @Override
  public void close() {
    loop.call(
        this,
        () -> {
          try {
            settleHere();
            channel.close();
          } catch (IOException e) {
            problems.add(this + " could not be closed", e);
          } finally {
            loop.cancel(timer);
            List.copyOf(links).forEach(Link::stop);
            loop.sweep();
            loop.leave();
          }
        });
  }

  @Override
  public String toString() {
    return "listener on " + Literals.of(transport, address);
  }

  /** Not a lambda, for this is on the way to the first answer of a JVM. */
  private final class Registering implements Runnable {
    @Override
    public void run() {
      try {
        if (channel.isOpen()) {
          key = loop.register(channel, SelectionKey.OP_ACCEPT, StreamDoor.this);
        }
      } catch (IOException e) {
        failed(e);
      }
    }
  }
}
