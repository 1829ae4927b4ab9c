package dev.partyline.loopback;

import dev.partyline.script.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.time.Duration;

/** Holds what was received against what was expected, and lays out where they part. */
final class TextExpectation implements ReceiveBuffer.Scan {
  private static final int CONTEXT = 60;

  private final Bytes expected;
  private final Redaction redaction;
  private Bytes received = Bytes.EMPTY;
  private int difference = -1;

  TextExpectation(Bytes expected, Redaction redaction) {
    this.expected = expected;
    this.redaction = redaction;
  }

  /** Takes nothing if a byte differs, so that it can still be read. */
  @Override
  public int scan(byte[] array, int from, int to, ReceiveBuffer.State state) {
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
    Bytes wanted = redaction.apply(expected);
    Bytes came = redaction.apply(received);
    int from = Math.max(0, difference - CONTEXT);
    String cut = from > 0 ? "…" : "";
    String equal = cut + wanted.slice(from, difference).escaped();
    int end = Math.min(expected.size(), difference + CONTEXT);
    return "what was received differs from what was expected at offset "
        + difference
        + "\n  expected: "
        + equal
        + wanted.slice(difference, end).escaped()
        + (end < expected.size() ? "…" : "")
        + "\n  received: "
        + equal
        + came.slice(difference, came.size()).escaped()
        + "\n            "
        + " ".repeat(equal.codePointCount(0, equal.length()))
        + "^";
  }

  /** Lays out what went wrong with how the connection stands. */
  static String failure(
      String what, Bytes unread, ReceiveBuffer.State state, Side own, Conversation conversation) {
    Side peer = own.peer();
    Duration silence = Duration.ofNanos(conversation.silence(peer));
    String shown = what.isEmpty() ? "" : "\n  received: " + excerpt(unread);
    return what
        + shown
        + "\n  the "
        + peer
        + " "
        + state.words
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
    return redaction.apply(expected).toString();
  }
}
