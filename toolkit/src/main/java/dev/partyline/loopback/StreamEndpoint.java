package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.internal.net.tls.TlsIo;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our endpoint of a TCP or Unix domain connection. */
final class StreamEndpoint extends Endpoint {
  private static final int MAX_READS = 256;

  private final SocketChannel channel;
  private final boolean tcp;
  private final @Nullable AcceptedConnections connections;
  private final @Nullable TlsSetup tlsSetup;
  private final EndpointOwner owner;
  private @Nullable TlsIo tls;
  private @Nullable SelectionKey key;
  private @Nullable ArrayDeque<ByteBuffer> writeQueue;
  private int interestOps;
  private boolean autoRead = true;
  private boolean byteAtATime;
  private boolean readScheduled;
  private boolean shutWanted;
  private boolean outputShut;
  private boolean inputEof;
  private boolean inputReset;

  /** Whether a write has reported an RST: a read reports only an end of input then. */
  private boolean resetPending;

  StreamEndpoint(
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
    this.tlsSetup = tlsSetup;
    this.channel = channel;
    this.tcp = tcp;
    this.connections = connections;
    this.owner = ownerFactory.create(this);
  }

  @Override
  public void open() {
    interestOps = autoRead ? SelectionKey.OP_READ : 0;
    try {
      key = loop.register(channel, interestOps, this);
      TlsSetup setup = tlsSetup;
      if (setup != null && setup.implicit()) {
        startTlsStream(setup, Bytes.EMPTY);
      }
      owner.onOpened();
    } catch (IOException | RuntimeException | Error e) {
      onFailure(e);
    }
  }

  @Override
  EndpointOwner owner() {
    return owner;
  }

  @Override
  public void onReady(SelectionKey key) throws IOException {
    int ops = key.readyOps();
    if ((ops & SelectionKey.OP_READ) != 0) {
      read();
    }
    if ((ops & SelectionKey.OP_WRITE) != 0 && isOpen()) {
      boolean wasWaitingForFlush = tls != null && tls.isWaitingForFlush();
      flush();
      if (wasWaitingForFlush || isHandshaking()) {
        read();
      }
    }
  }

  /** Returns whether there may be more to read. */
  private boolean read() {
    if (!autoRead) {
      return false;
    }
    boolean more = readOnce();
    // Under TLS the end may have come with the last bytes, and no selector reports it then.
    for (int i = 0; more && (tls != null || byteAtATime) && autoRead && i < MAX_READS; i++) {
      more = readOnce();
    }
    if (more && autoRead && !readScheduled && tls != null && tls.hasMore()) {
      // Other connections have their turn first.
      readScheduled = true;
      loop.execute(this, this::continueReading);
    }
    return more;
  }

  private void continueReading() {
    readScheduled = false;
    if (isOpen()) {
      read();
    }
  }

  private ByteBuffer readBuffer() {
    return tls == null ? loop.readBuffer() : tls.readBufferFor(loop.readBuffer());
  }

  private boolean readOnce() {
    ByteBuffer in = readBuffer();
    if (byteAtATime && tls == null) {
      in.limit(1);
    }
    int count = readAndRecord(in);
    if (count > 0) {
      owner.onReceived(in);
    } else if (count < 0 && onEndOfInput()) {
      owner.onPeerFin();
      terminateIfBothShut();
    }
    if (count < 0 || tls != null) {
      updateInterest();
    }
    return count > 0 && isOpen();
  }

  /** Records why nothing more can be read; returns whether it is a FIN. */
  private boolean onEndOfInput() {
    if (inputReset || inputEof || !isOpen()) {
      return false;
    }
    if (tls != null && tls.failure() != null) {
      return onTlsFailure(tls);
    }
    if (resetPending) {
      onInputReset();
      return false;
    }
    inputEof = true;
    String cause = tls != null && tls.isTruncated() ? "without a close_notify" : "";
    recorder.recordFin(own.peer(), Termination.Kind.FIN, cause);
    return true;
  }

