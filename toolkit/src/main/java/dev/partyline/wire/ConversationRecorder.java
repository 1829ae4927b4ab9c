package dev.partyline.wire;

import dev.partyline.internal.text.ArgumentChecks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Where one conversation of a {@link Recorder} is written; safe to use from several threads. */
public final class ConversationRecorder {
  private final Recorder recorder;
  private final Ticker ticker;
  private final ConnectionInfo connection;
  private final ConversationLog log;
  private final long openNanos;
  private long closeNanos = -1;
  private boolean dropped;
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
    log.updateHeldBytes();
  }

  /** Returns the ordinal of the connection in its recording, from 1. */
  public int number() {
    return connection.number();
  }

  /** Records a chunk: the remaining bytes of the buffer, whose position stays. */
  public void recordSent(Side side, ByteBuffer chunk) {
    record(
        nanos -> {
          log.appendBytes(side, nanos, chunk);
          // Over UDP a peer may go on when our end is closed.
          closeNanos = closeNanos < 0 ? closeNanos : nanos;
        });
  }

  /**
   * Records that the side sent bytes here that are not known, as where a capture has missed a
   * segment: a {@link Gap} of the conversation.
   *
   * @param byteCount how many, 1 or more
   * @throws IllegalArgumentException if it is less
   */
  public void recordMissing(Side side, long byteCount) {
    ArgumentChecks.atLeast("byteCount", byteCount, 1);
    record(nanos -> log.appendDropped(side, nanos, byteCount));
  }

  /** Records a FIN that the side sent itself. */
  public void recordFin(Side side) {
    recordFin(side, Termination.Kind.FIN, "");
  }

  /**
   * Records that the side's direction ended as by a FIN.
   *
   * @param kind what the ledger says
   * @param cause why, as in "cut after 512 bytes"; empty if the side did so itself
   */
  public void recordFin(Side side, Termination.Kind kind, String cause) {
    record(nanos -> log.appendFin(side, nanos, kind, cause));
  }

  /** Records an RST that the side sent itself. */
  public void recordRst(Side side) {
    recordRst(side, Termination.Kind.RST, "");
  }

  /**
   * Records that the side's direction ended as by an RST.
   *
   * @param kind what the ledger says
   * @param cause why, as in "connect timed out"; empty if the side did so itself
   */
  public void recordRst(Side side, Termination.Kind kind, String cause) {
    record(nanos -> log.appendRst(side, nanos, kind, cause));
  }

  /** Records that the two sides start TLS now: what is recorded from here on was encrypted. */
  public void recordTlsStarted() {
    record(log::appendTlsStarted);
  }

  /** Records a TLS session between a side and our end; it prints as a comment. */
  public void recordTlsSession(TlsSession session) {
    record(
        nanos -> {
          List<TlsSession> result = new ArrayList<>(sessions);
          result.add(session);
          sessions = List.copyOf(result);
          log.appendNote(nanos, session.toString());
        });
  }

  /** Records a note at this moment, such as what a fault did; it prints as a comment. */
  public void recordNote(String text) {
    record(nanos -> log.appendNote(nanos, text));
  }

  /** Records that our end of the connection is closed. Recording it again has no effect. */
  public void recordClosed() {
    record(
        nanos -> {
          closeNanos = closeNanos < 0 ? nanos : closeNanos;
          log.onEnded();
        });
  }

  private void record(LongConsumer writer) {
    synchronized (log) {
      if (dropped) {
        return;
      }
      eventCount++;
      writer.accept(elapsedNanos());
      log.updateHeldBytes();
    }
    recorder.onRecorded();
  }

  /** Returns the conversation so far. */
  public Conversation snapshot() {
    synchronized (log) {
      boolean open = closeNanos < 0;
      long durationNanos = open ? elapsedNanos() : closeNanos;
      ConnectionInfo opened = connection.withOpenedAt(openNanos - recorder.startNanos());
      return new Conversation(opened, durationNanos, open, log.snapshot(), sessions);
    }
  }

  /** Gives back its memory if it has ended; returns whether it has. */
  boolean dropIfClosed() {
    synchronized (log) {
      boolean closed = closeNanos >= 0;
      if (closed) {
        dropped = true;
        log.release();
      }
      return closed;
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
