package dev.partyline.loopback;

import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our end of what goes between us and one peer address in datagrams. */
final class DatagramEndpoint extends Endpoint {
  final SocketAddress peer;

  private final BoundDatagramSocket door;
  private final EndpointOwner talk;
  private final ArrayDeque<Bytes> unsent = new ArrayDeque<>();
  private boolean heard;

  DatagramEndpoint(
      BoundDatagramSocket door,
      SocketAddress peer,
      ConversationRecorder track,
      Side own,
      EndpointOwnerFactory host,
      BackgroundFailures problems) {
    super(door.loop, track, own, problems);
    this.door = door;
    this.peer = peer;
    this.talk = host.welcome(this);
  }

  @Override
  EndpointOwner talk() {
    return talk;
  }

  @Override
  public void open() {
    try {
      talk.opened();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  void received(ByteBuffer datagram) {
    heard = true;
    track.sent(own.peer(), datagram);
    talk.received(datagram);
  }

  /** An ICMP message said that nobody listens at the peer's address (any more). */
  void unreachable() {
    if (!isOpen()) {
      return;
    }
    if (heard) {
      track.reset(own.peer());
      talk.peerReset();
    } else {
      talk.refused(
          Addresses.literal(peer) + " is unreachable: nobody listens there (ICMP said so)");
    }
    drop();
  }

  @Override
  public void ready(SelectionKey key) {
    throw new IllegalStateException("the door reads for " + this);
  }

  @Override
  void say(Bytes bytes) {
    if (!isOpen()) {
      return;
    }
    track.sent(own, bytes.toBuffer());
    if (isBusy() || !door.send(this, bytes)) {
      unsent.add(bytes);
      door.awaitRoom(this);
    }
  }

  /** Returns whether all has left. */
  boolean flush() {
    while (!unsent.isEmpty()) {
      if (!door.send(this, unsent.element())) {
        return false;
      }
      unsent.poll();
    }
    return true;
  }

  @Override
  boolean isBusy() {
    return !unsent.isEmpty();
  }

  @Override
  long unsent() {
    return unsent.stream().mapToLong(Bytes::size).sum();
  }

  @Override
  void startTls(@Nullable Tls terms, Bytes early) {
    throw new LoopbackException("UDP has no connections that TLS could be started on");
  }

  @Override
  void finish() {
    throw new LoopbackException("UDP knows no FIN: there is nothing to finish");
  }

  @Override
  void close() {
    drop();
  }

  @Override
  void reset() {
    if (isOpen()) {
      track.reset(own);
      drop();
      door.shut();
    }
  }

  /** The socket serves other peers too; what is not read in time, the kernel throws away. */
  @Override
  void reading(boolean on) {}

  @Override
  void readUp() {
    door.settle();
  }

  /** The socket is its door's. */
  @Override
  public void addChannels(List<NetworkChannel> open) {}

  @Override
  void release() throws IOException {
    unsent.clear();
    door.closed(this);
  }
}
