package dev.partyline.internal.net.tls;

import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Encrypted bytes that were not sent yet, and how many of them may be sent. */
final class TlsOutput {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final int maxRecordBytes;

  /** How many bytes may still be sent before a fault cuts the connection. */
  private long allowedBytes;

  private ByteBuffer out;
  private boolean hasWritten;

  /**
   * Makes one.
   *
   * @param maxRecordBytes more bytes than any record has
   * @param recordCount the capacity in records
   */
  TlsOutput(SocketChannel channel, int maxRecordBytes, int recordCount, long allowedBytes) {
    this.channel = channel;
    this.maxRecordBytes = maxRecordBytes;
    this.allowedBytes = allowedBytes;
    this.out = ByteBuffer.allocate(maxRecordBytes * recordCount).flip();
  }

  boolean isEmpty() {
    return !out.hasRemaining();
  }

  /** Returns whether a byte was sent. */
  boolean hasWritten() {
    return hasWritten;
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
  SSLEngineResult wrap(SSLEngine engine) throws SSLException {
    out.clear();
    try {
      return engine.wrap(EMPTY, out);
    } finally {
      out.flip();
    }
  }

  /** Encrypts as much as there is room for; everything before was sent. */
  void wrap(SSLEngine engine, ByteBuffer plaintext) throws SSLException {
    out.clear();
    try {
      while (plaintext.hasRemaining() && out.remaining() >= maxRecordBytes) {
        if (engine.wrap(plaintext, out).getStatus() != Status.OK) {
          throw new SSLException(
              "TLS has ended; TLS 1.2 ends as soon as one side ends it, because it has no half"
                  + " close (RFC 5246, 7.2.1)");
        }
      }
    } finally {
      out.flip();
    }
  }

  /** Writes as much as the channel takes and may be sent; returns whether all of it was sent. */
  boolean flush() throws IOException {
    while (out.hasRemaining() && allowedBytes > 0) {
      int size = (int) Math.min(out.remaining(), allowedBytes);
      int count = channel.write(out.slice(out.position(), size));
      out.position(out.position() + count);
      allowedBytes -= count;
      hasWritten |= count > 0;
      if (count < size) {
        return false;
      }
    }
    return !out.hasRemaining();
  }
}
