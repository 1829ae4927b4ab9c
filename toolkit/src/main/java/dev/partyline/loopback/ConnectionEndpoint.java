package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EndpointProbe;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.OutputState;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.StreamEndpoint;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.StreamOwner;
import dev.partyline.internal.net.tls.TlsIo;
import dev.partyline.internal.net.tls.TlsOutcome;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Our end of a TCP or Unix domain connection: records it, and lets its owner act. */
final class ConnectionEndpoint extends Endpoint implements StreamOwner {
  private final boolean tcp;
  private final StreamChannel channel;
  private final StreamEndpoint stream;
  private final EndpointProbe probe;
  private final @Nullable AcceptedConnections connections;
  private final @Nullable TlsSetup tlsSetup;
  private final EndpointOwner owner;

  /** After the first bytes, the kernel must be told again not to delay its ACKs. */
  private boolean hasSent;

  /** Null as long as TLS has not started. */
  private @Nullable TlsIo tls;

  ConnectionEndpoint(
      EventLoop loop,
      StreamChannel channel,
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
    this.channel = channel;
    this.stream = new StreamEndpoint(channel, this);
    this.probe = new EndpointProbe(loop, stream);
    this.connections = connections;
    stream.setAutoRead(true);
    this.owner = ownerFactory.create(this);
  }

  @Override
  public void open() {
    try {
      stream.register();
      completeHandshake();
      TlsSetup setup = tlsSetup;
      if (setup != null && setup.implicit()) {
        startTls(setup, Bytes.EMPTY);
        completeHandshake();
      }
      owner.onOpened();
      if (tcp && isOpen()) {
        probe.onOpened();
      }
    } catch (IOException | RuntimeException | Error e) {
      onFailure(e);
    }
  }

  /** A client has delayed the last packet of its TCP handshake until its events are heard. */
  private void completeHandshake() {
    if (own == Side.CLIENT) {
      channel.sendAck();
    }
  }

  @Override
  EndpointOwner owner() {
    return owner;
  }

  @Override
  public void onReady(int readyOps) {
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
      discardUnsent();
      terminateIfDone();
      probe.update();
    }
  }

  /** What was not sent before the peer ended TLS for both directions is lost. */
  private void discardUnsent() {
    String reason = outputEnd();
    if (isOpen() && !reason.isEmpty() && stream.pendingBytes() > 0) {
      owner.onTlsFailed(reason, false);
      reset("because TLS ended before everything was sent");
    }
  }

  @Override
  public void onReset(SocketError error) {
    TlsIo io = tls;
    boolean inHandshake = io != null && io.isHandshaking();
    if (error == SocketError.TIMED_OUT) {
      recorder.recordRst(own.peer(), Termination.Kind.TIMED_OUT, "no answer any more");
    } else if (inHandshake) {
      recorder.recordRst(own.peer(), Termination.Kind.RST, "in the TLS handshake");
    } else {
      recorder.recordRst(own.peer());
    }
    if (io != null && inHandshake) {
      io.outcome().failByEnd("reset");
      owner.onTlsFailed(String.valueOf(io.failure()), io.outcome().isExpected());
    } else {
      owner.onPeerReset();
    }
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
    noticeReset();
  }

  /** Finds out whether the peer has reset the connection while nothing was read from it. */
  private void noticeReset() {
    probe.probe();
    if (stream.input().isReset()) {
      stream.readAll();
    }
  }

  @Override
  void send(Bytes bytes) {
    if (!canSend() || bytes.isEmpty()) {
      return;
    }
    ByteBuffer out = loop.writeBuffer(bytes);
    recorder.recordSent(own, out);
    stream.send(out);
    if (!hasSent) {
      hasSent = true;
      completeHandshake();
    }
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
  void requireOutput(String verb) {
    if (stream.output() != OutputState.OPEN) {
      throw new LoopbackException("cannot " + verb + " on " + this + ": our end has sent a FIN");
    }
  }

  @Override
  boolean shutdownOutput() {
    stream.read();
    noticeReset();
    if (isOpen()) {
      stream.shutdownOutput(true);
      terminateIfDone();
    }
    return !stream.input().isReset();
  }

  @Override
  public void onOutputShut() {
    recordOwnFin();
    if (lacksHalfClose() && stream.input() == InputState.OPEN) {
      recorder.recordNote(TlsOutcome.NO_HALF_CLOSE);
    }
  }

  private boolean lacksHalfClose() {
    TlsSession session = stream.io().session();
    return session != null && !session.hasHalfClose();
  }

  @Override
  String outputEnd() {
    if (stream.input() != InputState.EOF || stream.io().isTruncated()) {
      return "";
    }
    if (lacksHalfClose()) {
      return TlsOutcome.NO_HALF_CLOSE;
    }
    return tls != null && tls.isOutputClosed() ? TlsOutcome.BOTH_CLOSED : "";
  }

  private void terminateIfDone() {
    if (stream.isDone()) {
      terminate();
    }
  }

  @Override
  void close() {
    if (stream.output() != OutputState.SHUT && stream.input() != InputState.RESET) {
      // The kernel sends an RST instead of the FIN if something is left unread (RFC 2525, 2.17).
      startClosing();
      readAll();
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
    readAll();
    if (isOpen()) {
      stream.shutdownOutput(true);
      stream.readAll();
      terminateIfDone();
    }
  }

  @Override
  void reset() {
    if (!tcp) {
      // A Unix domain socket has no RST: its peer sees the end of the stream.
      close();
    } else if (stream.input() == InputState.RESET) {
      terminate();
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
    startTls(
        tlsConfig == null ? Objects.requireNonNull(tlsSetup) : TlsSetup.forStartTls(tlsConfig),
        earlyBytes);
  }

  private void startTls(TlsSetup setup, Bytes earlyBytes) {
    tls = setup.start(stream, channel, own, earlyBytes, recorder::recordNote);
  }

  @Override
  String tlsFault() {
    return tls == null ? "" : tls.outcome().faultText();
  }

  @Override
  void readByteByByte(boolean enabled) {
    stream.readByteByByte(enabled);
  }

  @Override
  public void onHandshakeDone(TlsSession session) {
    recorder.recordTlsSession(session);
    // A server need not have asked for the certificate of a client.
    owner.onHandshakeDone(
        own == Side.SERVER ? requireTls().outcome().certificateFault() : Optional.empty());
  }

  private TlsIo requireTls() {
    return Objects.requireNonNull(tls);
  }

  /** Ends the connection because TLS has failed, which TLS has told the peer. */
  @Override
  public void onTlsFailed(StreamIo io, boolean finReceived) {
    String reason = String.valueOf(io.failure());
    if (finReceived) {
      recorder.recordFin(own.peer());
    }
    recorder.recordNote("TLS failed: " + reason);
    owner.onTlsFailed(reason, requireTls().outcome().isExpected());
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
    channel.addSocket(channels);
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
