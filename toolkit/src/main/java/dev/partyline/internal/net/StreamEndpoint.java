package dev.partyline.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Objects;

/**
 * One end of a TCP or Unix domain connection, plain or under TLS: a listener's, a client's, or one
 * of the two that a tap has. On the loop, it tells its {@link StreamOwner} how far both directions
 * have come, between reads and writes. It records nothing, and ends what the owner has ended.
 */
public final class StreamEndpoint implements EventHandler {
  /** Other connections of the loop must have their turn. */
  private static final int MAX_READS = 4;

  /** More than two kernels buffer for one direction: bytes after it were sent later. */
  private static final long MAX_SENT_BYTES = 16L << 20;

  private final StreamChannel channel;
  private final StreamOwner owner;
  private StreamIo io;
  private final StreamInput input = new StreamInput();
  private final StreamOutput output = new StreamOutput();
  private boolean readScheduled;
  private int connectOps;

  public StreamEndpoint(StreamChannel channel, StreamOwner owner) {
    this.channel = channel;
    this.owner = owner;
    this.io = new PlainIo(channel);
  }

  /** Lets the loop serve the channel. */
  public void register() throws IOException {
    updateInterest();
    channel.register(this);
  }

  public InputState input() {
    return input.state();
  }

  public OutputState output() {
    return output.state();
  }

  /** Returns whether both directions have ended. */
  public boolean isDone() {
    return output.state() == OutputState.SHUT && !input.state().isReadable() && !io.hasUnsent();
  }

  /** Returns whether something was not sent yet, be it the FIN. */
  public boolean hasUnsent() {
    return output.isQueued() || io.hasUnsent() || output.state() == OutputState.SHUT_WANTED;
  }

  /** Returns whether nothing more can be sent now. */
  public boolean isBusy() {
    return output.isQueued() || io.isHandshaking() || io.hasUnsent() || input.isFailing(io);
  }

  /** Returns how many bytes were not taken by the kernel yet. */
  public long pendingBytes() {
    return output.queuedBytes();
  }

  /** Returns what reads and writes, plain or under TLS. */
  public StreamIo io() {
    return io;
  }

  /** Goes on with TLS, whose handshake has started. */
  public void startTls(StreamIo tls) {
    io = tls;
    input.onTlsStarted();
    updateInterest();
    scheduleRead();
  }

  /** Called when a task of TLS is done: there may be more to read. */
  public void onTlsTaskDone() {
    read();
    updateInterest();
  }

  /** Reads what the peer sends, or stops, which the peer feels; returns whether that is new. */
  public boolean setAutoRead(boolean enabled) {
    if (input.isAutoRead() == enabled) {
      return false;
    }
    input.setAutoRead(enabled);
    updateInterest();
    if (enabled && io.isTls()) {
      // TLS may have finished a task meanwhile, or have bytes that no selector reports.
      scheduleRead();
    }
    return true;
  }

  /** Reads single bytes, as long as TLS may start with the next one. */
  public void readByteByByte(boolean enabled) {
    input.setByteAtATime(enabled);
  }

  /** Watches whether the channel is ready to connect. */
  public void setConnectInterest(boolean enabled) {
    connectOps = enabled ? SelectionKey.OP_CONNECT : 0;
    updateInterest();
  }

  private void updateInterest() {
    if (channel.isOpen()) {
      channel.setInterestOps(connectOps | io.interestOps(input.isReading(), output.isFull()));
    }
  }

  @Override
  public void onReady(int readyOps) {
    if ((readyOps & SelectionKey.OP_CONNECT) != 0) {
      owner.onConnectable();
      return;
    }
    if ((readyOps & SelectionKey.OP_READ) != 0) {
      read();
    }
    if ((readyOps & SelectionKey.OP_WRITE) != 0 && channel.isOpen()) {
      boolean readableAfterFlush = io.isReadableAfterFlush();
      flush();
      if (readableAfterFlush) {
        read();
      }
    }
  }

  private void scheduleRead() {
    if (!readScheduled) {
      readScheduled = true;
      channel.execute(this::continueReading);
    }
  }

  private void continueReading() {
    readScheduled = false;
    reportFailure();
    read();
  }

  /** Reads what is there, other connections having their turn in between. */
  public void read() {
    for (int i = 0; i < MAX_READS && canRead(); i++) {
      ByteBuffer in = readBuffer();
      int room = in.remaining();
      if (!input.mayHaveMore(io, readOnce(in), room)) {
        return;
      }
    }
    if (canRead() && io.hasMore()) {
      scheduleRead();
    }
  }

  /** Reads all that was sent so far, also what only our ACK releases (Nagle, RFC 9293, 3.7.4). */
  public void readAll() {
    reportFailure();
    boolean acknowledged = false;
    for (long total = 0; total < MAX_SENT_BYTES && canRead(); ) {
      int count = readOnce(readBuffer());
      if (count == 0 && (acknowledged || !channel.sendAck())) {
        return;
      }
      acknowledged = count == 0;
      total += count;
    }
  }

  boolean canRead() {
    return input.isReading() && channel.isOpen();
  }

  private ByteBuffer readBuffer() {
    return input.limit(io, io.readBufferFor(owner.readBuffer()));
  }

