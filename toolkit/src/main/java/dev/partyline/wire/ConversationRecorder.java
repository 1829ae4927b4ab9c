package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Where one conversation of a {@link Recorder} is written; safe to use from several threads. */
public final class ConversationRecorder {
  private final Recorder recorder;
  private final Ticker ticker;
  private final ConnectionInfo connection;
  private final ConversationLog log;
  private final long openNanos;
  private long closeNanos = -1;
  private long eventCount;
  private List<TlsSession> sessions = List.of();

  ConversationRecorder(
      Recorder recorder,
      Ticker ticker,
      ConnectionInfo connection,
      long openNanos,
      ConversationLog log) {
    this.recorder = recorder;
    this.ticker = ticker;
    this.connection = connection;
    this.openNanos = openNanos;
    this.log = log;
  }

  /** Returns the ordinal of the connection in its recording, from 1. */
  public int number() {
    return connection.number();
  }

  /** Records a chunk: the remaining bytes of the buffer, whose position stays. */
  public void recordSent(Side side, ByteBuffer chunk) {
    synchronized (log) {
      eventCount++;
      log.appendBytes(side, elapsedNanos(), chunk);
    }
    recorder.signal();
  }

  /** Records a FIN that the side sent itself. */
  public void recordFin(Side side) {
    recordFin(side, Termination.Kind.FIN, "");
  }

  /**
   * Records that the side's direction ended as by a FIN.
   *
   * @param kind what the ledger names
   * @param cause why, as in "cutAfter(512)"; empty if the side did so itself
   */
  public void recordFin(Side side, Termination.Kind kind, String cause) {
    synchronized (log) {
      eventCount++;
      log.appendFin(side, elapsedNanos(), kind, cause);
    }
    recorder.signal();
  }

  /** Records an RST that the side sent itself. */
  public void recordRst(Side side) {
    recordRst(side, Termination.Kind.RST, "");
  }

  /**
   * Records that the side's direction ended as by an RST.
   *
   * @param kind what the ledger names
   * @param cause why, as in "connect timed out"; empty if the side did so itself
   */
  public void recordRst(Side side, Termination.Kind kind, String cause) {
    synchronized (log) {
      eventCount++;
      log.appendRst(side, elapsedNanos(), kind, cause);
    }
    recorder.signal();
  }

  /** Records that the two sides start TLS now: what is recorded from here on was said under it. */
  public void recordTlsStarted() {
    synchronized (log) {
      eventCount++;
      log.appendTlsStarted(elapsedNanos());
    }
    recorder.signal();
  }

  /** Records that a side has agreed on TLS with our end; it prints as a comment. */
  public void recordTlsSession(TlsSession session) {
    synchronized (log) {
      eventCount++;
      List<TlsSession> result = new ArrayList<>(sessions);
      result.add(session);
      sessions = List.copyOf(result);
      log.appendNote(elapsedNanos(), session.toString());
    }
    recorder.signal();
  }

  /** Records a remark at this moment, such as what a fault did; it prints as a comment. */
  public void recordNote(String text) {
    synchronized (log) {
      eventCount++;
      log.appendNote(elapsedNanos(), text);
    }
    recorder.signal();
  }

  /** Records that our end of the connection is closed; more than once is as good as once. */
  public void recordClosed() {
    synchronized (log) {
      eventCount++;
      closeNanos = closeNanos < 0 ? elapsedNanos() : closeNanos;
    }
    recorder.signal();
  }

  /** Returns the conversation so far. */
  public Conversation snapshot() {
    synchronized (log) {
      boolean open = closeNanos < 0;
      long durationNanos = open ? elapsedNanos() : closeNanos;
      return new Conversation(connection, durationNanos, open, log.snapshot(), sessions);
    }
  }

  /** Returns how many things were recorded here. */
  long eventCount() {
    synchronized (log) {
      return eventCount;
    }
  }

  long byteCount(Side side) {
    synchronized (log) {
      return log.byteCount(side);
    }
  }

  private long elapsedNanos() {
    return ticker.nanos() - openNanos;
  }
}
