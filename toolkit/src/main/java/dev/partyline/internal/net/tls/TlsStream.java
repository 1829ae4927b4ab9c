package dev.partyline.internal.net.tls;

import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
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
public final class TlsStream {
  /** A few records at once: each call of the system costs as much as one of them. */
  private static final int BUFFERED_RECORDS = 4;

  private static final int MAX_RECORD_BYTES = PlaintextRecord.MAX_RECORD_BYTES;

  private final SocketChannel channel;
  private final TlsSetup tlsSetup;
  private final Side own;
  private final EventLoop loop;
  private final EventHandler handler;
  private final @Nullable TlsFault fault;
  private @Nullable SSLEngine engine;

  private final TlsInput in;
  private final TlsOutput out;
  private boolean handshakeDone;
  private boolean expectedFailure;
  private boolean taskRunning;

  /** Whether the engine has to say something before it can hear more. */
  private boolean waitingForFlush;

  private boolean shutWanted;
  private boolean closeNotifyWanted;
  private boolean outputShut;

  /** Whether the peer says nothing more. */
  private boolean inputEnded;

  /** Whether it ended without having said so, so that something may be missing. */
  private boolean truncated;

  private @Nullable String failure;

  /** What is to be told of the peer once all that it said before is read. */
  private @Nullable IOException readError;

  /** Why the peer takes nothing more. */
  private @Nullable IOException writeError;

  public TlsStream(
      SocketChannel channel, TlsSetup tlsSetup, Side own, EventLoop loop, EventHandler handler) {
    this.channel = channel;
    this.tlsSetup = tlsSetup;
    this.own = own;
    this.loop = loop;
    this.handler = handler;
    this.fault = tlsSetup.tls().fault().orElse(null);
    long allowedBytes = fault instanceof TlsFault.CloseAfter cut ? cut.bytes() : Long.MAX_VALUE;
    this.in = new TlsInput(channel, BUFFERED_RECORDS * MAX_RECORD_BYTES);
    this.out = new TlsOutput(channel, MAX_RECORD_BYTES, BUFFERED_RECORDS, allowedBytes);
  }

  /** Has this come already when the handshake begins: {@link PlaintextRecord#canStartHandshake}. */
  public void addEarly(Bytes earlyBytes) {
    in.addEarly(earlyBytes);
  }

  /**
   * Begins the handshake, at once or, in a JVM that has not spoken TLS yet, as soon as that has
   * been made ready elsewhere.
   */
  public void startHandshake() throws IOException {
    CompletableFuture<Void> preparation = tlsSetup.preparation();
    if (preparation.isDone()) {
      createEngine();
    } else {
      taskRunning = true;
      // A problem with that comes up again when the engine is made.
      var unused =
          preparation.whenComplete(
              (result, prepareFailure) -> loop.execute(handler, this::onPrepared));
    }
  }

  private void createEngine() throws IOException {
    SSLEngine newEngine = tlsSetup.tls().engine(own, tlsSetup.host(), tlsSetup.port());
    engine = newEngine;
    try {
      newEngine.beginHandshake();
    } catch (SSLException e) {
      // Our own terms leave nothing to speak by: the peer has no part in that.
      fail(in.failureText(e));
      return;
    }
    if (own == Side.CLIENT || !in.isEmpty()) {
      injectFault();
    }
  }

  private void onPrepared() {
    try {
      createEngine();
    } catch (IOException | RuntimeException | Error e) {
      handler.onFailure(e);
      return;
    }
    onTaskDone();
  }

  private SSLEngine engine() {
    return Objects.requireNonNull(engine);
  }

  /** Returns whether the two sides have not agreed yet. */
  public boolean isHandshaking() {
    return !handshakeDone && failure == null;
  }

  /**
   * Returns whether it fails as the test has asked for: by a fault of ours that came to pass, or by
   * the peer's refusing what is wrong on purpose.
   */
  public boolean isExpectedFailure() {
    return expectedFailure;
  }

  /** Returns whether it must not be read from now. */
  public boolean isTaskRunning() {
    return taskRunning;
  }

  /**
   * Returns whether nothing can be read until what it has to say has left. There may be more to
   * read then than the channel tells of.
   */
  public boolean isWaitingForFlush() {
    return waitingForFlush && !out.isEmpty();
  }

  /** Returns whether something has not left yet, be it the end. */
  public boolean hasUnsent() {
    return failure == null && (!out.isEmpty() || shutWanted && !outputShut);
  }

