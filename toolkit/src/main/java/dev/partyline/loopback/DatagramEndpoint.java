package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.LoopbackException;
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

  private final BoundDatagramSocket socket;
  private final EndpointOwner owner;
  private final ArrayDeque<Bytes> writeQueue = new ArrayDeque<>();
  private boolean peerHasSent;

  DatagramEndpoint(
      BoundDatagramSocket socket,
      SocketAddress peer,
      ConversationRecorder recorder,
      Side own,
      EndpointOwnerFactory ownerFactory,
      BackgroundFailures failures) {
    super(socket.loop, recorder, own, failures);
    this.socket = socket;
    this.peer = peer;
    this.owner = ownerFactory.create(this);
  }

  @Override
  EndpointOwner owner() {
    return owner;
  }

  @Override
  public void open() {
    try {
      owner.onOpened();
    } catch (RuntimeException | Error e) {
      onFailure(e);
    }
  }

  void onReceived(ByteBuffer datagram) {
    peerHasSent = true;
    recorder.recordSent(own.peer(), datagram);
    owner.onReceived(datagram);
  }

  /** An ICMP message said that nobody listens at the peer's address (any more). */
  void onUnreachable() {
    if (!isOpen()) {
      return;
    }
    if (peerHasSent) {
      recorder.recordRst(own.peer());
      owner.onPeerReset();
    } else {
      owner.onRefused(
          Addresses.literal(peer) + " is unreachable: nobody listens there (ICMP said so)");
    }
    terminate();
  }

  @Override
  public void onReady(SelectionKey key) {
    throw new IllegalStateException("the door reads for " + this);
  }

  @Override
  void send(Bytes bytes) {
    if (!isOpen()) {
      return;
    }
    recorder.recordSent(own, bytes.toBuffer());
    if (isBusy() || !socket.send(this, bytes)) {
      writeQueue.add(bytes);
      socket.awaitWritable(this);
    }
  }

  /** Returns whether all has left. */
  boolean flush() {
    while (!writeQueue.isEmpty()) {
      if (!socket.send(this, writeQueue.element())) {
        return false;
      }
      writeQueue.poll();
    }
    return true;
  }

  @Override
  boolean isBusy() {
    return !writeQueue.isEmpty();
  }

  @Override
  long pendingBytes() {
    return writeQueue.stream().mapToLong(Bytes::size).sum();
  }

  @Override
  void startTls(@Nullable Tls tlsConfig, Bytes earlyBytes) {
    throw new LoopbackException("UDP has no connections that TLS could be started on");
  }

  @Override
  void shutdownOutput() {
    throw new LoopbackException("UDP knows no FIN: there is nothing to finish");
  }

  @Override
  void close() {
    terminate();
  }

  @Override
  void reset() {
    if (isOpen()) {
      recorder.recordRst(own);
      terminate();
      socket.closeAll();
    }
  }

  /** The socket serves other peers too; what is not read in time, the kernel throws away. */
  @Override
  void setAutoRead(boolean enabled) {}

  @Override
  void readAll() {
    socket.drainInput();
  }

  /** The socket is its door's. */
  @Override
  public void addChannels(List<NetworkChannel> channels) {}

  @Override
  void closeChannel() throws IOException {
    writeQueue.clear();
    socket.onClosed(this);
  }
}
