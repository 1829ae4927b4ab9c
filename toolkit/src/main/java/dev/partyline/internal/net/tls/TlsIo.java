package dev.partyline.internal.net.tls;

import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.StreamIo;
import dev.partyline.internal.net.tls.TlsState.Handshake;
import dev.partyline.internal.net.tls.TlsState.Input;
import dev.partyline.internal.net.tls.TlsState.Readiness;
import dev.partyline.tls.TlsFault;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Our end of TLS over a non-blocking channel: encrypts and decrypts (RFC 8446, RFC 5246).
 *
 * <p>Everything happens on the loop except for long computations of the engine: these run on a
 * thread of their own, and nothing is read meanwhile.
 */
public final class TlsIo implements StreamIo {
  /** A few records at once, because a system call costs as much as one record. */
  private static final int BUFFERED_RECORDS = 4;

  private static final int MAX_RECORD_BYTES = PlaintextRecord.MAX_RECORD_BYTES;

  private final StreamChannel channel;
  private final Side own;
  private final Runnable onTaskDone;
  private final TlsEngine engine;
  private final TlsOutcome outcome;

  private final TlsInput in;
  private final TlsOutput out;
  private Handshake handshake = Handshake.RUNNING;
  private Readiness readiness = Readiness.READY;
  private Input input = Input.OPEN;
  private @Nullable TlsSession session;

  /** The error to report once everything that the peer sent before it is read. */
  private @Nullable IOException readError;

  /** Why nothing more can be written. */
  private @Nullable IOException writeError;

  /**
   * Makes one.
   *
   * @param onTaskDone is run on the loop when a long computation is done: there may be more to read
   * @param onFault is called with words when a fault has an effect by which TLS does not fail here
   */
  TlsIo(
      StreamChannel channel,
      TlsSetup tlsSetup,
      Side own,
      Runnable onTaskDone,
      Consumer<String> onFault) {
    this.channel = channel;
    this.own = own;
    this.onTaskDone = onTaskDone;
    this.outcome = new TlsOutcome(own, tlsSetup.tls().fault().orElse(null), onFault);
    this.engine = new TlsEngine(channel, tlsSetup, own);
    this.in = new TlsInput(channel, BUFFERED_RECORDS * MAX_RECORD_BYTES);
    this.out = new TlsOutput(channel, engine, MAX_RECORD_BYTES, BUFFERED_RECORDS, outcome);
  }

  /** Adds bytes that were received before TLS: {@link PlaintextRecord#canStartHandshake}. */
  void addEarly(Bytes earlyBytes) {
    in.addEarly(earlyBytes);
  }

  /**
   * Starts the handshake: at once or, in a JVM that has not used TLS yet, when that has been
   * prepared on another thread.
   */
  void startHandshake() {
    if (engine.isPrepared()) {
      startEngine();
    } else {
      readiness = Readiness.WAITING_FOR_TASK;
      engine.prepare(this::onPrepared);
    }
  }

  private void startEngine() {
    try {
      engine.start();
      if (own == Side.CLIENT || !in.isEmpty()) {
        injectFault();
      }
    } catch (SSLException e) {
      // Our own configuration allows no protocol or cipher suite; the peer is not involved.
      outcome.fail(in.failureText(e));
    } catch (IOException e) {
      readError = e;
    }
  }

  private void onPrepared() {
    startEngine();
    onTaskDone();
  }

  @Override
  public boolean isTls() {
    return true;
  }

  private boolean isHandshakeDone() {
    return handshake == Handshake.DONE;
  }

  @Override
  public @Nullable TlsSession session() {
    return session;
  }

  @Override
  public boolean isHandshaking() {
    return handshake == Handshake.RUNNING && !outcome.hasFailed();
  }

  public TlsOutcome outcome() {
    return outcome;
  }

