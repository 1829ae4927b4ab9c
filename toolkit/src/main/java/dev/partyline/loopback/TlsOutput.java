package dev.partyline.loopback;

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
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final int record;

  /** How many bytes may still leave before the connection is cut. */
  private long allowance;

  private ByteBuffer out;
  private boolean begun;

  /**
   * Makes one.
   *
   * @param record more bytes than any record has
   * @param records for how many of them there is room
   */
  TlsOutput(SocketChannel channel, int record, int records, long allowance) {
    this.channel = channel;
    this.record = record;
    this.allowance = allowance;
    this.out = ByteBuffer.allocate(record * records).flip();
  }

  boolean isEmpty() {
    return !out.hasRemaining();
  }

  /** Returns whether something has left. */
  boolean hasBegun() {
    return begun;
  }

  /** Returns whether all that may leave has left. */
  boolean isSpent() {
    return allowance == 0;
  }

  /** Returns whether more may leave than there is. */
  boolean falls() {
    return allowance > out.remaining();
  }

  /** Forgets what has not left. */
  void clear() {
    out.position(out.limit());
  }

  /** Has these bytes leave as they stand, and no others. */
  void replaceBy(Bytes bytes) {
    out = bytes.toBuffer();
  }

  /** Encrypts what the engine has to say of its own; everything before has left. */
  SSLEngineResult wrap(SSLEngine engine) throws SSLException {
    out.clear();
    try {
      return engine.wrap(NOTHING, out);
    } finally {
      out.flip();
    }
  }

  /** Encrypts as much as there is room for; everything before has left. */
  void wrap(SSLEngine engine, ByteBuffer plain) throws SSLException {
    out.clear();
    try {
      while (plain.hasRemaining() && out.remaining() >= record) {
        if (engine.wrap(plain, out).getStatus() != Status.OK) {
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
    while (out.hasRemaining() && allowance > 0) {
      int size = (int) Math.min(out.remaining(), allowance);
      int count = channel.write(out.slice(out.position(), size));
      out.position(out.position() + count);
      allowance -= count;
      begun |= count > 0;
      if (count < size) {
        return false;
      }
    }
    return !out.hasRemaining();
  }
}
