package dev.partyline.loopback;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Track;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our end of a TCP or Unix domain connection. */
final class StreamLink extends Link {
  private static final int MOST_READS = 256;

  private final SocketChannel channel;
  private final boolean tcp;
  private final @Nullable Room room;
  private final Talk talk;
  private @Nullable SelectionKey key;
  private @Nullable ArrayDeque<ByteBuffer> unsent;
  private int interest;
  private boolean reading = true;
  private boolean finishing;
  private boolean finished;
  private boolean peerFinished;
  private boolean peerGone;

  StreamLink(
      Loop loop,
      SocketChannel channel,
      boolean tcp,
      Track track,
      Side own,
      Host host,
      Problems problems,
      @Nullable Room room) {
    super(loop, track, own, problems);
    this.channel = channel;
    this.tcp = tcp;
    this.room = room;
    this.talk = host.welcome(this);
  }

  @Override
  public void open() {
    interest = reading ? SelectionKey.OP_READ : 0;
    try {
      key = loop.register(channel, interest, this);
      talk.opened();
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  @Override
  Talk talk() {
    return talk;
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    int ops = key.readyOps();
    if ((ops & SelectionKey.OP_READ) != 0) {
      read();
    }
    if ((ops & SelectionKey.OP_WRITE) != 0 && isOpen()) {
      flush();
    }
  }

  /** Returns whether there may be more to read. */
  private boolean read() {
    ByteBuffer in = loop.incoming();
    int count = fill(in);
    if (count > 0) {
      talk.received(in);
    } else if (count < 0 && !peerGone) {
      peerFinished = true;
      track.finished(own.peer());
      talk.peerFinished();
      dropIfBothFinished();
      updateInterest();
    }
    return count > 0 && isOpen();
  }

  /** Reads and records; returns how many bytes, or -1 for a FIN; an RST closes. */
  private int fill(ByteBuffer in) {
    int count;
    try {
      count = channel.read(in);
    } catch (IOException e) {
      peerReset();
      return -1;
    }
    in.flip();
    if (count > 0) {
      track.sent(own.peer(), in);
    }
    return count;
  }

  private void peerReset() {
    peerGone = true;
    track.reset(own.peer());
    talk.peerReset();
    drop();
  }

  @Override
  void readUp() {
    for (int i = 0; i < MOST_READS && isOpen() && reading && !peerFinished; i++) {
      if (!read()) {
        return;
      }
    }
  }

  @Override
  void say(Bytes bytes) {
    if (!isOpen() || peerGone || finished || bytes.isEmpty()) {
      return;
    }
    ByteBuffer out = loop.outgoing(bytes);
    track.sent(own, out);
    ArrayDeque<ByteBuffer> queue = unsent;
    if (queue == null) {
      if (!write(out) || !out.hasRemaining()) {
        return;
      }
      queue = new ArrayDeque<>();
      unsent = queue;
    }
    queue.add(Bytes.copyOf(out).toBuffer());
    updateInterest();
  }

  private boolean write(ByteBuffer out) {
    try {
      channel.write(out);
      return true;
    } catch (IOException e) {
      // What the peer said before it reset is still there to be read.
      while (!peerFinished && !peerGone && read()) {}
      if (!peerGone) {
        peerReset();
      }
      return false;
    }
  }

  private void flush() throws IOException {
    ArrayDeque<ByteBuffer> queue = unsent;
    while (queue != null && !queue.isEmpty()) {
      ByteBuffer next = queue.element();
      if (!write(next) || next.hasRemaining()) {
        return;
      }
      queue.remove();
    }
    unsent = null;
    if (finishing) {
      sendFin();
    }
    if (isOpen()) {
      talk.flushed();
      updateInterest();
    }
  }

  @Override
  boolean isBusy() {
    return unsent != null;
  }

  @Override
  long unsent() {
    ArrayDeque<ByteBuffer> queue = unsent;
    return queue == null ? 0 : queue.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  @Override
  void finish() {
    if (unsent != null) {
      finishing = true;
    } else {
      sendFin();
    }
  }

  private void sendFin() {
    if (!isOpen() || finished || peerGone) {
      return;
    }
    finished = true;
    track.finished(own);
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      peerReset();
      return;
    }
    dropIfBothFinished();
  }

  private void dropIfBothFinished() {
    if (finished && peerFinished) {
      drop();
    }
  }

  @Override
  void close() {
    if (!isOpen()) {
      return;
    }
    drain();
    if (!isOpen()) {
      return;
    }
    if (!finished) {
      finished = true;
      track.finished(own);
    }
    drop();
  }

  /** The kernel sends an RST instead of the FIN if something is left unread (RFC 2525, 2.17). */
  private void drain() {
    for (int i = 0; i < MOST_READS && reading && !peerFinished && isOpen(); i++) {
      int count = fill(loop.incoming());
      if (count < 0 && !peerGone) {
        peerFinished = true;
        track.finished(own.peer());
      }
      if (count <= 0) {
        return;
      }
    }
  }

  @Override
  void reset() {
    if (!isOpen()) {
      return;
    }
    track.reset(own);
    try {
      if (tcp) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // The peer was faster: there is no connection any more that could be reset.
      peerGone = true;
    }
    drop();
  }

  @Override
  void reading(boolean on) {
    if (reading != on) {
      reading = on;
      updateInterest();
    }
  }

  private void updateInterest() {
    SelectionKey registered = key;
    int wanted =
        (reading && !peerFinished ? SelectionKey.OP_READ : 0)
            | (unsent != null ? SelectionKey.OP_WRITE : 0);
    if (registered != null && wanted != interest && isOpen()) {
      interest = wanted;
      registered.interestOps(wanted);
    }
  }

  @Override
  public void addChannels(List<NetworkChannel> open) {
    open.add(channel);
  }

  @Override
  void release() throws IOException {
    if (room != null) {
      room.closed(this);
    }
    channel.close();
  }
}
