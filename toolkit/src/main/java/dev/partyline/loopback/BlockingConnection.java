package dev.partyline.loopback;

import dev.partyline.loopback.ReceiveBuffer.State;
import dev.partyline.script.Redaction;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.TimeoutFactor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A connection in the hands of a user: the loop fills an inbox, and does what the user asks. */
final class BlockingConnection implements EndpointOwner, Connection {
  private final Endpoint link;
  private final Duration deadline;
  private final EndpointOptions settings;
  private final Consumer<BlockingConnection> whenOpen;
  private final ReceiveBuffer inbox;
  private volatile boolean paused;
  private volatile boolean stopped;
  private volatile boolean sent;
  private volatile CountDownLatch sending = new CountDownLatch(0);
  private volatile CountDownLatch securing = new CountDownLatch(0);
  private volatile String problem = "";

  BlockingConnection(
      Endpoint link, EndpointOptions settings, Consumer<BlockingConnection> whenOpen) {
    this.link = link;
    this.settings = settings;
    this.deadline = settings.deadline();
    this.whenOpen = whenOpen;
    this.inbox = new ReceiveBuffer(link instanceof DatagramEndpoint, this::resume);
  }

  @Override
  public void opened() {
    whenOpen.accept(this);
  }

  @Override
  public void received(ByteBuffer bytes) {
    inbox.put(bytes);
    if (!inbox.hasRoom()) {
      // A reader that begins to wait between these two lines sees the pause, or is seen itself.
      paused = true;
      woken();
    }
  }

  @Override
  public void peerFinished() {
    inbox.end(State.FINISHED);
  }

  @Override
  public void peerReset() {
    inbox.end(State.RESET);
  }

  @Override
  public void secured() {
    securing.countDown();
  }

  @Override
  public void handshakeFailed(String why, boolean asked) {
    problem = ": " + why;
    inbox.end(State.INSECURE);
  }

  @Override
  public void refused(String why) {
    inbox.end(State.REFUSED);
  }

  @Override
  public void flushed() {
    sent = true;
    sending.countDown();
  }

  @Override
  public void woken() {
    paused = paused && !inbox.hasRoom();
    link.reading(!paused);
  }

  @Override
  public void stopped() {
    stopped = true;
  }

  @Override
  public void closed() {
    inbox.end(State.CLOSED);
    sending.countDown();
    securing.countDown();
  }

  private void resume() {
    if (paused) {
      link.loop.execute(link, link::nudge);
    }
  }

  /** Returns whether whoever opened this has closed it. */
  boolean wasStopped() {
    return stopped;
  }

  @Override
  public void send(Bytes bytes) {
    CountDownLatch left = new CountDownLatch(1);
    link.loop.call(
        link,
        () -> {
          requireOpen("send");
          sending = left;
          sent = false;
          link.say(bytes);
          if (!link.isBusy()) {
            sent = link.isOpen();
            left.countDown();
          }
        });
    if (!await(left, "sending")) {
      String what = "the peer did not take " + bytes.size() + " bytes within ";
      throw new AssertionError(failure(what + Addresses.time(deadline) + handshaking()));
    }
    if (!sent) {
      requireOpen("send");
    }
  }

  @Override
  public void startTls(Tls terms) {
    CountDownLatch left = new CountDownLatch(1);
    link.loop.call(
        link,
        () -> {
          requireOpen("start TLS");
          requirePlain();
          requireHello(inbox.unread());
          securing = left;
          link.startTls(terms, inbox.takeAll());
        });
    if (!await(left, "starting TLS")) {
      throw new AssertionError(
          failure("the two sides did not agree on TLS within " + Addresses.time(deadline)));
    }
    requireOpen("start TLS");
  }

  private void requirePlain() {
    if (link.hasTls()) {
      throw new LoopbackException(
          "cannot start TLS on "
              + link
              + ": it has started already; a spec with tls(…) starts it from the first byte on");
    }
  }

