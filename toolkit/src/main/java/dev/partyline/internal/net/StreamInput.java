package dev.partyline.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What an endpoint receives: each read returns what has happened. */
final class StreamInput {
  private InputState state = InputState.OPEN;
  private TlsProgress tls = TlsProgress.NONE;
  private SocketError error = SocketError.RESET;
  private boolean autoRead;
  private boolean byteAtATime;

  /** What a read has found. */
  enum ReadEvent {
    NOTHING,
    BYTES,
    HANDSHAKE_DONE,
    TLS_FAILED,
    /** TLS has failed, because the FIN came too early. */
    TLS_FAILED_BY_FIN,
    FIN,
    /** A FIN and, after it, an RST. */
    FIN_AND_RST,
    RST
  }

  /** What was told of TLS. */
  private enum TlsProgress {
    NONE,
    HANDSHAKE,
    DONE,
    FAILED
  }

  InputState state() {
    return state;
  }

  /** Returns the error by which a reset has shown itself. */
  SocketError error() {
    return error;
  }

  /** Returns whether the owner wants to read, and there may be something. */
  boolean isReading() {
    return autoRead && state.isReadable();
  }

  boolean isAutoRead() {
    return autoRead;
  }

  void setAutoRead(boolean enabled) {
    autoRead = enabled;
  }

  /** Reads single bytes, as long as TLS may start with the next one. */
  void setByteAtATime(boolean enabled) {
    byteAtATime = enabled;
  }

  void onTlsStarted() {
    tls = TlsProgress.HANDSHAKE;
  }

  /** Returns whether a failure is known that no read has returned yet. */
  boolean isFailing(StreamIo io) {
    boolean resetPending = state.isReadable() && state.isReset();
    return resetPending || isTlsFailing(io);
  }

  private boolean isTlsFailing(StreamIo io) {
    return io.failure() != null && tls != TlsProgress.FAILED;
  }

  /** Returns the room for a read. */
  ByteBuffer limit(StreamIo io, ByteBuffer in) {
    return byteAtATime && !io.isTls() ? in.limit(in.position() + 1) : in;
  }

  /** Returns whether there may be more after a read of so many bytes. */
  boolean mayHaveMore(StreamIo io, int count, int room) {
    // Under TLS the end may have come with the last bytes, and no selector reports it then.
    return count == room || count > 0 && (io.isTls() || state.isReset());
  }

  /** Reads once, and returns what has happened. */
  ReadEvent read(StreamIo io, ByteBuffer in) {
    int count;
    try {
      count = io.read(in);
    } catch (IOException e) {
      error = SocketError.of(e);
      state = InputState.RESET;
      return ReadEvent.RST;
    }
    if (tls == TlsProgress.HANDSHAKE && io.session() != null) {
      tls = TlsProgress.DONE;
      return ReadEvent.HANDSHAKE_DONE;
    }
    if (count > 0) {
      return ReadEvent.BYTES;
    }
    if (isTlsFailing(io)) {
      return failTls(io);
    }
    return count < 0 ? end() : ReadEvent.NOTHING;
  }

  /** Returns the failure of TLS, after which there is nothing to read. */
  ReadEvent failTls(StreamIo io) {
    boolean byFin = state.isReadable() && io.isTruncated();
    tls = TlsProgress.FAILED;
    state = InputState.EOF;
    return byFin ? ReadEvent.TLS_FAILED_BY_FIN : ReadEvent.TLS_FAILED;
  }

  private ReadEvent end() {
    InputState before = state;
    state = before == InputState.ERROR_PENDING ? InputState.RESET : InputState.EOF;
    return switch (before) {
      case OPEN -> ReadEvent.FIN;
      case RESET_PENDING -> ReadEvent.FIN_AND_RST;
      case ERROR_PENDING -> ReadEvent.RST;
      default -> ReadEvent.NOTHING;
    };
  }

  /** Called when a write has failed. */
  void onWriteError(IOException e) {
    state = state.afterWriteError(e);
  }

  /** Called when the channel reports an RST while nothing is read. */
  void onUnreadReset() {
    state = state == InputState.OPEN ? InputState.RESET_PENDING : state;
  }

  /** Takes the connection for reset by the peer. */
  void setReset() {
    state = InputState.RESET;
  }
}
