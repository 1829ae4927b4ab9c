package dev.partyline.loopback;

import dev.partyline.tls.TlsFault;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Our end of TLS over a channel that does not block: encrypts and decrypts (RFC 8446, RFC 5246).
 *
 * <p>Everything happens on the loop, but for what the engine takes long to compute: that is done on
 * a thread of its own, and nothing is read meanwhile.
 */
final class TlsStream {
  /** A few records at once: each call of the system costs as much as one of them. */
  private static final int RECORDS = 4;

  private static final int RECORD = PlaintextRecord.LONGEST;

  private final SocketChannel channel;
  private final TlsSetup terms;
  private final Side own;
  private final EventLoop loop;
  private final EventHandler target;
  private final @Nullable TlsFault fault;
  private @Nullable SSLEngine engine;

  private final TlsInput in;
  private final TlsOutput out;
  private boolean established;
  private boolean failingAsAsked;
  private boolean computing;

  /** Whether the engine has to say something before it can hear more. */
  private boolean blocked;

  private boolean finishing;
  private boolean notifying;
  private boolean shut;

  /** Whether the peer says nothing more. */
  private boolean heardAll;

  /** Whether it ended without having said so, so that something may be missing. */
  private boolean truncated;

  private @Nullable String failure;

  /** What is to be told of the peer once all that it said before is read. */
  private @Nullable IOException broken;

  /** Why the peer takes nothing more. */
  private @Nullable IOException gone;

  TlsStream(SocketChannel channel, TlsSetup terms, Side own, EventLoop loop, EventHandler target) {
    this.channel = channel;
    this.terms = terms;
    this.own = own;
    this.loop = loop;
    this.target = target;
    this.fault = terms.tls().fault().orElse(null);
    long allowance = fault instanceof TlsFault.CutAfter cut ? cut.bytes() : Long.MAX_VALUE;
    this.in = new TlsInput(channel, RECORDS * RECORD);
    this.out = new TlsOutput(channel, RECORD, RECORDS, allowance);
  }

  /** Has this come already when the handshake begins: {@link PlaintextRecord#canBegin}. */
  void hear(Bytes early) {
    in.hear(early);
  }

  /**
   * Begins the handshake, at once or, in a JVM that has not spoken TLS yet, as soon as that has
   * been made ready elsewhere.
   */
  void begin() throws IOException {
    CompletableFuture<Void> ready = terms.ready();
    if (ready.isDone()) {
      start();
    } else {
      computing = true;
      // A problem with that comes up again when the engine is made.
      var unused = ready.whenComplete((made, problem) -> loop.execute(target, this::startLate));
    }
  }

  private void start() throws IOException {
    SSLEngine made = terms.tls().engine(own, terms.host(), terms.port());
    engine = made;
    try {
      made.beginHandshake();
    } catch (SSLException e) {
      // Our own terms leave nothing to speak by: the peer has no part in that.
      fail(in.failure(e));
      return;
    }
    if (own == Side.CLIENT || !in.isEmpty()) {
      misbehave();
    }
  }

  private void startLate() {
    try {
      start();
    } catch (IOException | RuntimeException | Error e) {
      target.failed(e);
      return;
    }
    resume();
  }

  private SSLEngine engine() {
    return Objects.requireNonNull(engine);
  }

  /** Returns whether the two sides have not agreed yet. */
  boolean isHandshaking() {
    return !established && failure == null;
  }

  /**
   * Returns whether it fails as the test has asked for: by a fault of ours that came to pass, or by
   * the peer's refusing what is wrong on purpose.
   */
  boolean isFailingAsAsked() {
    return failingAsAsked;
  }

  /** Returns whether it must not be read from now. */
  boolean isComputing() {
    return computing;
  }

  /**
   * Returns whether nothing can be read until what it has to say has left. There may be more to
   * read then than the channel tells of.
   */
  boolean isBlocked() {
    return blocked && !out.isEmpty();
  }

  /** Returns whether something has not left yet, be it the end. */
  boolean hasUnsent() {
    return failure == null && (!out.isEmpty() || finishing && !shut);
  }