  /** A peer can be faster with its hello than we with TLS; what it says in plain is too much. */
  private void requireHello(Bytes early) {
    if (!PlaintextRecord.canBegin(early)) {
      throw new AssertionError(
          failure(
              "cannot start TLS on "
                  + link
                  + ": the "
                  + link.own.peer()
                  + " went on in plain where TLS is to start"));
    }
  }

  private boolean await(CountDownLatch latch, String verb) {
    try {
      return latch.await(patience(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      if (latch.getCount() > 0) {
        throw interrupted(verb, e);
      }
      // What was waited for has come: the interrupt is for whoever waits next.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void requireOpen(String verb) {
    State state = inbox.state();
    if (link.isOpen() && (state == State.OPEN || state == State.FINISHED)) {
      return;
    }
    String what = "cannot " + verb + " on " + link + ": ";
    if (state == State.RESET || state == State.REFUSED || state == State.INSECURE) {
      throw new AssertionError(what + "the peer " + state.words + problem);
    }
    throw new LoopbackException(what + "our end is closed");
  }

  private String handshaking() {
    AtomicBoolean pending = new AtomicBoolean();
    link.loop.call(link, () -> pending.set(link.isHandshaking()));
    return pending.get() ? ": the two sides have not agreed on TLS" : "";
  }

  private long patience() {
    return TimeoutFactor.stretch(deadline).toNanos();
  }

  private RuntimeException interrupted(String verb, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LoopbackException("interrupted while " + verb + " on " + link, e);
  }

  private String failure(String what) {
    Redaction redaction = settings.redactionOrStandard();
    return TextExpectation.failure(
        what, redaction.apply(inbox.unread()), inbox.state(), link.own, conversation());
  }

  private Bytes take(String awaited, ReceiveBuffer.Scan scan) {
    Bytes taken;
    try {
      taken = inbox.take(scan, patience());
    } catch (InterruptedException e) {
      throw interrupted("waiting for " + awaited, e);
    }
    if (taken != null) {
      return taken;
    }
    State state = inbox.state();
    if (state == State.CLOSED) {
      throw new LoopbackException(link + " was closed here while waiting for " + awaited);
    }
    String what =
        state == State.OPEN
            ? "waited " + Addresses.time(deadline) + " for " + awaited + ", in vain" + handshaking()
            : "waited for "
                + awaited
                + ", but the "
                + link.own.peer()
                + " "
                + state.words
                + problem;
    throw new AssertionError(failure(what));
  }

  @Override
  public void expect(String text) {
    Redaction redaction = settings.redactionOrStandard();
    TextExpectation expected = new TextExpectation(Bytes.utf8(text), redaction);
    take("\"" + expected + "\"", expected);
    if (expected.differs()) {
      throw new AssertionError(expected.difference() + failure(""));
    }
  }

  @Override
  public String readLine() {
    Bytes line =
        take(
            "a line",
            (array, from, to, state) -> {
              for (int at = from; at < to; at++) {
                if (array[at] == '\n') {
                  return at + 1 - from;
                }
              }
              return -1;
            });
    int end = line.size() - 1;
    return line.slice(0, end > 0 && line.at(end - 1) == '\r' ? end - 1 : end).utf8();
  }

  @Override
  public Bytes read(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count (" + count + ") must not be negative");
    }
    return take(count + " bytes", (array, from, to, state) -> to - from >= count ? count : -1);
  }

  @Override
  public Bytes readAvailable() {
    return take("anything", inbox.available());
  }

  @Override
  public Bytes readToEnd() {
    return take(
        "the peer's FIN", (array, from, to, state) -> state == State.FINISHED ? to - from : -1);
  }

  @Override
  public void finish() {
    link.loop.call(
        link,
        () -> {
          requireOpen("finish");
          link.finish();
        });
  }

  @Override
  public void reset() {
    link.loop.call(
        link,
        () -> {
          link.reset();
          link.loop.sweep();
        });
  }

  @Override
  public void close() {
    link.loop.call(
        link,
        () -> {
          if (link.isBusy()) {
            link.reset();
          } else {
            link.close();
          }
          link.loop.sweep();
        });
  }

  @Override
  public Conversation conversation() {
    return link.track.snapshot();
  }

  @Override
  public String toString() {
    return link.toString();
  }
}
