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
import dev.partyline.wire.Side;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Our end of one connection, as the loop works for it. Everything happens on the loop. */
abstract class Endpoint implements EventHandler, AcceptedConnection {
  final EventLoop loop;
  final ConversationRecorder recorder;
  final Side own;

  private final Timer timer = new Timer(this);
  private final BackgroundFailures failures;
  private boolean open = true;
  private @Nullable OpenSocketOwner openEntry;

  Endpoint(EventLoop loop, ConversationRecorder recorder, Side own, BackgroundFailures failures) {
    this.loop = loop;
    this.recorder = recorder;
    this.own = own;
    this.failures = failures;
  }

  abstract EndpointOwner owner();

  /** Records and sends one message: one write, one datagram; what does not leave now, waits. */
  abstract void send(Bytes bytes);

  /** Returns whether something that was said has not left yet. */
  abstract boolean isBusy();

  /** Returns how many bytes that were said have not left yet. */
  abstract long pendingBytes();

  /**
   * Starts TLS, on the terms of the spec if none are given; what was said before is plain.
   *
   * @param earlyBytes what the peer has said under TLS already, though it was read in plain
   */
  abstract void startTls(@Nullable Tls tlsConfig, Bytes earlyBytes);

  /** Returns whether TLS has been started. */
  boolean hasTls() {
    return false;
  }

  /** Returns whether the two sides have begun TLS and not agreed yet. */
  boolean isHandshaking() {
    return false;
  }

  /** Returns whether TLS fails as the test has asked for. */
  boolean isExpectedTlsFailure() {
    return false;
  }

  /** Sends a FIN when all that was said has left. */
  abstract void shutdownOutput();

  /** Closes, which sends a FIN. */
  abstract void close();

  /** Throws the connection away. */
  abstract void reset();

  /** Reads on, or reads no more: then the peer gets to feel back pressure. */
  abstract void setAutoRead(boolean enabled);

  /**
   * Reads no more than it must, as long as what comes next may belong to others: a stream does that
   * byte by byte.
   */
  void readByteByByte(boolean enabled) {}

  /** Does away with the descriptor. */
  abstract void closeChannel() throws IOException;

  /** Reads everything that the peer has sent so far. */
  abstract void readAll();

  /** Has it forgotten that this is open once it is closed; to be called before it opens. */
  final void forgetOnClose(OpenSocketOwner entry) {
    openEntry = entry;
  }

  final boolean isOpen() {
    return open;
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
    if (open) {
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

  /** Our end is closed now, by whatever means. */
  final void terminate() {
    if (!open) {
      return;
    }
    open = false;
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
    if (!open) {
      return;
    }
    try {
      owner().onShutdown();
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
