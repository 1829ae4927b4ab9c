package dev.partyline.loopback;

import dev.partyline.internal.net.tls.PlaintextRecord;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Quantity;
import dev.partyline.loopback.ReceiveBuffer.State;
import dev.partyline.tls.CertificateFault;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.LoopbackException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection for user threads: the loop fills a buffer, and executes their calls. */
final class BlockingConnection implements EndpointOwner, Connection {
  private final Endpoint endpoint;
  private final EndpointOptions options;
  private final Consumer<BlockingConnection> onOpen;
  private final ReceiveBuffer receiveBuffer;
  private volatile boolean paused;

  /**
   * Set when the test or the listener closes our end, and the cause of what is thrown after that.
   */
  private volatile @Nullable AsynchronousCloseException shutdown;

  private volatile boolean sendDone;
  private volatile CountDownLatch sendLatch = new CountDownLatch(0);
  private volatile CountDownLatch tlsLatch = new CountDownLatch(0);
  private volatile String tlsFailure = "";
  private volatile State tlsFailureState = State.TLS_FAILED;
  private boolean tlsDone;

  BlockingConnection(
      Endpoint endpoint, EndpointOptions options, Consumer<BlockingConnection> onOpen) {
    this.endpoint = endpoint;
    this.options = options;
    this.onOpen = onOpen;
    this.receiveBuffer =
        new ReceiveBuffer(endpoint instanceof DatagramEndpoint, this::resumeReading);
  }

  @Override
  public void onOpened() {
    onOpen.accept(this);
  }

  @Override
  public void onReceived(ByteBuffer bytes) {
    noteTls();
    receiveBuffer.put(bytes);
    if (!receiveBuffer.hasRoom()) {
      // A reader that starts to wait between these two lines sees the pause, or is counted.
      paused = true;
      onWakeUp();
    }
  }

  /** Under TLS 1.3 a peer may refuse after our handshake: until then it has not agreed. */
  private void noteTls() {
    tlsFailureState = tlsDone ? State.TLS_BROKEN : State.TLS_FAILED;
  }

  @Override
  public void onPeerFin() {
    noteTls();
    receiveBuffer.end(State.END_OF_INPUT);
  }

  @Override
  public void onPeerReset() {
    receiveBuffer.end(State.RESET);
  }

  @Override
  public void onHandshakeDone(Optional<CertificateFault> wrong) {
    tlsDone = true;
    tlsLatch.countDown();
  }

  @Override
  public void onTlsFailed(String reason, boolean expected) {
    tlsFailure = ": " + reason;
    receiveBuffer.end(tlsFailureState);
  }

  @Override
  public void onRefused(String reason) {
    receiveBuffer.end(State.REFUSED);
  }

  @Override
  public void onFlushed() {
    sendDone = true;
    sendLatch.countDown();
  }

  @Override
  public void onWakeUp() {
    paused = paused && !receiveBuffer.hasRoom();
    endpoint.setAutoRead(!paused);
  }

  @Override
  public void onShutdown(String reason) {
    shutdown = new AsynchronousCloseException();
  }

  @Override
  public void onClosed() {
    receiveBuffer.end(State.CLOSED);
    sendLatch.countDown();
    tlsLatch.countDown();
  }

  private void resumeReading() {
    if (paused) {
      endpoint.loop.execute(endpoint, endpoint::onStateChanged);
    }
  }

  /** Returns whether a throwable says that the test has closed the listener or client. */
  boolean isShutdown(Throwable cause) {
    return cause.equals(shutdown);
  }

  @Override
  public void send(Bytes bytes) {
    CountDownLatch latch = new CountDownLatch(1);
    endpoint.loop.call(
        endpoint,
        () -> {
          requireOpen("send");
          endpoint.requireOutput("send");
          requireOutput();
          sendLatch = latch;
          sendDone = false;
          endpoint.send(bytes);
          if (!endpoint.isBusy()) {
            sendDone = endpoint.isOpen();
            latch.countDown();
          }
        });
    if (!await(latch, "sending")) {
      String text = "the peer did not take " + Quantity.of(bytes.size(), "byte") + " within ";
      throw new AssertionError(
          failureMessage(text + DurationText.words(options.deadline()) + handshakeNote()));
    }
    if (!sendDone) {
      requireOpen("send");
    }
  }

  @Override
  public void startTls(Tls tls) {
    CountDownLatch latch = new CountDownLatch(1);
    endpoint.loop.call(
        endpoint,
        () -> {
          requireOpen("start TLS");
          endpoint.requireOutput("start TLS");
          requirePlain();
          requireHello(receiveBuffer.unread());
          tlsLatch = latch;
          endpoint.startTls(tls, receiveBuffer.takeAll());
        });
    if (!await(latch, "starting TLS")) {
      throw new AssertionError(
          failureMessage(
              "the two sides did not agree on TLS within "
                  + DurationText.words(options.deadline())));
    }
    requireOpen("start TLS");
  }

  private void requirePlain() {
    if (endpoint.hasTls()) {
      throw new LoopbackException(
          "cannot start TLS on "
              + endpoint
              + ": it has started already; a spec with tls(…) starts it from the first byte on");
    }
  }

