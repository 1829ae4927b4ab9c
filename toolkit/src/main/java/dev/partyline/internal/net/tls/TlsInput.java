package dev.partyline.internal.net.tls;

import dev.partyline.internal.net.StreamChannel;
import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Bytes that were received and not decrypted yet. */
final class TlsInput {
  /** A peer may never stop sending. */
  private static final int MAX_DISCARD_READS = 100;

  private final StreamChannel channel;
  private final ByteBuffer in;
  private Lack lack = Lack.NOTHING;

  /** The alert in a plaintext record, where the engine may expect an encrypted one. */
  private @Nullable String alert;

  /** What the last record could not be decrypted without. */
  private enum Lack {
    NOTHING,
    BYTES,
    ROOM
  }

  /**
   * Makes one.
   *
   * @param size the capacity in bytes
   */
  TlsInput(StreamChannel channel, int size) {
    this.channel = channel;
    this.in = ByteBuffer.allocate(size).flip();
  }

  /** Adds bytes that were received before TLS: {@link PlaintextRecord#canStartHandshake}. */
  void addEarly(Bytes earlyBytes) {
    in.clear();
    earlyBytes.putInto(in);
    in.flip();
  }

  boolean isEmpty() {
    return !in.hasRemaining();
  }

  /** Returns whether more has to be received before a record can be decrypted. */
  boolean isUnderflow() {
    return lack == Lack.BYTES || isEmpty();
  }

  /** Returns whether there was not enough room for what could be decrypted. */
  boolean isOverflow() {
    return lack == Lack.ROOM;
  }

  /** Reads from the channel; returns how many bytes, or -1 for a FIN. */
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
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      lack = Lack.ROOM;
    } else if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
      lack = Lack.BYTES;
    } else {
      lack = Lack.NOTHING;
    }
    return result;
  }

  /** Returns the alert of the peer that made the engine fail, null if there was none. */
  @Nullable String alert(SSLException e) {
    return alert == null ? TlsFailure.alert(e) : alert;
  }

  /** Returns why the engine failed, other than by an alert. */
  String failureText(SSLException e) {
    return TlsFailure.describe(e, in);
  }

  /** Drops what has been received. */
  void clear() {
    in.position(in.limit());
  }

  /** Reads and drops what will not be decrypted: unread bytes would turn the FIN into an RST. */
  void discard() {
    try {
      for (int i = 0; i < MAX_DISCARD_READS && channel.read(in.clear()) > 0; i++) {}
    } catch (IOException e) {
      // The peer is gone, and so is what it sent.
      clear();
    } finally {
      in.flip();
    }
  }
}
