package dev.partyline.loopback;

import dev.partyline.weather.ConnectionDirection;
import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.util.List;

/** What goes between one client address and the server, over a socket of its own to the server. */
final class DatagramRelay implements AcceptedConnection, EventHandler {
  private static final int MOST_READS = 64;

  private final EventLoop loop;
  private final DatagramChannel server;
  private final Upstream upstream;
  private final ConversationRecorder track;
  private final BackgroundFailures problems;
  private final Timer timer = new Timer(this);
  private final DatagramPump up;
  private final DatagramPump down;
  private boolean open = true;
  private boolean unreachable;

  /** Takes the channel over, which is connected to the server. */
  DatagramRelay(
      EventLoop loop,
      DatagramChannel server,
      Upstream upstream,
      DatagramPump.Exit client,
      FaultInjector sky,
      ConversationRecorder track,
      ConnectionDirection passage,
      BackgroundFailures problems) {
    this.loop = loop;
    this.server = server;
    this.upstream = upstream;
    this.track = track;
    this.problems = problems;
    this.up = new DatagramPump(track, Side.CLIENT, sky.lane(passage), this::send);
    this.down = new DatagramPump(track, Side.SERVER, sky.lane(passage.back()), client);
  }

  @Override
  public void open() {
    attempt(() -> loop.register(server, SelectionKey.OP_READ, this));
  }

  /** Passes on what the client has sent. */
  void received(ByteBuffer datagram) {
    attempt(() -> up.pass(datagram));
  }

  @Override
  public void ready(SelectionKey key) {
    attempt(() -> receive(MOST_READS));
  }

  private void receive(int most) throws IOException {
    for (int i = 0; i < most; i++) {
      ByteBuffer in = loop.incoming();
      try {
        if (server.receive(in) == null) {
          return;
        }
      } catch (PortUnreachableException e) {
        isUnreachable();
        continue;
      }
      down.pass(in.flip());
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
      isUnreachable();
      return true;
    }
  }

  /** No ICMP message can be passed on to the client; the ledger tells, once. */
  private void isUnreachable() {
    if (!unreachable) {
      unreachable = true;
      track.reset(
          Side.SERVER,
          TerminationKind.REFUSED,
          "nobody listens at " + upstream + " (ICMP said so)");
    }
  }

  @Override
  public void settle() {
    attempt(() -> receive(DatagramTapSocket.ALL));
  }

  @Override
  public void addChannels(List<NetworkChannel> open) {
    open.add(server);
  }

  @Override
  public void nudge() {
    attempt(this::drain);
  }

  @Override
  public void timeUp(long now) {
    attempt(this::drain);
  }

  private void drain() throws IOException {
    up.drain();
    down.drain();
  }

  @Override
  public void stop() {
    if (!open) {
      return;
    }
    open = false;
    loop.cancel(timer);
    try {
      server.close();
    } catch (IOException e) {
      problems.add(this + " could not be closed", e);
    }
    track.closed();
  }

  private void attempt(IoRunnable work) {
    if (!open) {
      return;
    }
    try {
      work.run();
      long next = Math.min(up.wakeAt(), down.wakeAt());
      if (next != Timer.NEVER) {
        loop.wake(timer, next);
      }
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  @Override
  public void failed(Throwable problem) {
    problems.add(this + " failed", problem);
    stop();
  }

  @Override
  public String toString() {
    return "connection " + track.number();
  }
}
