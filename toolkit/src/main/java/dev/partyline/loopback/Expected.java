package dev.partyline.loopback;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.time.Duration;

/** Holds what was received against what was expected, and lays out where they part. */
final class Expected implements Inbox.Scan {
  private static final int CONTEXT = 60;

  private final Bytes expected;
  private Bytes received = Bytes.EMPTY;
  private int difference = -1;

  Expected(Bytes expected) {
    this.expected = expected;
  }

  /** Takes nothing if a byte differs, so that it can still be read. */
  @Override
  public int scan(byte[] array, int from, int to, Inbox.State state) {
    int common = Math.min(expected.size(), to - from);
    Bytes unread = Bytes.copyOf(array, from, from + common);
    int at = unread.mismatch(expected.slice(0, common));
    if (at >= 0) {
      difference = at;
      received = Bytes.copyOf(array, from, Math.min(to, from + at + CONTEXT));
      return 0;
    }
    return common == expected.size() ? common : -1;
  }

  boolean differs() {
    return difference >= 0;
  }

  String difference() {
    int from = Math.max(0, difference - CONTEXT);
    String cut = from > 0 ? "…" : "";
    String equal = cut + expected.slice(from, difference).escaped();
    int end = Math.min(expected.size(), difference + CONTEXT);
    return "what was received differs from what was expected at offset "
        + difference
        + "\n  expected: "
        + equal
        + expected.slice(difference, end).escaped()
        + (end < expected.size() ? "…" : "")
        + "\n  received: "
        + equal
        + received.slice(difference, received.size()).escaped()
        + "\n            "
        + " ".repeat(equal.codePointCount(0, equal.length()))
        + "^";
  }

  /** Lays out what went wrong with how the connection stands. */
  static String failure(String what, Inbox inbox, Side own, Conversation conversation) {
    Side peer = own.peer();
    Duration silence = Duration.ofNanos(conversation.silence(peer));
    String unread = what.isEmpty() ? "" : "\n  received: " + excerpt(inbox.unread());
    return what
        + unread
        + "\n  the "
        + peer
        + " "
        + inbox.state().words
        + ", silent for "
        + silence.toMillis()
        + " ms\n  on "
        + conversation;
  }

  private static String excerpt(Bytes unread) {
    return unread.isEmpty() ? "nothing" : unread.toString();
  }

  @Override
  public String toString() {
    return expected.toString();
  }
}