  /** Returns whether something could leave now, if the channel had room for it. */
  boolean isWaitingForRoom() {
    return failure == null && (!out.isEmpty() || finishing && !shut && established);
  }

  /** Returns whether the peer ended without saying so (RFC 8446, 6.1). */
  boolean isTruncated() {
    return truncated;
  }

  /** Returns whether there is more to read than the channel tells of, be it the end. */
  boolean hasMore() {
    return in.isOverflowing() || isOver();
  }

  private boolean isOver() {
    return heardAll || failure != null || broken != null;
  }

  /** Returns why it is over before its time, null if it is not. */
  @Nullable String failure() {
    return failure;
  }

  /**
   * Decrypts what has come.
   *
   * @param plain has room for a record at least, {@link #roomy}
   * @return how many bytes, 0 if there are none now, -1 if none will come any more
   */
  int read(ByteBuffer plain) throws IOException {
    int start = plain.position();
    if (broken != null) {
      throw broken;
    }
    try {
      while (advance(plain)) {}
    } catch (SSLException e) {
      String said = in.alert(e);
      String why = said == null ? in.failure(e) : "the peer sent the alert " + said;
      failingAsAsked |= said != null && terms.tls().isRefusal(said);
      tell();
      fail(why);
    } catch (IOException e) {
      if (plain.position() == start) {
        throw e;
      }
      // What was said before the RST comes first.
      broken = e;
    }
    int count = plain.position() - start;
    return count == 0 && isOver() ? -1 : count;
  }

  /**
   * Returns a buffer for a read: the one that all share, if there is room enough in it. A read in
   * which the two may agree needs one of its own, for the owner can use the other meanwhile.
   */
  ByteBuffer roomy(ByteBuffer shared) {
    return established && shared.capacity() >= RECORD
        ? shared
        : ByteBuffer.allocate(RECORDS * RECORD);
  }

  /** Does the next thing that is possible; returns whether there may be one more. */
  private boolean advance(ByteBuffer plain) throws IOException {
    if (computing || heardAll || failure != null || !channel.isOpen()) {
      return false;
    }
    HandshakeStatus status = engine().getHandshakeStatus();
    if (fault instanceof TlsFault.RenegotiationRefused && established && isRenegotiating(status)) {
      engine().closeOutbound();
      tell();
      failOnPurpose();
      return false;
    }
    if (status == HandshakeStatus.NEED_TASK) {
      compute();
      return false;
    }
    // Whoever is to be silent has a hello ready all the same, and never says it.
    boolean speaks = status == HandshakeStatus.NEED_WRAP && !(fault instanceof TlsFault.Stall);
    return speaks ? sayOwn() : unwrap(plain);
  }

  private boolean isRenegotiating(HandshakeStatus status) {
    return status != HandshakeStatus.NOT_HANDSHAKING
        && status != HandshakeStatus.FINISHED
        && !engine().getSession().getProtocol().equals("TLSv1.3")
        && !engine().isOutboundDone();
  }

  private boolean unwrap(ByteBuffer plain) throws IOException {
    if (in.isStarved() && !fill()) {
      return false;
    }
    SSLEngineResult result = in.unwrap(engine(), plain);
    heardAll |= result.getStatus() == Status.CLOSED;
    look(result);
    return !in.isOverflowing();
  }

  /** Reads what has come; returns whether there is something. */
  private boolean fill() throws IOException {
    int count = in.fill();
    if (count < 0 && gone != null) {
      // The RST was told to whoever wrote, and is told once.
      throw gone;
    }
    if (count < 0) {
      heardAll = true;
      truncated = true;
      if (!established) {
        // That is how java.net.http refuses a certificate: without an alert.
        failingAsAsked |= own == Side.SERVER && out.hasBegun() && terms.tls().isRefusable();
        fail("the " + own.peer() + " hung up in the middle of the handshake");
      }
      return false;
    }
    if (count > 0 && !established && misbehave()) {
      return false;
    }
    return count > 0;
  }