  /** Returns whether something could leave now, if the channel had room for it. */
  public boolean isWriteWanted() {
    return failure == null && (!out.isEmpty() || shutWanted && !outputShut && handshakeDone);
  }

  /** Returns whether the peer ended without saying so (RFC 8446, 6.1). */
  public boolean isTruncated() {
    return truncated;
  }

  /** Returns whether there is more to read than the channel tells of, be it the end. */
  public boolean hasMore() {
    return in.isOverflow() || isInputOver();
  }

  private boolean isInputOver() {
    return inputEnded || failure != null || readError != null;
  }

  /** Returns why it is over before its time, null if it is not. */
  public @Nullable String failure() {
    return failure;
  }

  /**
   * Decrypts what has come.
   *
   * @param plaintext has room for a record at least, {@link #readBufferFor}
   * @return how many bytes, 0 if there are none now, -1 if none will come any more
   */
  public int read(ByteBuffer plaintext) throws IOException {
    int start = plaintext.position();
    if (readError != null) {
      throw readError;
    }
    try {
      while (advance(plaintext)) {}
    } catch (SSLException e) {
      String alert = in.alert(e);
      String reason = alert == null ? in.failureText(e) : "the peer sent the alert " + alert;
      expectedFailure |= alert != null && tlsSetup.tls().isRefusal(alert);
      sendAlert();
      fail(reason);
    } catch (IOException e) {
      if (plaintext.position() == start) {
        throw e;
      }
      // What was said before the RST comes first.
      readError = e;
    }
    int count = plaintext.position() - start;
    return count == 0 && isInputOver() ? -1 : count;
  }

  /**
   * Returns a buffer for a read: the one that all share, if there is room enough in it. A read in
   * which the two may agree needs one of its own, for the owner can use the other meanwhile.
   */
  public ByteBuffer readBufferFor(ByteBuffer sharedBuffer) {
    return handshakeDone && sharedBuffer.capacity() >= MAX_RECORD_BYTES
        ? sharedBuffer
        : ByteBuffer.allocate(BUFFERED_RECORDS * MAX_RECORD_BYTES);
  }

  /** Does the next thing that is possible; returns whether there may be one more. */
  private boolean advance(ByteBuffer plaintext) throws IOException {
    if (taskRunning || inputEnded || failure != null || !channel.isOpen()) {
      return false;
    }
    HandshakeStatus status = engine().getHandshakeStatus();
    if (fault instanceof TlsFault.RenegotiationRefused
        && handshakeDone
        && isRenegotiating(status)) {
      engine().closeOutbound();
      sendAlert();
      failAsExpected();
      return false;
    }
    if (status == HandshakeStatus.NEED_TASK) {
      startTask();
      return false;
    }
    // Whoever is to be silent has a hello ready all the same, and never says it.
    boolean wrapNeeded =
        status == HandshakeStatus.NEED_WRAP && !(fault instanceof TlsFault.NoHello);
    return wrapNeeded ? wrapHandshake() : unwrap(plaintext);
  }

  private boolean isRenegotiating(HandshakeStatus status) {
    return status != HandshakeStatus.NOT_HANDSHAKING
        && status != HandshakeStatus.FINISHED
        && !engine().getSession().getProtocol().equals("TLSv1.3")
        && !engine().isOutboundDone();
  }

  private boolean unwrap(ByteBuffer plaintext) throws IOException {
    if (in.isUnderflow() && !fill()) {
      return false;
    }
    SSLEngineResult result = in.unwrap(engine(), plaintext);
    inputEnded |= result.getStatus() == Status.CLOSED;
    onResult(result);
    return !in.isOverflow();
  }

  /** Reads what has come; returns whether there is something. */
  private boolean fill() throws IOException {
    int count = in.fill();
    if (count < 0 && writeError != null) {
      // The RST was told to whoever wrote, and is told once.
      throw writeError;
    }
    if (count < 0) {
      inputEnded = true;
      truncated = true;
      if (!handshakeDone) {
        // That is how java.net.http refuses a certificate: without an alert.
        expectedFailure |= own == Side.SERVER && out.hasWritten() && tlsSetup.tls().isRefusable();
        fail("the " + own.peer() + " hung up in the middle of the handshake");
      }
      return false;
    }
    if (count > 0 && !handshakeDone && injectFault()) {
      return false;
    }
    return count > 0;
  }

