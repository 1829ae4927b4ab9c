package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EndpointProbe;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.NioStreamChannel;
import dev.partyline.internal.net.OutputState;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.StreamEndpoint;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.StreamOwner;
import dev.partyline.internal.net.tls.TlsIo;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our end of a TCP or Unix domain connection: records it, and lets its owner act. */
final class ConnectionEndpoint extends Endpoint implements StreamOwner {
  private final boolean tcp;
  private final NioStreamChannel channel;
  private final StreamEndpoint stream;
  private final EndpointProbe probe;
  private final @Nullable AcceptedConnections connections;
  private final @Nullable TlsSetup tlsSetup;
  private final EndpointOwner owner;

  ConnectionEndpoint(
      EventLoop loop,
      SocketChannel channel,
      boolean tcp,
      ConversationRecorder recorder,
      Side own,
      EndpointOwnerFactory ownerFactory,
      BackgroundFailures failures,
      @Nullable AcceptedConnections connections,
      @Nullable TlsSetup tlsSetup) {
    super(loop, recorder, own, failures);
    this.tcp = tcp;
    this.tlsSetup = tlsSetup;
    this.channel = new NioStreamChannel(loop, channel, tcp);
    this.stream = new StreamEndpoint(this.channel, this);
    this.probe = new EndpointProbe(loop, stream);
    this.connections = connections;
    stream.setAutoRead(true);
    this.owner = ownerFactory.create(this);
  }

  @Override
  public void open() {
    try {
      stream.register();
      TlsSetup setup = tlsSetup;
      if (setup != null && setup.implicit()) {
        startTls(setup, Bytes.EMPTY);
      }
      owner.onOpened();
      if (tcp && isOpen()) {
        probe.onOpened();
      }
    } catch (IOException | RuntimeException | Error e) {
      onFailure(e);
    }
  }

  @Override
  EndpointOwner owner() {
    return owner;
  }

  @Override
  public void onReady(SelectionKey key) {
    throw new IllegalStateException("the stream reads for " + this);
  }

  @Override
  public ByteBuffer readBuffer() {
    return loop.readBuffer();
  }

  @Override
  public void onReceived(ByteBuffer bytes) {
    recorder.recordSent(own.peer(), bytes);
    if (!isClosing()) {
      owner.onReceived(bytes);
    }
  }

  @Override
  public void onFin(boolean truncated) {
    String cause = truncated ? "without a close_notify" : "";
    recorder.recordFin(own.peer(), Termination.Kind.FIN, cause);
    if (!isClosing()) {
      owner.onPeerFin();
      terminateIfDone();
      probe.update();
    }
  }

  @Override
  public void onReset(SocketError error) {
    if (error == SocketError.TIMED_OUT) {
      recorder.recordRst(own.peer(), Termination.Kind.TIMED_OUT, "no answer any more");
    } else {
      recorder.recordRst(own.peer());
    }
    owner.onPeerReset();
    terminate();
  }

  /** What the peer sent before its reset is read, even if the owner does not want to read. */
  @Override
  public void onResetPending() {
    stream.setAutoRead(true);
  }

  @Override
  void setAutoRead(boolean enabled) {
    if (stream.setAutoRead(enabled || stream.input().isReset())) {
      probe.update();
    }
  }

  /** A connected channel is ready to connect only after a reset. */
  @Override
  public void onConnectable() {
    stream.onUnreadReset();
  }

  @Override
  public void onWritable() {
    owner.onFlushed();
    terminateIfDone();
  }

  @Override
  void readAll() {
    stream.readAll();
  }

  @Override
  void send(Bytes bytes) {
    if (!canSend() || bytes.isEmpty()) {
      return;
    }
    ByteBuffer out = loop.writeBuffer(bytes);
    recorder.recordSent(own, out);
    stream.send(out);
  }

  private boolean canSend() {
    return isOpen() && stream.input() != InputState.RESET && stream.output() != OutputState.SHUT;
  }

  @Override
  boolean isBusy() {
    return stream.isBusy();
  }

  @Override
  boolean hasTls() {
    return stream.io().isTls();
  }

  @Override
  boolean isHandshaking() {
    return stream.io().isHandshaking();
  }

  @Override
  long pendingBytes() {
    return stream.pendingBytes();
  }

  @Override
  void shutdownOutput() {
    if (isOpen()) {
      stream.shutdownOutput(true);
      terminateIfDone();
    }
  }

  @Override
  public void onOutputShut() {
    recordOwnFin();
  }

  private void terminateIfDone() {
    if (stream.isDone()) {
      terminate();
    }
  }

  @Override
  void close() {
    if (stream.output() != OutputState.SHUT) {
      // The kernel sends an RST instead of the FIN if something is left unread (RFC 2525, 2.17).
      startClosing();
      stream.readAll();
      if (!isOpen()) {
        return;
      }
      recordOwnFin();
      stream.sendCloseNotify();
    }
    terminate();
  }

  @Override
  void closeGracefully() {
    if (!stream.input().isReadable()) {
      close();
      return;
    }
    stream.shutdownOutput(true);
    stream.readAll();
    terminateIfDone();
  }

  @Override
  void reset() {
    if (!tcp) {
      // A Unix domain socket has no RST: its peer sees the end of the stream.
      close();
    } else if (isOpen()) {
      recordOwnRst();
      if (endsByItself()) {
        // What was received so far counts, and nothing can be read after the RST.
        stream.readAll();
      }
      if (isOpen()) {
        stream.resetOnClose();
        terminate();
      }
    }
  }

  @Override
  void startTls(@Nullable Tls tlsConfig, Bytes earlyBytes) {
    recorder.recordTlsStarted();
    TlsSetup setup = tlsConfig == null ? tlsSetup : null;
    Tls effectiveConfig = tlsConfig == null ? Tls.standard() : tlsConfig;
    startTls(
        setup == null ? TlsSetup.forStartTls(effectiveConfig, channel.socketChannel()) : setup,
        earlyBytes);
  }

  private void startTls(TlsSetup setup, Bytes earlyBytes) {
    TlsIo tls = new TlsIo(channel, setup, own, stream::onTlsTaskDone);
    tls.addEarly(earlyBytes);
    tls.startHandshake();
    stream.startTls(tls);
  }

  @Override
  boolean isExpectedTlsFailure() {
    return stream.io().isExpectedFailure();
  }

  @Override
  void readByteByByte(boolean enabled) {
    stream.readByteByByte(enabled);
  }

  @Override
  public void onHandshakeDone(TlsSession session) {
    recorder.recordTlsSession(session);
    owner.onHandshakeDone();
  }

  /** Ends the connection because TLS has failed, which TLS has told the peer. */
  @Override
  public void onTlsFailed(StreamIo io, boolean finReceived) {
    String reason = String.valueOf(io.failure());
    if (finReceived) {
      recorder.recordFin(own.peer());
    }
    recorder.recordNote("TLS failed: " + reason);
    owner.onTlsFailed(reason, io.isExpectedFailure());
    if (isOpen()) {
      if (stream.output() != OutputState.SHUT) {
        recorder.recordFin(own, Termination.Kind.FIN, "TLS failed");
      }
      io.discard();
      terminate();
    }
  }

  @Override
  public void addChannels(List<NetworkChannel> channels) {
    channels.add(channel.socketChannel());
  }

  @Override
  void closeChannel() throws IOException {
    if (connections != null) {
      connections.onClosed(this);
    }
    probe.close();
    stream.close();
  }
}
