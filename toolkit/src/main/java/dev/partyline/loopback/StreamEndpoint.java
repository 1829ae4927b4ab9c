package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.InputState;
import dev.partyline.internal.net.OutputState;
import dev.partyline.internal.net.PlainIo;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.tls.TlsIo;
import dev.partyline.internal.net.tls.TlsSetup;
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
  private StreamIo io;
  private @Nullable SelectionKey key;
  private @Nullable ArrayDeque<ByteBuffer> writeQueue;
  private int interestOps;
  private boolean autoRead = true;
  private boolean byteAtATime;
  private boolean readScheduled;
  private InputState input = InputState.OPEN;
  private OutputState output = OutputState.OPEN;

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
    this.io = new PlainIo(channel);
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
      boolean readableAfterFlush = io.isReadableAfterFlush();
      flush();
      if (readableAfterFlush) {
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
    for (int i = 0; more && (io.isTls() || byteAtATime) && autoRead && i < MAX_READS; i++) {
      more = readOnce();
    }
    if (more && autoRead && !readScheduled && io.hasMore()) {
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
    return io.readBufferFor(loop.readBuffer());
  }

  private boolean readOnce() {
    ByteBuffer in = readBuffer();
    if (byteAtATime && !io.isTls()) {
      in.limit(1);
    }
    int count = readAndRecord(in);
    if (count > 0) {
      owner.onReceived(in);
    } else if (count < 0 && onEndOfInput()) {
      owner.onPeerFin();
      terminateIfBothShut();
    }
    if (count < 0 || io.isTls()) {
      updateInterest();
    }
    return count > 0 && isOpen();
  }

  /** Records why nothing more can be read; returns whether it is a FIN. */
  private boolean onEndOfInput() {
    if (!input.isReadable() || !isOpen()) {
      return false;
    }
    if (io.failure() != null) {
      return onTlsFailure();
    }
    if (input == InputState.ERROR_PENDING) {
      onInputReset();
      return false;
    }
    input = InputState.EOF;
    String cause = io.isTruncated() ? "without a close_notify" : "";
    recorder.recordFin(own.peer(), Termination.Kind.FIN, cause);
    return true;
  }

  /** Reads and records; returns how many bytes, or -1 at the end; an RST closes the endpoint. */
  private int readAndRecord(ByteBuffer in) {
    int count;
    try {
      count = io.read(in);
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
    input = InputState.RESET;
    recorder.recordRst(own.peer());
    owner.onPeerReset();
    terminate();
  }

  @Override
  void readAll() {
    for (int i = 0; i < MAX_READS && isOpen() && autoRead && input.isReadable(); i++) {
      if (!read()) {
        return;
      }
    }
  }

  @Override
  void send(Bytes bytes) {
    if (!isOpen() || input == InputState.RESET || output == OutputState.SHUT || bytes.isEmpty()) {
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
      io.write(out);
      return io.failure() == null || onTlsFailure();
    } catch (IOException e) {
      drainAfterReset(e);
      return false;
    }
  }

  /** Reads what the peer sent before its reset. */
  private void drainAfterReset(IOException writeError) {
    input = input.afterWriteError(writeError);
    while (input.isReadable() && readOnce()) {}
    if (input != InputState.RESET) {
      onInputReset();
    }
  }

  private void flush() throws IOException {
    if (!flushIo()) {
      updateInterest();
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
    if (output == OutputState.SHUT) {
      terminateIfBothShut();
    } else if (output == OutputState.SHUT_WANTED) {
      shutdownOutputNow();
    }
    if (isOpen()) {
      owner.onFlushed();
      updateInterest();
    }
  }

  private boolean flushIo() {
    try {
      return io.flush();
    } catch (IOException e) {
      drainAfterReset(e);
      return false;
    }
  }

  @Override
  boolean isBusy() {
    return writeQueue != null || io.isHandshaking() || io.hasUnsent();
  }

  @Override
  boolean hasTls() {
    return io.isTls();
  }

  @Override
  boolean isHandshaking() {
    return io.isHandshaking();
  }

  @Override
  long pendingBytes() {
    ArrayDeque<ByteBuffer> queue = writeQueue;
    return queue == null ? 0 : queue.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  @Override
  void shutdownOutput() {
    if (output == OutputState.OPEN && (writeQueue != null || isHandshaking())) {
      output = OutputState.SHUT_WANTED;
    } else if (output == OutputState.OPEN) {
      shutdownOutputNow();
    }
  }

  private void shutdownOutputNow() {
    if (!isOpen() || input == InputState.RESET) {
      return;
    }
    output = OutputState.SHUT;
    recordOwnFin();
    try {
      io.shutdownOutput(true);
    } catch (IOException e) {
      onInputReset();
      return;
    }
    // Under TLS a full channel takes the end later.
    updateInterest();
    terminateIfBothShut();
  }

  private void terminateIfBothShut() {
    if (output == OutputState.SHUT && !input.isReadable() && !io.hasUnsent()) {
      terminate();
    }
  }

  @Override
  void close() {
    drainBeforeClose();
    if (!isOpen()) {
      return;
    }
    if (output != OutputState.SHUT) {
      output = OutputState.SHUT;
      recordOwnFin();
      sendCloseNotify();
    }
    terminate();
  }

  private void sendCloseNotify() {
    try {
      io.sendCloseNotify();
    } catch (IOException e) {
      // The peer has closed the connection first.
      input = InputState.RESET;
    }
  }

  /** The kernel sends an RST instead of the FIN if something is left unread (RFC 2525, 2.17). */
  private void drainBeforeClose() {
    for (int i = 0; i < MAX_READS && autoRead && input.isReadable() && isOpen(); i++) {
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
    recordOwnRst();
    try {
      if (tcp) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // The peer has closed the connection first.
      input = InputState.RESET;
    }
    terminate();
  }

  @Override
  void setAutoRead(boolean enabled) {
    if (autoRead != enabled) {
      autoRead = enabled;
      if (enabled && io.isTls()) {
        // TLS may have finished a task meanwhile, or have bytes that no selector reports.
        read();
      }
      updateInterest();
    }
  }

  private void updateInterest() {
    SelectionKey selectionKey = key;
    int ops = io.interestOps(autoRead && input.isReadable(), writeQueue != null);
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
    return io.isExpectedFailure();
  }

  @Override
  void readByteByByte(boolean enabled) {
    byteAtATime = enabled;
  }

  private void startTlsStream(TlsSetup setup, Bytes earlyBytes) {
    try {
      TlsIo stream = new TlsIo(channel, setup, own, loop, this);
      io = stream;
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
  private boolean onTlsFailure() {
    String reason = String.valueOf(io.failure());
    if (io.isTruncated() && input.isReadable()) {
      recorder.recordFin(own.peer());
    }
    // The owner may ask for more to read: there is none.
    input = InputState.EOF;
    recorder.recordNote("TLS failed: " + reason);
    owner.onTlsFailed(reason, io.isExpectedFailure());
    if (isOpen()) {
      if (output != OutputState.SHUT) {
        output = OutputState.SHUT;
        recorder.recordFin(own, Termination.Kind.FIN, "TLS failed");
      }
      io.discard();
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
