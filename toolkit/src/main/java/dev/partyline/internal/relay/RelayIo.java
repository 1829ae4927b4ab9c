package dev.partyline.internal.relay;

import dev.partyline.internal.net.BufferPool;
import dev.partyline.internal.net.InputState;
import dev.partyline.wire.Side;
import java.nio.ByteBuffer;

/** All that a relay can do to its two connections. What comes of it are events of the core. */
interface RelayIo {
  /** Connects to the server; the answer may come before this returns. */
  void connect();

  /** Starts TLS with a side. */
  void startTls(Side side);

  /** Returns whether TLS is used with a side. */
  boolean usesTls(Side side);

  /** Returns whether a TLS handshake with a side is in progress. */
  boolean isHandshaking(Side side);

  /** Reads what a side sends, or stops reading, which the side feels as back pressure. */
  void setAutoRead(Side side, boolean enabled);

  /** Returns what a side has sent. */
  InputState input(Side side);

  /** Writes what a side takes now; returns how many bytes, or -1 if it takes no more. */
  int write(Side side, ByteBuffer bytes);

  /** Returns whether something that was written to a side, or its end, was not sent yet. */
  boolean hasUnsent(Side side);

  /** Sends a FIN to a side, under TLS with or without a close_notify before it. */
  void shutdownOutput(Side side, boolean closeNotify);

  /**
   * Lets a side be writable only when it has taken practically all that was written; returns
   * whether that can be known.
   */
  boolean notifyWhenTaken(Side side);

  /**
   * Finds out how far a side is with what was written to it, to which nothing is added meanwhile.
   * The answer is {@link Pump#onChecked}, later.
   */
  void checkProgress(Side side);

  /** Returns whether a side could be reset: over a Unix domain socket there is no RST. */
  boolean canProbe(Side side);

  /** Looks whether sides were reset that are not read. */
  void probe(boolean client, boolean server);

  /** Ends TLS with both sides, where there is any (RFC 8446, 6.1). */
  void sendCloseNotify();

  /** Makes the close that follows send an RST to a side. */
  void resetOnClose(Side side);

  /** Closes both connections. */
  void close();

  /** Sets the time of the next {@link RelayCore#onTimeout}. */
  void wakeAt(long nanos);

  /** Returns the buffers for bytes on their way. */
  BufferPool bufferPool();
}
