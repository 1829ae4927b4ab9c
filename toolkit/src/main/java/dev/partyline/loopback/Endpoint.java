package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EventHandler;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.internal.net.Timer;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Our end of one connection. Everything happens on the loop. */
abstract class Endpoint implements EventHandler, AcceptedConnection {
  final EventLoop loop;
  final ConversationRecorder recorder;
  final Side own;

  private final Timer timer = new Timer(this);
  private final BackgroundFailures failures;
  private State state = State.OPEN;
  private @Nullable OpenSocketOwner openEntry;

  /** Why our side ends, if it does not do so by itself. */
  private String endCause = "";

  private enum State {
    OPEN,
    /** What is still received is recorded only. */
    CLOSING,
    CLOSED
  }

  Endpoint(EventLoop loop, ConversationRecorder recorder, Side own, BackgroundFailures failures) {
    this.loop = loop;
    this.recorder = recorder;
    this.own = own;
    this.failures = failures;
  }

  abstract EndpointOwner owner();

  /** Records and sends one message: one write, one datagram. What cannot be sent now is queued. */
  abstract void send(Bytes bytes);

  /** Returns whether something is still unsent. */
  abstract boolean isBusy();

  /** Returns how many bytes are still unsent. */
  abstract long pendingBytes();

  /**
   * Starts TLS.
   *
   * @param tlsConfig how, null for as the spec says
   * @param earlyBytes bytes of TLS that the peer has sent, and that were already read
   */
  abstract void startTls(@Nullable Tls tlsConfig, Bytes earlyBytes);

  /** Returns whether TLS has been started. */
  boolean hasTls() {
    return false;
  }

  /** Returns whether a TLS handshake is in progress. */
  boolean isHandshaking() {
    return false;
  }

  /** Returns what our end does to fail in TLS on purpose, in words; empty if it does nothing. */
  String tlsFault() {
    return "";
  }

  /** Returns why the FIN of the peer has ended our direction as well; empty if it has not. */
  String outputEnd() {
    return "";
  }

  /**
   * Checks that our end has not ended its output.
   *
   * @param verb what is to be done, for the message
   * @throws LoopbackException if it has sent a FIN, or is about to
   */
  void requireOutput(String verb) {}

  /**
   * Sends a FIN as soon as everything was sent; returns false if the peer has reset the connection
   * before, so that there is none.
   */
  abstract boolean shutdownOutput();

  /** Closes the connection, which sends a FIN. */
  abstract void close();

  /** Sends a FIN, goes on receiving, and closes the connection when the peer has ended too. */
  abstract void closeGracefully();

  /** Resets the connection. */
  abstract void reset();

  /** Reads what the peer sends, or stops reading, which the peer feels as back pressure. */
  abstract void setAutoRead(boolean enabled);

  /**
   * Reads single bytes as long as TLS may start with the next one, so that nothing of it is read as
   * plaintext.
   */
  void readByteByByte(boolean enabled) {}

  /** Closes the channel. */
  abstract void closeChannel() throws IOException;

  /** Reads everything that the peer has sent so far. */
  abstract void readAll();

  /** Unregisters the entry when this is closed; called before it opens. */
  final void forgetOnClose(OpenSocketOwner entry) {
    openEntry = entry;
  }

  final boolean isOpen() {
    return state != State.CLOSED;
  }

  final boolean isClosing() {
    return state == State.CLOSING;
  }

  /** Lets the owner hear no more of what is received, because our end is about to be closed. */
  final void startClosing() {
    state = isOpen() ? State.CLOSING : state;
  }

  final void wakeAt(long nanos) {
    loop.schedule(timer, nanos);
  }

  @Override
  public final void onTimeout(long now) {
    owner().onWakeUp();
  }

  @Override
  public final void onFailure(Throwable failure) {
    failures.add(this + " failed", failure);
    if (isOpen()) {
      recorder.recordRst(own);
      terminate();
    }
  }

  @Override
  public final void onStateChanged() {
    try {
      owner().onWakeUp();
    } catch (RuntimeException | Error e) {
      onFailure(e);
    }
  }

  @Override
  public final void drainInput() {
    try {
      readAll();
    } catch (RuntimeException | Error e) {
      onFailure(e);
    }
  }

  /** Resets the connection, and records why. */
  final void reset(String cause) {
    endCause = cause;
    reset();
  }

  /** Returns whether our side ends by itself, rather than because of a failure or the test. */
  final boolean endsByItself() {
    return endCause.isEmpty();
  }

  /** Records our FIN, marked if the test closes our end rather than the script or handler. */
  final void recordOwnFin() {
    recorder.recordFin(own, Termination.Kind.FIN, endCause);
  }

  /** Records our RST in the same way. */
  final void recordOwnRst() {
    recorder.recordRst(own, Termination.Kind.RST, endCause);
  }

  /** Closes the channel, and tells the owner. */
  final void terminate() {
    if (!isOpen()) {
      return;
    }
    state = State.CLOSED;
    loop.cancel(timer);
    failures.close(this::closeChannel, this);
    if (openEntry != null) {
      openEntry.unregister();
    }
    recorder.recordClosed();
    owner().onClosed();
  }

  @Override
  public final void shutdown() {
    if (!isOpen()) {
      return;
    }
    try {
      // What the peer has sent counts, also for a script that has ended.
      readAll();
      if (!isOpen()) {
        return;
      }
      owner().onShutdown("the test closed the " + own);
      endCause = "closed by the test";
      if (isBusy()) {
        reset();
      } else {
        close();
      }
    } catch (RuntimeException | Error e) {
      onFailure(e);
    }
  }

  @Override
  public String toString() {
    return "connection " + recorder.number();
  }
}