  /** Reads and records; returns how many bytes, or -1 at the end; an RST closes the endpoint. */
  private int readAndRecord(ByteBuffer in) {
    int count;
    try {
      count = tls == null ? channel.read(in) : tls.read(in);
    } catch (IOException e) {
      if (isOpen()) {
        onInputReset();
      }
      return -1;
    }
    in.flip();
    if (count > 0) {
      recorder.recordSent(own.peer(), in);
    }
    return count;
  }

  private void onInputReset() {
    inputReset = true;
    recorder.recordRst(own.peer());
    owner.onPeerReset();
    terminate();
  }

  @Override
  void readAll() {
    for (int i = 0; i < MAX_READS && isOpen() && autoRead && !inputEof; i++) {
      if (!read()) {
        return;
      }
    }
  }

  @Override
  void send(Bytes bytes) {
    if (!isOpen() || inputReset || outputShut || bytes.isEmpty()) {
      return;
    }
    ByteBuffer out = loop.writeBuffer(bytes);
    recorder.recordSent(own, out);
    ArrayDeque<ByteBuffer> queue = writeQueue;
    if (queue == null) {
      if (!write(out) || !out.hasRemaining()) {
        updateInterest();
        return;
      }
      queue = new ArrayDeque<>();
      writeQueue = queue;
    }
    queue.add(Bytes.copyOf(out).toBuffer());
    updateInterest();
  }

  private boolean write(ByteBuffer out) {
    try {
      if (tls == null) {
        channel.write(out);
        return true;
      }
      tls.write(out);
      return tls.failure() == null || onTlsFailure(tls);
    } catch (IOException e) {
      drainAfterReset(e);
      return false;
    }
  }

  /** Reads what the peer sent before its reset. */
  private void drainAfterReset(IOException writeError) {
    // After a FIN, Linux reports the RST as a broken pipe.
    resetPending = !SocketError.BROKEN_PIPE.matches(writeError);
    while (!inputEof && !inputReset && readOnce()) {}
    if (!inputReset) {
      onInputReset();
    }
  }

  private void flush() throws IOException {
    TlsIo stream = tls;
    if (stream != null && !flushTls(stream)) {
      return;
    }
    ArrayDeque<ByteBuffer> queue = writeQueue;
    while (queue != null && !queue.isEmpty()) {
      ByteBuffer next = queue.element();
      if (!write(next) || next.hasRemaining()) {
        return;
      }
      queue.remove();
    }
    writeQueue = null;
    if (isBusy()) {
      updateInterest();
      return;
    }
    if (outputShut) {
      terminateIfBothShut();
    } else if (shutWanted) {
      shutdownOutputNow();
    }
    if (isOpen()) {
      owner.onFlushed();
      updateInterest();
    }
  }

  private boolean flushTls(TlsIo stream) {
    try {
      return stream.flush();
    } catch (IOException e) {
      drainAfterReset(e);
      return false;
    }
  }

  @Override
  boolean isBusy() {
    TlsIo stream = tls;
    return writeQueue != null || stream != null && (stream.isHandshaking() || stream.hasUnsent());
  }

  @Override
  boolean hasTls() {
    return tls != null;
  }

  @Override
  boolean isHandshaking() {
    return tls != null && tls.isHandshaking();
  }

