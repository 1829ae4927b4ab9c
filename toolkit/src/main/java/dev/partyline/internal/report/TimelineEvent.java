package dev.partyline.internal.report;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;

/**
 * Something on the time line of a test.
 *
 * @param connection the index of the connection, from 0; -1 if it is of none
 * @param kind what it is
 * @param side who did it; the client if that means nothing
 * @param nanos when it was, as the tickers of the recordings have it
 * @param byteCount how many bytes were sent or dropped
 * @param bytes what was sent, with secrets masked
 * @param text what it says, with secrets masked; empty for most
 */
public record TimelineEvent(
    int connection, Kind kind, Side side, long nanos, long byteCount, Bytes bytes, String text) {
  /** What an event is; {@code model.js} has the same order. */
  public enum Kind {
    /** A connection was opened. */
    OPEN,
    /** One read or write of bytes. */
    SENT,
    /** A FIN. */
    FIN,
    /** An RST. */
    RST,
    /** TLS starts. */
    TLS,
    /** A remark of a recording. */
    NOTE,
    /** Bytes that were not kept. */
    DROPPED,
    /** A mark was set. */
    MARK,
    /** A script waits here, or has failed. */
    WAIT,
    /** The test failed, or ended. */
    END
  }

  static TimelineEvent sent(int connection, Side side, long nanos, Bytes bytes) {
    return new TimelineEvent(connection, Kind.SENT, side, nanos, bytes.size(), bytes, "");
  }

  static TimelineEvent dropped(int connection, Side side, long nanos, long byteCount) {
    return new TimelineEvent(connection, Kind.DROPPED, side, nanos, byteCount, Bytes.EMPTY, "");
  }

  /** Returns an event that has a text, and no bytes. */
  public static TimelineEvent of(int connection, Kind kind, Side side, long nanos, String text) {
    return new TimelineEvent(connection, kind, side, nanos, 0, Bytes.EMPTY, text);
  }

  /** Returns its kind and side as one number. */
  public int code() {
    return kind.ordinal() * 2 + side.ordinal();
  }
}