  /** Checks that the peer has sent at most a hello, because plaintext must not follow any more. */
  private void requireHello(Bytes unread) {
    if (!PlaintextRecord.canStartHandshake(unread)) {
      throw new AssertionError(
          failureMessage(
              "cannot start TLS on "
                  + endpoint
                  + ": the "
                  + endpoint.own.peer()
                  + " sent plaintext where a TLS hello was expected"));
    }
  }

  private boolean await(CountDownLatch latch, String verb) {
    try {
      return latch.await(options.timeoutNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      if (latch.getCount() > 0) {
        throw interruptedException(verb, e);
      }
      // The wait is over: the interrupt is for the next one.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void requireOpen(String verb) {
    State state = receiveBuffer.state();
    boolean canSend = state == State.OPEN || state == State.END_OF_INPUT || state == State.OVERFLOW;
    if (endpoint.isOpen() && canSend) {
      return;
    }
    String text = "cannot " + verb + " on " + endpoint + ": ";
    if (state == State.RESET || state == State.REFUSED || state == tlsFailureState) {
      throw new AssertionError(text + "the peer " + state.text + tlsFailure);
    }
    throw new LoopbackException(text + "our end is closed", shutdown);
  }

  private void requireOutput() {
    String outputEnd = endpoint.outputEnd();
    if (!outputEnd.isEmpty()) {
      throw new AssertionError(failureMessage("cannot send on " + endpoint + ": " + outputEnd));
    }
  }

  private String handshakeNote() {
    StringBuilder note = new StringBuilder();
    endpoint.loop.call(
        endpoint,
        () -> {
          String fault = endpoint.tlsFault();
          if (endpoint.isHandshaking()) {
            note.append(": the two sides have not agreed on TLS")
                .append(fault.isEmpty() ? "" : "; " + fault);
          }
        });
    return note.toString();
  }

  private RuntimeException interruptedException(String verb, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LoopbackException("interrupted while " + verb + " on " + endpoint, e);
  }

  private String failureMessage(String text) {
    return unreadInput().failureMessage(text, receiveBuffer.state());
  }

  private UnreadInput unreadInput() {
    return new UnreadInput(
        conversation(), endpoint.own.peer(), receiveBuffer.unread(), options.redactionOrStandard());
  }

  private Bytes awaitAndTake(Object description, ReceiveBuffer.Scan scan) {
    Bytes bytes;
    try {
      bytes = receiveBuffer.awaitAndTake(scan, options.timeoutNanos());
    } catch (InterruptedException e) {
      throw interruptedException("waiting for " + description, e);
    }
    if (bytes != null) {
      return bytes;
    }
    State state = receiveBuffer.state();
    if (state == State.CLOSED) {
      throw new LoopbackException(
          endpoint + " was closed here while waiting for " + description, shutdown);
    }
    String text =
        state == State.OPEN
            ? "timed out after "
                + DurationText.words(options.deadline())
                + " while waiting for "
                + description
                + handshakeNote()
            : "waited for "
                + description
                + ", but the "
                + endpoint.own.peer()
                + " "
                + state.text
                + tlsFailure;
    throw new AssertionError(failureMessage(text));
  }

  @Override
  public void expect(String text) {
    TextExpectation expectation =
        new TextExpectation(Bytes.utf8(text), bytes -> unreadInput().expected(bytes));
    awaitAndTake(expectation, expectation);
    if (expectation.differs()) {
      Bytes unread = unreadInput().unread();
      throw new AssertionError(expectation.describeDifference(unread) + failureMessage(""));
    }
  }

  @Override
  public String readLine() {
    Bytes line =
        awaitAndTake(
            "a line",
            (array, offset, endOffset, state) -> {
              for (int position = offset; position < endOffset; position++) {
                if (array[position] == '\n') {
                  return position + 1 - offset;
                }
              }
              return -1;
            });
    int lineFeed = line.size() - 1;
    return line.slice(
            0, lineFeed > 0 && line.byteAt(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed)
        .utf8();
  }

  @Override
  public Bytes read(int count) {
    ArgumentChecks.notNegative("count", count);
    return awaitAndTake(
        Quantity.of(count, "byte"),
        (array, offset, endOffset, state) -> endOffset - offset >= count ? count : -1);
  }

  @Override
  public Bytes readAvailable() {
    return awaitAndTake("anything", receiveBuffer.available());
  }

  @Override
  public Bytes readToEnd() {
    return awaitAndTake(
        "the peer's FIN",
        (array, offset, endOffset, state) -> state == State.END_OF_INPUT ? endOffset - offset : -1);
  }

  @Override
  public void shutdownOutput() {
    endpoint.loop.call(
        endpoint,
        () -> {
          requireOpen("finish");
          endpoint.shutdownOutput();
        });
  }

  @Override
  public void reset() {
    reset(endpoint::reset);
  }

  /** Resets the connection, and records why. */
  void reset(String cause) {
    reset(() -> endpoint.reset(cause));
  }

  private void reset(Runnable reset) {
    endpoint.loop.call(
        endpoint,
        () -> {
          reset.run();
          endpoint.loop.flushCancelledKeys();
        });
  }

  @Override
  public void close() {
    endpoint.loop.call(
        endpoint,
        () -> {
          if (endpoint.isBusy()) {
            endpoint.reset();
          } else {
            endpoint.close();
          }
          endpoint.loop.flushCancelledKeys();
        });
  }

  @Override
  public Conversation conversation() {
    return endpoint.recorder.snapshot();
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