  @Override
  long pendingBytes() {
    ArrayDeque<ByteBuffer> queue = writeQueue;
    return queue == null ? 0 : queue.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  @Override
  void shutdownOutput() {
    if (writeQueue != null || isHandshaking()) {
      shutWanted = true;
    } else {
      shutdownOutputNow();
    }
  }

  private void shutdownOutputNow() {
    if (!isOpen() || outputShut || inputReset) {
      return;
    }
    outputShut = true;
    recorder.recordFin(own);
    try {
      if (tls == null) {
        channel.shutdownOutput();
      } else {
        tls.shutdownOutput(true);
      }
    } catch (IOException e) {
      onInputReset();
      return;
    }
    // Under TLS a full channel takes the end later.
    updateInterest();
    terminateIfBothShut();
  }

  private void terminateIfBothShut() {
    if (outputShut && inputEof && (tls == null || !tls.hasUnsent())) {
      terminate();
    }
  }

  @Override
  void close() {
    drainBeforeClose();
    if (!isOpen()) {
      return;
    }
    if (!outputShut) {
      outputShut = true;
      recorder.recordFin(own);
      sendCloseNotify();
    }
    terminate();
  }

  private void sendCloseNotify() {
    try {
      if (tls != null) {
        tls.shutdownOutput(true);
      }
    } catch (IOException e) {
      // The peer has closed the connection first.
      inputReset = true;
    }
  }

  /** The kernel sends an RST instead of the FIN if something is left unread (RFC 2525, 2.17). */
  private void drainBeforeClose() {
    for (int i = 0; i < MAX_READS && autoRead && !inputEof && isOpen(); i++) {
      int count = readAndRecord(readBuffer());
      if (count < 0) {
        onEndOfInput();
      }
      if (count <= 0) {
        return;
      }
    }
  }

  @Override
  void reset() {
    if (!isOpen()) {
      return;
    }
    recorder.recordRst(own);
    try {
      if (tcp) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // The peer has closed the connection first.
      inputReset = true;
    }
    terminate();
  }

  @Override
  void setAutoRead(boolean enabled) {
    if (autoRead != enabled) {
      autoRead = enabled;
      if (enabled && tls != null) {
        // TLS may have finished a task meanwhile, or have bytes that no selector reports.
        read();
      }
      updateInterest();
    }
  }

  private void updateInterest() {
    SelectionKey selectionKey = key;
    TlsIo stream = tls;
    boolean readBlocked = stream != null && (stream.isTaskRunning() || stream.isWaitingForFlush());
    boolean wantsRead = autoRead && !inputEof && !readBlocked;
    boolean wantsWrite =
        stream == null
            ? writeQueue != null
            : stream.isWriteWanted() || writeQueue != null && !stream.isHandshaking();
    int ops = (wantsRead ? SelectionKey.OP_READ : 0) | (wantsWrite ? SelectionKey.OP_WRITE : 0);
    if (selectionKey != null && ops != interestOps && isOpen()) {
      interestOps = ops;
      selectionKey.interestOps(ops);
    }
  }

  @Override
  void startTls(@Nullable Tls tlsConfig, Bytes earlyBytes) {
    recorder.recordTlsStarted();
    TlsSetup setup = tlsConfig == null ? tlsSetup : null;
    Tls effectiveConfig = tlsConfig == null ? Tls.standard() : tlsConfig;
    startTlsStream(
        setup == null ? TlsSetup.forStartTls(effectiveConfig, channel) : setup, earlyBytes);
  }

  @Override
  boolean isExpectedTlsFailure() {
    return tls != null && tls.isExpectedFailure();
  }

  @Override
  void readByteByByte(boolean enabled) {
    byteAtATime = enabled;
  }

  private void startTlsStream(TlsSetup setup, Bytes earlyBytes) {
    try {
      TlsIo stream = new TlsIo(channel, setup, own, loop, this);
      tls = stream;
      stream.addEarly(earlyBytes);
      stream.startHandshake();
      read();
    } catch (IOException e) {
      onInputReset();
    }
  }

  @Override
  public void onHandshakeDone(TlsSession session) throws IOException {
    recorder.recordTlsSession(session);
    owner.onHandshakeDone();
    if (isOpen()) {
      flush();
    }
  }

  @Override
  public void onTaskDone() {
    if (isOpen()) {
      read();
    }
  }

  /** Ends the connection because TLS has failed, which TLS has told the peer. */
  private boolean onTlsFailure(TlsIo stream) {
    String reason = String.valueOf(stream.failure());
    if (stream.isTruncated() && !inputEof) {
      recorder.recordFin(own.peer());
    }
    // The owner may ask for more to read: there is none.
    inputEof = true;
    recorder.recordNote("TLS failed: " + reason);
    owner.onTlsFailed(reason, stream.isExpectedFailure());
    if (isOpen()) {
      if (!outputShut) {
        outputShut = true;
        recorder.recordFin(own, Termination.Kind.FIN, "TLS failed");
      }
      stream.discard();
      terminate();
    }
    return false;
  }

  @Override
  public void addChannels(List<NetworkChannel> channels) {
    channels.add(channel);
  }

  @Override
  void closeChannel() throws IOException {
    if (connections != null) {
      connections.onClosed(this);
    }
    channel.close();
  }
}
