package dev.partyline.internal.net;

import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one stream over a {@link StreamChannel}: {@link PlainIo}, or TLS.
 *
 * <p>Who uses it need not know which. An {@link IOException} means that the connection is over.
 */
public interface StreamIo {
  /** Reads what is there: returns how many bytes, 0 if there are none now, -1 at the end. */
  int read(ByteBuffer in) throws IOException;

  /** Writes what can be written now, and returns how many bytes were taken. */
  int write(ByteBuffer out) throws IOException;

  /** Sends what was taken and is unsent; returns whether data can be written after that. */
  boolean flush() throws IOException;

  /**
   * Ends our output, as soon as everything was sent.
   *
   * @param closeNotify whether TLS says so before its FIN (RFC 8446, 6.1)
   */
  void shutdownOutput(boolean closeNotify) throws IOException;

  /** Ends TLS, if there is any, because the channel is about to be closed. */
  void sendCloseNotify() throws IOException;

  /**
   * Returns the operations of a selection key to watch.
   *
   * @param wantsRead whether the caller wants to read
   * @param wantsWrite whether the caller has something to write
   */
  int interestOps(boolean wantsRead, boolean wantsWrite);

  /** Returns whether TLS is used. */
  boolean isTls();

  /** Returns whether a TLS handshake is in progress, in which no data is written. */
  boolean isHandshaking();

  /** Returns what the two sides have agreed on, null before that and without TLS. */
  @Nullable TlsSession session();

  /** Returns whether a {@link #flush} may make something readable that no selector reports. */
  boolean isReadableAfterFlush();

  /** Returns whether there is more to read than the selector reports, including the end. */
  boolean hasMore();

  /** Returns whether something was taken that has not been sent yet, including the end. */
  boolean hasUnsent();

  /** Returns whether the peer has ended without saying so, so that something may be missing. */
  boolean isTruncated();

  /** Returns why nothing can be read or written any more, null if it can. */
  @Nullable String failure();

  /** Returns a buffer for a read: the given one, if it is large enough. */
  ByteBuffer readBufferFor(ByteBuffer buffer);

  /** Reads and drops what is left: unread bytes would turn the FIN into an RST (RFC 2525, 2.17). */
  void discard();
}