  private void look(SSLEngineResult result) throws IOException {
    boolean agreed = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    if (!agreed || established || failure != null) {
      return;
    }
    if (fault instanceof TlsFault.CutAfter && out.falls()) {
      fail(fault + " did not come to pass: the handshake takes fewer bytes of the " + own);
      return;
    }
    established = true;
    target.secured(TlsFailure.session(engine(), own));
    tryToFlush();
  }

  /** Says what the engine has to say of its own: the handshake, an alert, a new key. */
  private boolean sayOwn() throws IOException {
    blocked = true;
    if (!tryToFlush()) {
      return false;
    }
    SSLEngineResult result = out.wrap(engine());
    boolean left = tryToFlush();
    blocked = !left;
    look(result);
    return left && result.getStatus() == Status.OK;
  }

  /** A peer that has gone takes nothing more, but what it said before is still to be read. */
  private boolean tryToFlush() {
    try {
      return flush();
    } catch (IOException e) {
      out.clear();
      gone = e;
      return failure == null;
    }
  }

  /** Has the peer know what the engine has found wrong: an alert is all that is left to say. */
  private void tell() throws IOException {
    try {
      for (int i = 0; i < RECORDS && engine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP; ) {
        i += sayOwn() ? 1 : RECORDS;
      }
    } catch (SSLException e) {
      // It has been told, or cannot be: the first failure is the one that counts.
      in.starve();
    }
  }

  /** Does what the test has asked for instead of a hello; returns whether it did. */
  private boolean misbehave() throws IOException {
    if (fault instanceof TlsFault.Stall) {
      in.clear();
      failingAsAsked = true;
      return true;
    }
    Bytes instead = fault == null ? null : fault.insteadOfHello(own).orElse(null);
    if (instead == null) {
      return false;
    }
    out.replaceBy(instead);
    flush();
    failOnPurpose();
    return true;
  }

  /** Encrypts, and writes as much as leaves; returns how many of the plain bytes it took. */
  int write(ByteBuffer plain) throws IOException {
    int start = plain.position();
    try {
      while (established && failure == null && plain.hasRemaining() && flush()) {
        out.wrap(engine(), plain);
      }
      flush();
    } catch (SSLException e) {
      fail(in.failure(e));
    }
    return plain.position() - start;
  }

  /** Writes what is encrypted; returns whether all of it has left. */
  boolean flush() throws IOException {
    while (failure == null && writeOut()) {
      if (!finishing || shut || !established) {
        return true;
      }
      if (notifying) {
        notifying = false;
        engine().closeOutbound();
        out.wrap(engine());
      } else {
        shut = true;
        channel.shutdownOutput();
      }
    }
    return false;
  }

  private boolean writeOut() throws IOException {
    boolean left = out.flush();
    blocked &= !left;
    if (out.isSpent()) {
      failOnPurpose();
      return false;
    }
    return left;
  }

  /**
   * Has the peer know that we say nothing more: a close_notify (RFC 8446, 6.1), and a FIN. Neither
   * comes in the middle of the handshake.
   */
  void finish(boolean notify) throws IOException {
    if (!finishing) {
      finishing = true;
      notifying = notify && !(fault instanceof TlsFault.NoCloseNotify);
      flush();
    }
  }

  /** Reads away what nobody will decrypt: what is left unread would make an RST of the FIN. */
  void discard() {
    try {
      in.discard();
    } catch (IOException e) {
      // The peer has gone, and the RST with it.
      heardAll = true;
    }
  }

  private void compute() {
    computing = true;
    TlsTasks.start(engine(), () -> loop.execute(target, this::resume));
  }

  private void resume() {
    computing = false;
    try {
      target.resumed();
    } catch (IOException | RuntimeException | Error e) {
      target.failed(e);
    }
  }

  private void failOnPurpose() {
    failingAsAsked |= failure == null;
    fail(fault + ", on purpose");
  }

  private void fail(String why) {
    failure = failure == null ? why : failure;
    out.clear();
  }
}
