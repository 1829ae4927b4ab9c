package dev.partyline.loopback;

import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
import dev.partyline.wire.TlsSession;
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
final class StreamEndpoint extends Endpoint {
  private static final int MOST_READS = 256;

  private final SocketChannel channel;
  private final boolean tcp;
  private final @Nullable AcceptedConnections room;
  private final @Nullable TlsSetup security;
  private final EndpointOwner talk;
  private @Nullable TlsStream tls;
  private @Nullable SelectionKey key;
  private @Nullable ArrayDeque<ByteBuffer> unsent;
  private int interest;
  private boolean reading = true;
  private boolean sparing;
  private boolean goingOn;
  private boolean finishing;
  private boolean finished;
  private boolean peerFinished;
  private boolean peerGone;

  /** Whether an RST was told to whoever wrote: a read tells nothing but an end of it. */
  private boolean dead;

  StreamEndpoint(
      EventLoop loop,
      SocketChannel channel,
      boolean tcp,
      ConversationRecorder track,
      Side own,
      EndpointOwnerFactory host,
      BackgroundFailures problems,
      @Nullable AcceptedConnections room,
      @Nullable TlsSetup security) {
    super(loop, track, own, problems);
    this.security = security;
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
      TlsSetup terms = security;
      if (terms != null && terms.atOnce()) {
        secure(terms, Bytes.EMPTY);
      }
      talk.opened();
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
    }
  }

  @Override
  EndpointOwner talk() {
    return talk;
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    int ops = key.readyOps();
    if ((ops & SelectionKey.OP_READ) != 0) {
      read();
    }
    if ((ops & SelectionKey.OP_WRITE) != 0 && isOpen()) {
      boolean blocked = tls != null && tls.isBlocked();
      flush();
      if (blocked || isHandshaking()) {
        read();
      }
    }
  }

  /** Returns whether there may be more to read. */
  private boolean read() {
    if (!reading) {
      return false;
    }
    boolean more = readOnce();
    // Under TLS the end may have come with the last bytes, and no selector tells of that any more.
    for (int i = 0; more && (tls != null || sparing) && reading && i < MOST_READS; i++) {
      more = readOnce();
    }
    if (more && reading && !goingOn && tls != null && tls.hasMore()) {
      // Others have their turn first.
      goingOn = true;
      loop.execute(this, this::goOn);
    }
    return more;
  }

  private void goOn() {
    goingOn = false;
    if (isOpen()) {
      read();
    }
  }

  private ByteBuffer incoming() {
    return tls == null ? loop.incoming() : tls.roomy(loop.incoming());
  }

  private boolean readOnce() {
    ByteBuffer in = incoming();
    if (sparing && tls == null) {
      in.limit(1);
    }
    int count = fill(in);
    if (count > 0) {
      talk.received(in);
    } else if (count < 0 && hearEnd()) {
      talk.peerFinished();
      dropIfBothFinished();
    }
    if (count < 0 || tls != null) {
      updateInterest();
    }
    return count > 0 && isOpen();
  }

  /** Records why nothing more can be read, and ends what that ends; returns whether it is a FIN. */
  private boolean hearEnd() {
    if (peerGone || peerFinished || !isOpen()) {
      return false;
    }
    if (tls != null && tls.failure() != null) {
      return breakOff(tls);
    }
    if (dead) {
      peerReset();
      return false;
    }
    peerFinished = true;
    String cause = tls != null && tls.isTruncated() ? "without a close_notify" : "";
    track.finished(own.peer(), TerminationKind.FIN, cause);
    return true;
  }

  /** Reads and records; returns how many bytes, or -1 for a FIN; an RST closes. */
  private int fill(ByteBuffer in) {
    int count;
    try {
      count = tls == null ? channel.read(in) : tls.read(in);
    } catch (IOException e) {
      if (isOpen()) {
        peerReset();
      }
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
        updateInterest();
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
      if (tls == null) {
        channel.write(out);
      } else {
        tls.write(out);
        return tls.failure() == null || breakOff(tls);
      }
      return true;
    } catch (IOException e) {
      heardOut(e);
      return false;
    }
  }

  /** What the peer said before it reset is still there to be read. */
  private void heardOut(IOException why) {
    // A FIN that came ahead of the RST makes a broken pipe of it, in Linux.
    dead = !String.valueOf(why.getMessage()).contains("Broken pipe");
    while (!peerFinished && !peerGone && readOnce()) {}
    if (!peerGone) {
      peerReset();
    }
  }

  private void flush() throws IOException {
    TlsStream secure = tls;
    if (secure != null && !flush(secure)) {
      return;
    }
    ArrayDeque<ByteBuffer> queue = unsent;
    while (queue != null && !queue.isEmpty()) {
      ByteBuffer next = queue.element();
      if (!write(next) || next.hasRemaining()) {
        return;
      }
      queue.remove();
    }
    unsent = null;
    if (isBusy()) {
      updateInterest();
      return;
    }
    if (finished) {
      dropIfBothFinished();
    } else if (finishing) {
      sendFin();
    }
    if (isOpen()) {
      talk.flushed();
      updateInterest();
    }
  }

  private boolean flush(TlsStream secure) {
    try {
      return secure.flush();
    } catch (IOException e) {
      heardOut(e);
      return false;
    }
  }

  @Override
  boolean isBusy() {
    TlsStream secure = tls;
    return unsent != null || secure != null && (secure.isHandshaking() || secure.hasUnsent());
  }

  @Override
  boolean hasTls() {
    return tls != null;
  }

  @Override
  boolean isHandshaking() {
    return tls != null && tls.isHandshaking();
  }

  @Override
  long unsent() {
    ArrayDeque<ByteBuffer> queue = unsent;
    return queue == null ? 0 : queue.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  @Override
  void finish() {
    if (unsent != null || isHandshaking()) {
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
      shutOutput();
    } catch (IOException e) {
      peerReset();
      return;
    }
    // A channel that is full takes the end later.
    updateInterest();
    dropIfBothFinished();
  }

  private void shutOutput() throws IOException {
    if (tls == null) {
      channel.shutdownOutput();
    } else {
      tls.finish(true);
    }
  }

  private void dropIfBothFinished() {
    if (finished && peerFinished && (tls == null || !tls.hasUnsent())) {
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
      bid();
    }
    drop();
  }

  private void bid() {
    try {
      if (tls != null) {
        tls.finish(true);
      }
    } catch (IOException e) {
      // The peer was faster: there is nobody any more who could be told.
      peerGone = true;
    }
  }

  /** The kernel sends an RST instead of the FIN if something is left unread (RFC 2525, 2.17). */
  private void drain() {
    for (int i = 0; i < MOST_READS && reading && !peerFinished && isOpen(); i++) {
      int count = fill(incoming());
      if (count < 0) {
        hearEnd();
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
      if (on && tls != null) {
        // TLS may have computed meanwhile, or kept what no selector tells of.
        read();
      }
      updateInterest();
    }
  }

  private void updateInterest() {
    SelectionKey registered = key;
    TlsStream secure = tls;
    boolean deaf = secure != null && (secure.isComputing() || secure.isBlocked());
    boolean hears = reading && !peerFinished && !deaf;
    boolean speaks =
        secure == null
            ? unsent != null
            : secure.isWaitingForRoom() || unsent != null && !secure.isHandshaking();
    int wanted = (hears ? SelectionKey.OP_READ : 0) | (speaks ? SelectionKey.OP_WRITE : 0);
    if (registered != null && wanted != interest && isOpen()) {
      interest = wanted;
      registered.interestOps(wanted);
    }
  }

  @Override
  void startTls(@Nullable Tls terms, Bytes early) {
    track.startTls();
    TlsSetup given = terms == null ? security : null;
    Tls spoken = terms == null ? Tls.standard() : terms;
    secure(given == null ? TlsSetup.inTheMiddle(spoken, channel) : given, early);
  }

  @Override
  boolean isFailingAsAsked() {
    return tls != null && tls.isFailingAsAsked();
  }

  @Override
  void sparingly(boolean on) {
    sparing = on;
  }

  private void secure(TlsSetup terms, Bytes early) {
    try {
      TlsStream begun = new TlsStream(channel, terms, own, loop, this);
      tls = begun;
      begun.hear(early);
      begun.begin();
      read();
    } catch (IOException e) {
      peerReset();
    }
  }

  @Override
  public void secured(TlsSession session) throws IOException {
    track.secured(session);
    talk.secured();
    if (isOpen()) {
      flush();
    }
  }

  @Override
  public void resumed() {
    if (isOpen()) {
      read();
    }
  }

  /** There is no TLS, or no longer: what had to be said of that was said. */
  private boolean breakOff(TlsStream broken) {
    String why = String.valueOf(broken.failure());
    track.note("TLS failed: " + why);
    talk.handshakeFailed(why, broken.isFailingAsAsked());
    if (isOpen()) {
      if (!finished) {
        finished = true;
        track.finished(own, TerminationKind.FIN, "TLS failed");
      }
      broken.discard();
      drop();
    }
    return false;
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
