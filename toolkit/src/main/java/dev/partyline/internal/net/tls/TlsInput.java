package dev.partyline.internal.net.tls;

import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What has come and is not decrypted yet. */
final class TlsInput {
  /** Somebody may go on speaking for ever. */
  private static final int MAX_DISCARD_READS = 100;

  private final SocketChannel channel;
  private final ByteBuffer in;
  private boolean underflow;
  private boolean overflow;

  /** The alert that came in clear, where the engine may expect it encrypted. */
  private @Nullable String alert;

  /**
   * Makes one.
   *
   * @param size for how many bytes there is room
   */
  TlsInput(SocketChannel channel, int size) {
    this.channel = channel;
    this.in = ByteBuffer.allocate(size).flip();
  }

  /** Has this come already when the handshake begins: {@link PlaintextRecord#canStartHandshake}. */
  void addEarly(Bytes earlyBytes) {
    in.clear();
    earlyBytes.putInto(in);
    in.flip();
  }

  boolean isEmpty() {
    return !in.hasRemaining();
  }

  /** Returns whether more has to come before anything can be decrypted. */
  boolean isUnderflow() {
    return underflow || isEmpty();
  }

  /** Returns whether there was not room enough for all that could be decrypted. */
  boolean isOverflow() {
    return overflow;
  }

  /** Reads what has come; returns how many bytes, or -1 for a FIN. */
  int fill() throws IOException {
    in.compact();
    try {
      return channel.read(in);
    } finally {
      in.flip();
    }
  }

  /** Decrypts the next record. */
  SSLEngineResult unwrap(SSLEngine engine, ByteBuffer plaintext) throws SSLException {
    alert = PlaintextRecord.plaintextAlert(in);
    SSLEngineResult result = engine.unwrap(in, plaintext);
    overflow = result.getStatus() == Status.BUFFER_OVERFLOW;
    underflow = !overflow && result.bytesConsumed() == 0 && result.bytesProduced() == 0;
    return result;
  }

  /** Returns which alert of the peer it was that made the engine fail, null if it was none. */
  @Nullable String alert(SSLException e) {
    return alert == null ? TlsFailure.alert(e) : alert;
  }

  /** Returns why the engine failed, if it was no alert. */
  String failureText(SSLException e) {
    return TlsFailure.describe(e, in);
  }

  /** Nothing that is here can be decrypted. */
  void markUnderflow() {
    underflow = true;
  }

  /** Forgets what has come. */
  void clear() {
    in.position(in.limit());
  }

  /** Reads away what nobody will decrypt: what is left unread would make an RST of the FIN. */
  void discard() throws IOException {
    try {
      for (int i = 0; i < MAX_DISCARD_READS && channel.read(in.clear()) > 0; i++) {}
    } finally {
      in.flip();
    }
  }
}