  /** TLS writes messages of its own, and at times can neither read nor write. */
  @Override
  public int interestOps(boolean wantsRead, boolean wantsWrite) {
    boolean reads = wantsRead && readiness != Readiness.WAITING_FOR_TASK && !isWaitingForFlush();
    boolean writes = isWriteWanted() || wantsWrite && !isHandshaking();
    return (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
  }

  @Override
  public boolean isReadableAfterFlush() {
    return isWaitingForFlush() || isHandshaking();
  }

  /** Returns whether nothing can be read until a message of TLS itself was sent. */
  private boolean isWaitingForFlush() {
    return readiness == Readiness.WAITING_FOR_FLUSH && !out.isEmpty();
  }

  @Override
  public boolean hasUnsent() {
    return !outcome.hasFailed() && (!out.isEmpty() || out.isEndWanted());
  }

  /** Returns whether something could be sent now, if the channel had room for it. */
  private boolean isWriteWanted() {
    return !outcome.hasFailed() && (!out.isEmpty() || out.isEndWanted() && isHandshakeDone());
  }

  @Override
  public boolean isTruncated() {
    return input == Input.TRUNCATED;
  }

  /** Returns whether the close_notify of the peer has closed our direction as well. */
  public boolean isOutputClosed() {
    return input == Input.CLOSED && engine.status() == HandshakeStatus.NEED_WRAP;
  }

  @Override
  public boolean hasMore() {
    return isInputOver() || readiness == Readiness.READY && !in.isUnderflow();
  }

  private boolean isInputOver() {
    return input != Input.OPEN || outcome.hasFailed() || readError != null;
  }

  @Override
  public @Nullable String failure() {
    return outcome.failure();
  }

  @Override
  public int read(ByteBuffer plaintext) throws IOException {
    int start = plaintext.position();
    if (readError != null) {
      throw readError;
    }
    try {
      // The caller hears of the end of the handshake before it reads what comes after it.
      Handshake before = handshake;
      while (advance(plaintext) && handshake == before) {}
    } catch (SSLException e) {
      String alert = in.alert(e);
      String reason = in.failureText(e);
      out.sendAlert();
      outcome.fail(alert, reason);
    } catch (IOException e) {
      if (plaintext.position() == start) {
        throw e;
      }
      // What was sent before the RST comes first.
      readError = e;
    }
    int count = plaintext.position() - start;
    return count == 0 && isInputOver() ? -1 : count;
  }

  /** Returns a buffer for a read: the shared one, if it is large enough for a record. */
  @Override
  public ByteBuffer readBufferFor(ByteBuffer sharedBuffer) {
    return sharedBuffer.capacity() >= MAX_RECORD_BYTES
        ? sharedBuffer
        : ByteBuffer.allocate(BUFFERED_RECORDS * MAX_RECORD_BYTES);
  }

  /** Takes the next step that is possible; returns whether there may be another. */
  private boolean advance(ByteBuffer plaintext) throws IOException {
    if (readiness == Readiness.WAITING_FOR_TASK
        || input != Input.OPEN
        || outcome.hasFailed()
        || !channel.isOpen()) {
      return false;
    }
    HandshakeStatus status = engine.status();
    if (outcome.fault() instanceof TlsFault.RenegotiationRefused
        && isHandshakeDone()
        && engine.isRenegotiating()) {
      engine.get().closeOutbound();
      out.sendAlert();
      outcome.failOnPurpose();
      return false;
    }
    if (status == HandshakeStatus.NEED_TASK) {
      readiness = Readiness.WAITING_FOR_TASK;
      engine.startTasks(this::onTaskDone);
      return false;
    }
    // With this fault the engine has a hello ready, which is never sent.
    boolean wrapNeeded =
        status == HandshakeStatus.NEED_WRAP && !(outcome.fault() instanceof TlsFault.NoHello);
    return wrapNeeded ? wrapHandshake() : unwrap(plaintext);
  }

  private boolean unwrap(ByteBuffer plaintext) throws IOException {
    if (in.isUnderflow() && !fill()) {
      return false;
    }
    SSLEngineResult result = in.unwrap(engine.get(), plaintext);
    if (result.getStatus() == Status.CLOSED) {
      input = Input.CLOSED;
    }
    onResult(result);
    return !in.isOverflow();
  }

  /** Reads from the channel; returns whether there was something. */
  private boolean fill() throws IOException {
    int count = in.fill();
    if (count < 0 && writeError != null) {
      // The RST was reported to the write, and is reported only once.
      throw writeError;
    }
    if (count < 0) {
      input = Input.TRUNCATED;
      if (!isHandshakeDone()) {
        outcome.failByEnd("closed");
      }
      return false;
    }
    if (count > 0 && !isHandshakeDone() && injectFault()) {
      return false;
    }
    return count > 0;
  }

  private void onResult(SSLEngineResult result) throws IOException {
    boolean handshakeFinished = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    if (!handshakeFinished || isHandshakeDone() || outcome.hasFailed()) {
      return;
    }
    if (out.isBelowAllowance() && outcome.failWithoutCut()) {
      return;
    }
    handshake = Handshake.DONE;
    session = engine.session();
    outcome.onCertificateSent(engine.certificateFault());
    tryToFlush();
  }

  /** Sends a message of the engine itself: of the handshake, an alert, a new key. */
  private boolean wrapHandshake() throws IOException {
    readiness = Readiness.WAITING_FOR_FLUSH;
    if (!tryToFlush()) {
      return false;
    }
    SSLEngineResult result = out.wrap();
    if (!isHandshakeDone()) {
      outcome.onCertificateSent(engine.certificateFault());
    }
    boolean flushed = tryToFlush();
    readiness = flushed ? Readiness.READY : Readiness.WAITING_FOR_FLUSH;
    onResult(result);
    return flushed && result.getStatus() == Status.OK;
  }

  /** Sends what is encrypted. If the peer is gone, what it sent before is still to be read. */
  private boolean tryToFlush() {
    try {
      return sendEncrypted();
    } catch (IOException e) {
      out.clear();
      writeError = e;
      return !outcome.hasFailed();
    }
  }

  /** Does what the test has asked for instead of a hello; returns whether there was something. */
  private boolean injectFault() throws IOException {
    TlsFault fault = outcome.fault();
    if (fault instanceof TlsFault.NoHello) {
      in.clear();
      outcome.onStall();
      return true;
    }
    Bytes replacement = fault == null ? null : fault.insteadOfHello(own).orElse(null);
    if (replacement == null) {
      return false;
    }
    out.replaceWith(replacement);
    sendEncrypted();
    outcome.failOnPurpose();
    return true;
  }

  @Override
  public int write(ByteBuffer plaintext) throws IOException {
    int start = plaintext.position();
    try {
      while (isHandshakeDone()
          && !outcome.hasFailed()
          && plaintext.hasRemaining()
          && sendEncrypted()) {
        out.wrap(plaintext);
      }
      sendEncrypted();
    } catch (SSLException e) {
      outcome.fail(in.failureText(e));
    }
    return plaintext.position() - start;
  }

  @Override
  public boolean flush() throws IOException {
    return sendEncrypted() && !isHandshaking();
  }

  /** Sends what is encrypted, and the end; returns whether all of it was sent. */
  private boolean sendEncrypted() throws IOException {
    if (outcome.hasFailed()) {
      return false;
    }
    boolean sent = out.send(isHandshakeDone());
    if (out.isAllowanceSpent()) {
      outcome.failOnPurpose();
      return false;
    }
    if (sent && readiness == Readiness.WAITING_FOR_FLUSH) {
      readiness = Readiness.READY;
    }
    return sent;
  }

  @Override
  public void shutdownOutput(boolean closeNotify) throws IOException {
    out.end(closeNotify && !outcome.omitsCloseNotify());
    sendEncrypted();
  }

  @Override
  public void sendCloseNotify() throws IOException {
    shutdownOutput(true);
  }

  @Override
  public void discard() {
    in.discard();
  }

  private void onTaskDone() {
    readiness = Readiness.READY;
    onTaskDone.run();
  }
}
