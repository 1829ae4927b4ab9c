package dev.partyline.loopback;

import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Our end of one connection, as the loop works for it. Everything happens on the loop. */
abstract class Endpoint implements EventHandler, AcceptedConnection {
  final EventLoop loop;
  final ConversationRecorder track;
  final Side own;

  private final Timer timer = new Timer(this);
  private final BackgroundFailures problems;
  private boolean open = true;
  private @Nullable OpenResource noted;

  Endpoint(EventLoop loop, ConversationRecorder track, Side own, BackgroundFailures problems) {
    this.loop = loop;
    this.track = track;
    this.own = own;
    this.problems = problems;
  }

  abstract EndpointOwner talk();

  /** Records and sends one message: one write, one datagram; what does not leave now, waits. */
  abstract void say(Bytes bytes);

  /** Returns whether something that was said has not left yet. */
  abstract boolean isBusy();

  /** Returns how many bytes that were said have not left yet. */
  abstract long unsent();

  /**
   * Starts TLS, on the terms of the spec if none are given; what was said before is plain.
   *
   * @param early what the peer has said under TLS already, though it was read in plain
   */
  abstract void startTls(@Nullable Tls terms, Bytes early);

  /** Returns whether TLS has been started. */
  boolean hasTls() {
    return false;
  }

  /** Returns whether the two sides have begun TLS and not agreed yet. */
  boolean isHandshaking() {
    return false;
  }

  /** Returns whether TLS fails as the test has asked for. */
  boolean isFailingAsAsked() {
    return false;
  }

  /** Sends a FIN when all that was said has left. */
  abstract void finish();

  /** Closes, which sends a FIN. */
  abstract void close();

  /** Throws the connection away. */
  abstract void reset();

  /** Reads on, or reads no more: then the peer gets to feel back pressure. */
  abstract void reading(boolean on);

  /**
   * Reads no more than it must, as long as what comes next may belong to others: a stream does that
   * byte by byte.
   */
  void sparingly(boolean on) {}

  /** Does away with the descriptor. */
  abstract void release() throws IOException;

  /** Reads everything that the peer has sent so far. */
  abstract void readUp();

  /** Has it forgotten that this is open once it is closed; to be called before it opens. */
  final void forgetLater(OpenResource entry) {
    noted = entry;
  }

  final boolean isOpen() {
    return open;
  }

  final void wakeAt(long nanos) {
    loop.wake(timer, nanos);
  }

  @Override
  public final void timeUp(long now) {
    talk().woken();
  }

  @Override
  public final void failed(Throwable problem) {
    problems.add(this + " failed", problem);
    if (open) {
      track.reset(own);
      drop();
    }
  }

  @Override
  public final void nudge() {
    try {
      talk().woken();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  @Override
  public final void settle() {
    try {
      readUp();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** Our end is closed now, by whatever means. */
  final void drop() {
    if (!open) {
      return;
    }
    open = false;
    loop.cancel(timer);
    try {
      release();
    } catch (IOException e) {
      problems.add(this + " could not be closed", e);
    }
    if (noted != null) {
      noted.forget();
    }
    track.closed();
    talk().closed();
  }

  @Override
  public final void stop() {
    if (!open) {
      return;
    }
    try {
      talk().stopped();
      if (isBusy()) {
        reset();
      } else {
        close();
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  @Override
  public String toString() {
    return "connection " + track.number();
  }
}
