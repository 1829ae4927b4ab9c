package dev.partyline.internal.net.tls;

import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** What is encrypted and has not left yet, and how much of it may leave. */
final class TlsOutput {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final int maxRecordBytes;

  /** How many bytes may still leave before the connection is cut. */
  private long allowedBytes;

  private ByteBuffer out;
  private boolean hasWritten;

  /**
   * Makes one.
   *
   * @param maxRecordBytes more bytes than any record has
   * @param recordCount for how many of them there is room
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

  /** Returns whether something has left. */
  boolean hasWritten() {
    return hasWritten;
  }

  /** Returns whether all that may leave has left. */
  boolean isAllowanceSpent() {
    return allowedBytes == 0;
  }

  /** Returns whether more may leave than there is. */
  boolean isBelowAllowance() {
    return allowedBytes > out.remaining();
  }

  /** Forgets what has not left. */
  void clear() {
    out.position(out.limit());
  }

  /** Has these bytes leave as they stand, and no others. */
  void replaceWith(Bytes bytes) {
    out = bytes.toBuffer();
  }

  /** Encrypts what the engine has to say of its own; everything before has left. */
  SSLEngineResult wrap(SSLEngine engine) throws SSLException {
    out.clear();
    try {
      return engine.wrap(EMPTY, out);
    } finally {
      out.flip();
    }
  }

  /** Encrypts as much as there is room for; everything before has left. */
  void wrap(SSLEngine engine, ByteBuffer plaintext) throws SSLException {
    out.clear();
    try {
      while (plaintext.hasRemaining() && out.remaining() >= maxRecordBytes) {
        if (engine.wrap(plaintext, out).getStatus() != Status.OK) {
          throw new SSLException(
              "TLS has been ended; under TLS 1.2 that is so as soon as one side has ended it, for it"
                  + " has no half close (RFC 5246, 7.2.1)");
        }
      }
    } finally {
      out.flip();
    }
  }

  /** Writes what the channel takes and what may leave; returns whether all of it has left. */
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