  /** Reads once, and tells the owner; returns how many bytes, at least 1 if it can go on. */
  private int readOnce(ByteBuffer in) {
    StreamInput.ReadEvent event = input.read(io, in);
    int count = in.flip().remaining();
    switch (event) {
      case NOTHING -> {}
      case BYTES -> owner.onReceived(in);
      case HANDSHAKE_DONE -> onHandshakeDone();
      case TLS_FAILED -> owner.onTlsFailed(io, false);
      case TLS_FAILED_BY_FIN -> owner.onTlsFailed(io, true);
      case FIN -> owner.onFin(io.isTruncated());
      case FIN_AND_RST -> {
        owner.onFin(io.isTruncated());
        onResetAfterFin();
      }
      case RST -> owner.onReset(input.error());
    }
    if (event != StreamInput.ReadEvent.BYTES || io.isTls()) {
      updateInterest();
    }
    return event == StreamInput.ReadEvent.HANDSHAKE_DONE ? 1 : count;
  }

  private void onHandshakeDone() {
    owner.onHandshakeDone(Objects.requireNonNull(io.session()));
    if (channel.isOpen()) {
      flush();
    }
  }

  /** Called when the channel reports an RST while nothing is read from it. */
  public void onUnreadReset() {
    boolean afterFin = input.state() == InputState.EOF;
    input.onUnreadReset();
    if (afterFin) {
      onResetAfterFin();
    } else {
      owner.onResetPending();
      read();
    }
  }

  /** The owner hears of it when it has done what it is about to do. */
  private void onWriteError(IOException e) {
    boolean afterFin = input.state() == InputState.EOF;
    input.onWriteError(e);
    if (afterFin) {
      channel.execute(this::onResetAfterFin);
    } else {
      scheduleRead();
    }
  }

  private void onResetAfterFin() {
    if (input.state() != InputState.RESET && channel.isOpen()) {
      input.setReset();
      owner.onReset(input.error());
    }
  }

  /** Tells the owner what a write has found. */
  private void reportFailure() {
    if (!channel.isOpen() || !input.isFailing(io)) {
      return;
    }
    if (io.failure() != null) {
      owner.onTlsFailed(io, input.failTls(io) == StreamInput.ReadEvent.TLS_FAILED_BY_FIN);
    } else {
      owner.onResetPending();
    }
  }

  /** Writes what can be written now; returns how many bytes, or -1 if the peer takes no more. */
  public int write(ByteBuffer out) {
    if (input.state().isReset() || io.failure() != null) {
      return -1;
    }
    boolean full = output.isFull();
    int count;
    try {
      count = output.write(io, out);
    } catch (IOException e) {
      onWriteError(e);
      return -1;
    }
    if (io.failure() != null) {
      scheduleRead();
      return -1;
    }
    if (full || output.isFull() || io.isTls()) {
      updateInterest();
    }
    return count;
  }

  /** Sends bytes; those that cannot be written now are copied, and sent later. */
  public void send(ByteBuffer out) {
    if (input.state().isReset()) {
      return;
    }
    try {
      output.send(io, out);
      onWritten();
    } catch (IOException e) {
      onWriteError(e);
    }
  }

  private void onWritten() {
    if (io.failure() != null) {
      scheduleRead();
    }
    updateInterest();
  }

  private void flush() {
    try {
      if (output.flush(io)) {
        if (output.state() == OutputState.SHUT_WANTED) {
          shutdownOutputNow();
        }
        owner.onWritable();
      }
      onWritten();
    } catch (IOException e) {
      onWriteError(e);
    }
  }

  /**
   * Sends a FIN as soon as everything was sent.
   *
   * @param closeNotify whether TLS says so before it (RFC 8446, 6.1)
   */
  public void shutdownOutput(boolean closeNotify) {
    if (input.state() != InputState.RESET && output.end(io, closeNotify)) {
      try {
        shutdownOutputNow();
      } catch (IOException e) {
        onWriteError(e);
      }
    }
  }

  private void shutdownOutputNow() throws IOException {
    output.setShut();
    owner.onOutputShut();
    output.shutdown(io);
    updateInterest();
  }

  /** Ends TLS, if there is any, because the channel is about to be closed: the kernel's FIN. */
  public void sendCloseNotify() {
    output.setShut();
    try {
      io.sendCloseNotify();
    } catch (IOException e) {
      // The peer has closed the connection first.
      input.setReset();
    }
  }

  /** Makes the close that follows send an RST, where there is one. */
  public void resetOnClose() {
    try {
      channel.resetOnClose();
    } catch (IOException e) {
      // The peer has closed the connection first.
      input.setReset();
    }
  }

  /**
   * Calls {@link StreamOwner#onWritable} when the peer has taken practically all that was written;
   * returns whether that can be known.
   */
  public boolean notifyWhenTaken() {
    boolean possible = false;
    try {
      possible = channel.limitSendBuffer();
    } catch (IOException e) {
      onWriteError(e);
    }
    output.setFull(possible);
    updateInterest();
    return possible;
  }

  public void close() throws IOException {
    channel.close();
  }

  @Override
  public void onTimeout(long now) {
    throw new IllegalStateException("the owner has the timer of " + this);
  }

  @Override
  public void onFailure(Throwable failure) {
    owner.onFailure(failure);
  }

  /** Returns the state as TCP calls it (RFC 9293, 3.3.2). */
  @Override
  public String toString() {
    if (input.state().isReset() || !channel.isOpen()) {
      return "CLOSED";
    }
    boolean shut = output.state() == OutputState.SHUT;
    return input.state() == InputState.EOF
        ? shut ? "LAST_ACK" : "CLOSE_WAIT"
        : shut ? "FIN_WAIT" : "ESTABLISHED";
  }
}
