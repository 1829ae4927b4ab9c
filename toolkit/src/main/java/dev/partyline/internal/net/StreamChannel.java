package dev.partyline.internal.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.util.List;

/** The channel of a stream, which does not block: all that an endpoint and its TLS can do to it. */
public interface StreamChannel {
  /** Lets the loop serve it, and call the endpoint. */
  void register(EventHandler endpoint) throws IOException;

  /** Returns the address of this end. */
  SocketAddress localAddress() throws IOException;

  /** Returns the address of the other end. */
  SocketAddress remoteAddress() throws IOException;

  /** Adds its socket, if it has one, to a list. */
  void addSocket(List<NetworkChannel> sockets);

  /** Reads what is there: returns how many bytes, 0 if there are none now, -1 after a FIN. */
  int read(ByteBuffer in) throws IOException;

  /** Writes what the kernel takes now, and returns how many bytes that were. */
  int write(ByteBuffer out) throws IOException;

  /**
   * Acknowledges at once what the kernel has received, rather than with what we send next or after
   * 40 ms; returns whether that may let the peer send more.
   */
  boolean sendAck();

  /** Sends a FIN. */
  void shutdownOutput() throws IOException;

  boolean isOpen();

  /** Sets the operations of the selection key, unless they are the same as before. */
  void setInterestOps(int ops);

  /** Runs a task of the endpoint on the loop, later. */
  void execute(Runnable task);

  /** Makes the close that follows send an RST, which a Unix domain socket does not have. */
  void resetOnClose() throws IOException;

  /**
   * Makes the channel writable only when the peer has taken practically all that was written;
   * returns whether that is possible.
   */
  boolean limitSendBuffer() throws IOException;

  void close() throws IOException;
}