  private void onResult(SSLEngineResult result) throws IOException {
    boolean handshakeFinished = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    if (!handshakeFinished || handshakeDone || failure != null) {
      return;
    }
    if (fault instanceof TlsFault.CloseAfter && out.isBelowAllowance()) {
      fail(fault + " did not come to pass: the handshake takes fewer bytes of the " + own);
      return;
    }
    handshakeDone = true;
    handler.onHandshakeDone(TlsFailure.session(engine(), own));
    tryToFlush();
  }

  /** Says what the engine has to say of its own: the handshake, an alert, a new key. */
  private boolean wrapHandshake() throws IOException {
    waitingForFlush = true;
    if (!tryToFlush()) {
      return false;
    }
    SSLEngineResult result = out.wrap(engine());
    boolean flushed = tryToFlush();
    waitingForFlush = !flushed;
    onResult(result);
    return flushed && result.getStatus() == Status.OK;
  }

  /** A peer that has gone takes nothing more, but what it said before is still to be read. */
  private boolean tryToFlush() {
    try {
      return flush();
    } catch (IOException e) {
      out.clear();
      writeError = e;
      return failure == null;
    }
  }

  /** Has the peer know what the engine has found wrong: an alert is all that is left to say. */
  private void sendAlert() throws IOException {
    try {
      for (int i = 0;
          i < BUFFERED_RECORDS && engine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP; ) {
        i += wrapHandshake() ? 1 : BUFFERED_RECORDS;
      }
    } catch (SSLException e) {
      // It has been told, or cannot be: the first failure is the one that counts.
      in.markUnderflow();
    }
  }

  /** Does what the test has asked for instead of a hello; returns whether it did. */
  private boolean injectFault() throws IOException {
    if (fault instanceof TlsFault.NoHello) {
      in.clear();
      expectedFailure = true;
      return true;
    }
    Bytes replacement = fault == null ? null : fault.insteadOfHello(own).orElse(null);
    if (replacement == null) {
      return false;
    }
    out.replaceWith(replacement);
    flush();
    failAsExpected();
    return true;
  }

  /** Encrypts, and writes as much as leaves; returns how many of the plain bytes it took. */
  public int write(ByteBuffer plaintext) throws IOException {
    int start = plaintext.position();
    try {
      while (handshakeDone && failure == null && plaintext.hasRemaining() && flush()) {
        out.wrap(engine(), plaintext);
      }
      flush();
    } catch (SSLException e) {
      fail(in.failureText(e));
    }
    return plaintext.position() - start;
  }

  /** Writes what is encrypted; returns whether all of it has left. */
  public boolean flush() throws IOException {
    while (failure == null && writeEncrypted()) {
      if (!shutWanted || outputShut || !handshakeDone) {
        return true;
      }
      if (closeNotifyWanted) {
        closeNotifyWanted = false;
        engine().closeOutbound();
        out.wrap(engine());
      } else {
        outputShut = true;
        channel.shutdownOutput();
      }
    }
    return false;
  }

  private boolean writeEncrypted() throws IOException {
    boolean flushed = out.flush();
    waitingForFlush &= !flushed;
    if (out.isAllowanceSpent()) {
      failAsExpected();
      return false;
    }
    return flushed;
  }

  /**
   * Has the peer know that we say nothing more: a close_notify (RFC 8446, 6.1), and a FIN. Neither
   * comes in the middle of the handshake.
   */
  public void shutdownOutput(boolean closeNotify) throws IOException {
    if (!shutWanted) {
      shutWanted = true;
      closeNotifyWanted = closeNotify && !(fault instanceof TlsFault.NoCloseNotify);
      flush();
    }
  }

  /** Reads away what nobody will decrypt: what is left unread would make an RST of the FIN. */
  public void discard() {
    try {
      in.discard();
    } catch (IOException e) {
      // The peer has gone, and the RST with it.
      inputEnded = true;
    }
  }

  private void startTask() {
    taskRunning = true;
    TlsTasks.start(engine(), () -> loop.execute(handler, this::onTaskDone));
  }

  private void onTaskDone() {
    taskRunning = false;
    try {
      handler.onTaskDone();
    } catch (IOException | RuntimeException | Error e) {
      handler.onFailure(e);
    }
  }

  private void failAsExpected() {
    expectedFailure |= failure == null;
    fail(fault + ", on purpose");
  }

  private void fail(String reason) {
    failure = failure == null ? reason : failure;
    out.clear();
  }
}
