package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Where one conversation of a {@link Recorder} is written; safe to use from several threads. */
public final class ConversationRecorder {
  private final Recorder recorder;
  private final Ticker ticker;
  private final ConnectionInfo line;
  private final ConversationLog tape;
  private final long opened;
  private long closed = -1;
  private long events;
  private List<TlsSession> sessions = List.of();

  ConversationRecorder(
      Recorder recorder, Ticker ticker, ConnectionInfo line, long opened, ConversationLog tape) {
    this.recorder = recorder;
    this.ticker = ticker;
    this.line = line;
    this.opened = opened;
    this.tape = tape;
  }

  /** Returns the ordinal of the connection in its recording, from 1. */
  public int number() {
    return line.number();
  }

  /** Records a chunk: the remaining bytes of the buffer, whose position stays. */
  public void sent(Side side, ByteBuffer chunk) {
    synchronized (tape) {
      events++;
      tape.sent(side, elapsed(), chunk);
    }
    recorder.signal();
  }

  /** Records a FIN that the side sent itself. */
  public void finished(Side side) {
    finished(side, TerminationKind.FIN, "");
  }

  /**
   * Records that the side's direction ended as by a FIN.
   *
   * @param how what the ledger names
   * @param cause why, as in "cutAfter(512)"; empty if the side did so itself
   */
  public void finished(Side side, TerminationKind how, String cause) {
    synchronized (tape) {
      events++;
      tape.finished(side, elapsed(), how, cause);
    }
    recorder.signal();
  }

  /** Records an RST that the side sent itself. */
  public void reset(Side side) {
    reset(side, TerminationKind.RST, "");
  }

  /**
   * Records that the side's direction ended as by an RST.
   *
   * @param how what the ledger names
   * @param cause why, as in "connect timed out"; empty if the side did so itself
   */
  public void reset(Side side, TerminationKind how, String cause) {
    synchronized (tape) {
      events++;
      tape.reset(side, elapsed(), how, cause);
    }
    recorder.signal();
  }

  /** Records that the two sides start TLS now: what is recorded from here on was said under it. */
  public void startTls() {
    synchronized (tape) {
      events++;
      tape.startTls(elapsed());
    }
    recorder.signal();
  }

  /** Records that a side has agreed on TLS with our end; it prints as a comment. */
  public void secured(TlsSession session) {
    synchronized (tape) {
      events++;
      List<TlsSession> all = new ArrayList<>(sessions);
      all.add(session);
      sessions = List.copyOf(all);
      tape.note(elapsed(), session.toString());
    }
    recorder.signal();
  }

  /** Records a remark at this moment, such as what a fault did; it prints as a comment. */
  public void note(String text) {
    synchronized (tape) {
      events++;
      tape.note(elapsed(), text);
    }
    recorder.signal();
  }

  /** Records that our end of the connection is closed; more than once is as good as once. */
  public void closed() {
    synchronized (tape) {
      events++;
      closed = closed < 0 ? elapsed() : closed;
    }
    recorder.signal();
  }

  /** Returns the conversation so far. */
  public Conversation snapshot() {
    synchronized (tape) {
      boolean open = closed < 0;
      long age = open ? elapsed() : closed;
      return new Conversation(line, age, open, tape.snapshot(), sessions);
    }
  }

  /** Returns how many things were recorded here. */
  long events() {
    synchronized (tape) {
      return events;
    }
  }

  long count(Side side) {
    synchronized (tape) {
      return tape.count(side);
    }
  }

  private long elapsed() {
    return ticker.nanos() - opened;
  }
}
