package dev.partyline.internal.net.tls;

import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.tls.TlsState.Output;
import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Encrypted bytes that were not sent yet, and how many of them may be sent. */
final class TlsOutput {
  /** A message of the handshake may come before the alert. */
  private static final int MAX_ALERT_RECORDS = 4;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final StreamChannel channel;
  private final int maxRecordBytes;

  /** How many bytes may still be sent before a fault cuts the connection. */
  private long allowedBytes;

  private final TlsEngine engine;
  private ByteBuffer out;
  private Output state = Output.OPEN;

  /**
   * Makes one.
   *
   * @param maxRecordBytes more bytes than any record has
   * @param recordCount the capacity in records
   */
  TlsOutput(
      StreamChannel channel,
      TlsEngine engine,
      int maxRecordBytes,
      int recordCount,
      TlsOutcome outcome) {
    this.channel = channel;
    this.engine = engine;
    this.maxRecordBytes = maxRecordBytes;
    this.allowedBytes = outcome.allowedBytes();
    this.out = ByteBuffer.allocate(maxRecordBytes * recordCount).flip();
  }

  boolean isEmpty() {
    return !out.hasRemaining();
  }

  /** Returns whether all bytes that may be sent were sent. */
  boolean isAllowanceSpent() {
    return allowedBytes == 0;
  }

  /** Returns whether more bytes may be sent than there are. */
  boolean isBelowAllowance() {
    return allowedBytes > out.remaining();
  }

  /** Drops what was not sent. */
  void clear() {
    out.position(out.limit());
  }

  /** Replaces what is to be sent by these bytes, which are not encrypted. */
  void replaceWith(Bytes bytes) {
    out = bytes.toBuffer();
  }

  /** Encrypts messages of the engine itself; everything before was sent. */
  SSLEngineResult wrap() throws SSLException {
    out.clear();
    try {
      return engine.get().wrap(EMPTY, out);
    } finally {
      out.flip();
    }
  }

  /** Encrypts as much as there is room for; everything before was sent. */
  void wrap(ByteBuffer plaintext) throws SSLException {
    out.clear();
    try {
      while (plaintext.hasRemaining() && out.remaining() >= maxRecordBytes) {
        if (engine.get().wrap(plaintext, out).getStatus() != Status.OK) {
          throw new SSLException(
              engine.session().hasHalfClose() ? TlsOutcome.BOTH_CLOSED : TlsOutcome.NO_HALF_CLOSE);
        }
      }
    } finally {
      out.flip();
    }
  }

  /** Returns whether the end of our output has yet to be sent. */
  boolean isEndWanted() {
    return state.isEndWanted();
  }

  /** Ends our output once everything was sent, with or without a close_notify. */
  void end(boolean closeNotify) {
    if (state == Output.OPEN) {
      state = closeNotify ? Output.CLOSE_NOTIFY_WANTED : Output.FIN_WANTED;
    }
  }

  /**
   * Sends what is encrypted, and then the end.
   *
   * @param mayEnd whether the end may be sent, which it may not during the handshake
   * @return whether everything was sent that may be
   */
  boolean send(boolean mayEnd) throws IOException {
    while (flush()) {
      if (!mayEnd || !isEndWanted()) {
        return true;
      }
      if (state == Output.CLOSE_NOTIFY_WANTED) {
        state = Output.FIN_WANTED;
        engine.get().closeOutbound();
        wrap();
      } else {
        state = Output.SHUT;
        channel.shutdownOutput();
      }
    }
    return false;
  }

  private boolean isWrapNeeded() {
    return engine.status() == HandshakeStatus.NEED_WRAP;
  }

  /** Sends the alert for what the engine has found wrong, if the channel takes it at once. */
  void sendAlert() {
    try {
      for (int i = 0; i < MAX_ALERT_RECORDS && isWrapNeeded() && flush(); i++) {
        wrap();
        flush();
      }
    } catch (IOException e) {
      // The peer is gone, or there is no alert for it: the first failure is the one that counts.
      clear();
    }
  }

  /** Writes as much as the channel takes and may be sent; returns whether all of it was sent. */
  private boolean flush() throws IOException {
    while (out.hasRemaining() && allowedBytes > 0) {
      int size = (int) Math.min(out.remaining(), allowedBytes);
      int count = channel.write(out.slice(out.position(), size));
      out.position(out.position() + count);
      allowedBytes -= count;
      if (count < size) {
        return false;
      }
    }
    return !out.hasRemaining();
  }
}
