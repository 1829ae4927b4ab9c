package dev.partyline.wire;

import java.nio.ByteBuffer;

/** Where one conversation of a {@link Recorder} is written; safe to use from several threads. */
public final class Track {
  private final Recorder recorder;
  private final Ticker ticker;
  private final int number;
  private final Transport transport;
  private final String client;
  private final String server;
  private final long opened;
  private final Tape tape = new Tape();
  private long closed = -1;

  Track(
      Recorder recorder,
      Ticker ticker,
      int number,
      Transport transport,
      String client,
      String server) {
    this.recorder = recorder;
    this.ticker = ticker;
    this.number = number;
    this.transport = transport;
    this.client = client;
    this.server = server;
    this.opened = ticker.nanos();
  }

  /** Returns the ordinal of the connection in its recording, from 1. */
  public int number() {
    return number;
  }

  /** Records a chunk: the remaining bytes of the buffer, whose position stays. */
  public void sent(Side side, ByteBuffer chunk) {
    synchronized (tape) {
      tape.sent(side, elapsed(), chunk);
    }
    recorder.signal();
  }

  /** Records a FIN. */
  public void finished(Side side) {
    synchronized (tape) {
      tape.finished(side, elapsed());
    }
    recorder.signal();
  }

  /** Records an RST. */
  public void reset(Side side) {
    synchronized (tape) {
      tape.reset(side, elapsed());
    }
    recorder.signal();
  }

  /** Records that our end of the connection is closed; more than once is as good as once. */
  public void closed() {
    synchronized (tape) {
      closed = closed < 0 ? elapsed() : closed;
    }
    recorder.signal();
  }

  /** Returns the conversation so far. */
  public Conversation snapshot() {
    synchronized (tape) {
      boolean open = closed < 0;
      return new Conversation(
          number, transport, client, server, open ? elapsed() : closed, open, tape.snapshot());
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
