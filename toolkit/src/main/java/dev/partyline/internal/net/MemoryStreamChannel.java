package dev.partyline.internal.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream that does not leave this JVM, and behaves as one of TCP over loopback does:
 * its other end sees back pressure, a FIN and an RST. Both ends are for one loop.
 */
public final class MemoryStreamChannel implements StreamChannel {
  /** What a kernel buffers for a connection at least, but for small buffers that were asked for. */
  private static final int CAPACITY = 1 << 16;

  private final EventLoop loop;
  private final SocketAddress localAddress;

  /** What the other end has written, and this one has not read; ready to be written to. */
  private final ByteBuffer unread = ByteBuffer.allocate(CAPACITY);

  private @Nullable MemoryStreamChannel peer;
  private @Nullable EventHandler handler;
  private int interestOps;
  private State state = State.OPEN;
  private PeerEnd peerEnd = PeerEnd.NOTHING;
  private boolean outputShut;
  private boolean writableWhenRead;
  private boolean dispatchScheduled;

  private enum State {
    OPEN,
    /** The close that follows sends an RST. */
    RESET_ON_CLOSE,
    CLOSED
  }

  /** How the other end has ended. */
  private enum PeerEnd {
    NOTHING,
    FIN,
    /** An RST that has yet to be told to a handler that does not read. */
    RST,
    KNOWN_RST
  }

  private MemoryStreamChannel(EventLoop loop, SocketAddress localAddress) {
    this.loop = loop;
    this.localAddress = localAddress;
  }

  /**
   * Returns one end of a new stream; {@link #peer} is the other, and has the addresses of a socket
   * in front of which it stands.
   */
  public static MemoryStreamChannel open(EventLoop loop, StreamChannel socket) throws IOException {
    MemoryStreamChannel end = new MemoryStreamChannel(loop, socket.remoteAddress());
    MemoryStreamChannel other = new MemoryStreamChannel(loop, socket.localAddress());
    end.peer = other;
    other.peer = end;
    return end;
  }

  /** Returns the other end. */
  public MemoryStreamChannel peer() {
    return Objects.requireNonNull(peer);
  }

  /** Returns how many bytes the other end has written, and this one has not read. */
  public int unreadBytes() {
    return unread.position();
  }

  @Override
  public void register(EventHandler endpoint) {
    handler = endpoint;
    update();
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public SocketAddress remoteAddress() {
    return peer().localAddress;
  }

  @Override
  public void addSocket(List<NetworkChannel> sockets) {}

  @Override
  public int read(ByteBuffer in) throws IOException {
    requireOpen();
    if (unread.position() == 0) {
      return readEnd();
    }
    unread.flip();
    int count = Math.min(unread.remaining(), in.remaining());
    in.put(unread.duplicate().limit(unread.position() + count));
    unread.position(unread.position() + count).compact();
    peer().update();
    return count;
  }

  private int readEnd() throws SocketException {
    if (isReset()) {
      peerEnd = PeerEnd.KNOWN_RST;
      throw new SocketException("Connection reset");
    }
    return peerEnd == PeerEnd.FIN ? -1 : 0;
  }

  private boolean isReset() {
    return peerEnd == PeerEnd.RST || peerEnd == PeerEnd.KNOWN_RST;
  }

  @Override
  public int write(ByteBuffer out) throws IOException {
    requireOpen();
    if (outputShut || isReset()) {
      throw new SocketException(outputShut ? "Broken pipe" : "Connection reset");
    }
    if (!peer().isOpen()) {
      // What a closed end receives is answered by an RST (RFC 9293, 3.10.7.4).
      out.position(out.limit());
      onReset();
      return 0;
    }
    ByteBuffer room = peer().unread;
    int count = Math.min(room.remaining(), out.remaining());
    room.put(out.duplicate().limit(out.position() + count));
    out.position(out.position() + count);
    peer().update();
    return count;
  }

  private void requireOpen() throws SocketException {
    if (!isOpen()) {
      throw new SocketException("Socket closed");
    }
  }

  /** Nothing is held back for an acknowledgement. */
  @Override
  public boolean sendAck() {
    return false;
  }

  @Override
  public void shutdownOutput() throws IOException {
    requireOpen();
    outputShut = true;
    peer().onFin();
  }

  private void onFin() {
    peerEnd = peerEnd == PeerEnd.NOTHING ? PeerEnd.FIN : peerEnd;
    update();
  }

  private void onReset() {
    peerEnd = isReset() ? peerEnd : PeerEnd.RST;
    update();
  }

  @Override
  public boolean isOpen() {
    return state != State.CLOSED;
  }

  @Override
  public void setInterestOps(int ops) {
    interestOps = ops;
    if ((ops & SelectionKey.OP_CONNECT) != 0 && peerEnd == PeerEnd.RST && handler != null) {
      // Who asks for a reset wants to know before it goes on.
      tell(handler, SelectionKey.OP_CONNECT);
    } else {
      update();
    }
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(Objects.requireNonNull(handler), task);
  }

  /** Calls the handler, later, if there is anything that it wants to hear of. */
  private void update() {
    if (!dispatchScheduled && handler != null && readyOps() != 0) {
      dispatchScheduled = true;
      execute(this::dispatch);
    }
  }

  private void dispatch() {
    dispatchScheduled = false;
    int readyOps = readyOps();
    EventHandler endpoint = handler;
    if (readyOps != 0 && endpoint != null) {
      tell(endpoint, readyOps);
      update();
    }
  }

  private void tell(EventHandler endpoint, int readyOps) {
    if (readyOps == SelectionKey.OP_CONNECT) {
      peerEnd = PeerEnd.KNOWN_RST;
    }
    try {
      endpoint.onReady(readyOps);
    } catch (IOException | RuntimeException | Error e) {
      endpoint.onFailure(e);
    }
  }

  /** A connected channel is ready to connect only after an RST, as one of the kernel is. */
  private int readyOps() {
    if (!isOpen()) {
      return 0;
    }
    boolean readable = unread.position() > 0 || peerEnd != PeerEnd.NOTHING;
    int ops = interestOps & (readable ? SelectionKey.OP_READ : 0);
    ops |= interestOps & (isWritable() ? SelectionKey.OP_WRITE : 0);
    return ops == 0 && peerEnd == PeerEnd.RST ? SelectionKey.OP_CONNECT : ops;
  }

  private boolean isWritable() {
    ByteBuffer room = peer().unread;
    return isReset() || (writableWhenRead ? room.position() == 0 : room.hasRemaining());
  }

  @Override
  public void resetOnClose() {
    state = isOpen() ? State.RESET_ON_CLOSE : state;
  }

  @Override
  public boolean limitSendBuffer() {
    writableWhenRead = true;
    return true;
  }

  /** Sends a FIN or, as a kernel does (RFC 2525, 2.17), an RST if something was not read. */
  @Override
  public void close() {
    if (!isOpen()) {
      return;
    }
    boolean resets = state == State.RESET_ON_CLOSE || unread.position() > 0;
    state = State.CLOSED;
    if (resets) {
      peer().onReset();
    } else if (!outputShut) {
      peer().onFin();
    }
    peer().update();
  }
}
