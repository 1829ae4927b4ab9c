package dev.partyline.loopback;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.IoRunnable;
import dev.partyline.internal.relay.DatagramWeather;
import dev.partyline.internal.relay.EndpointWeather;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our endpoint towards one peer address over UDP. */
final class DatagramEndpoint extends Endpoint {
  final SocketAddress peer;

  private final BoundDatagramSocket socket;
  private final EndpointOwner owner;
  private final ArrayDeque<Bytes> writeQueue = new ArrayDeque<>();
  private boolean peerHasSent;

  /** Null where nothing is between our end and its socket. */
  private @Nullable DatagramWeather weather;

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

  /** Puts a weather between our end and its socket. */
  void setWeather(EndpointWeather relays, String client, String server) {
    weather =
        relays.ofDatagrams(
            loop,
            own,
            recorder,
            client,
            server,
            datagram -> socket.send(this, Bytes.copyOf(datagram)),
            this::take,
            this::onFailure);
  }

  /** Sends at once what the weather only delays, because the socket is about to be closed. */
  void closeWeather() {
    DatagramWeather current = weather;
    if (current != null) {
      attempt(current::close);
    }
  }

  /** Called when the test holds or lets go something. */
  void onWeatherChanged() {
    DatagramWeather current = weather;
    if (current != null) {
      attempt(current::onStateChanged);
    }
  }

  void onReceived(ByteBuffer datagram) {
    peerHasSent = true;
    DatagramWeather current = weather;
    if (current == null) {
      take(datagram);
    } else {
      attempt(() -> current.receive(datagram));
    }
  }

  private boolean take(ByteBuffer datagram) {
    recorder.recordSent(own.peer(), datagram);
    owner.onReceived(datagram);
    return true;
  }

  private void attempt(IoRunnable action) {
    try {
      action.run();
    } catch (IOException e) {
      onFailure(e);
    }
  }

  /** Ends it for a new peer, because it was silent for longest; says so. */
  void evict(int maxClients) {
    recorder.recordNote(
        "the listener serves "
            + maxClients
            + " clients, and this one was silent for longest when another came");
    owner.onShutdown("the listener ended the connection for another client");
    terminate();
  }

  /** Called when an ICMP message reports that the port of the peer is closed. */
  void onUnreachable() {
    if (!isOpen()) {
      return;
    }
    if (peerHasSent) {
      recorder.recordRst(own.peer());
      owner.onPeerReset();
    } else {
      owner.onRefused(
          Addresses.literal(peer) + " is unreachable: nothing listens there (reported by ICMP)");
    }
    terminate();
  }

  @Override
  public void onReady(int readyOps) {
    throw new IllegalStateException("the socket reads for " + this);
  }

  @Override
  void send(Bytes bytes) {
    if (!isOpen()) {
      return;
    }
    recorder.recordSent(own, bytes.toBuffer());
    DatagramWeather current = weather;
    if (current != null) {
      attempt(() -> current.send(bytes.toBuffer()));
    } else if (isBusy() || !socket.send(this, bytes)) {
      writeQueue.add(bytes);
      socket.awaitWritable(this);
    }
  }

  /** Returns whether all was sent. */
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
  boolean shutdownOutput() {
    throw new LoopbackException("UDP has no FIN: there is nothing to finish");
  }

  @Override
  void close() {
    terminate();
  }

  /** Closes it at once, because UDP has no FIN, after all that was sent so far is received. */
  @Override
  void closeGracefully() {
    readAll();
    close();
  }

  @Override
  void reset() {
    if (isOpen()) {
      recordOwnRst();
      terminate();
      socket.closeAll();
    }
  }

  /** Has no effect: the socket serves other peers too, and the kernel drops what is not read. */
  @Override
  void setAutoRead(boolean enabled) {}

  @Override
  void readAll() {
    socket.drainInput();
  }

  /** Adds none: the socket belongs to {@link BoundDatagramSocket}. */
  @Override
  public void addChannels(List<NetworkChannel> channels) {}

  @Override
  void closeChannel() throws IOException {
    writeQueue.clear();
    if (own == Side.CLIENT) {
      closeWeather();
    }
    socket.onClosed(this);
  }
}
