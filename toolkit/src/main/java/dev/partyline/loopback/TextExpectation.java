package dev.partyline.loopback;

import dev.partyline.internal.text.DurationText;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.time.Duration;

/** Compares received bytes with an expected text, and describes where they differ. */
final class TextExpectation implements ReceiveBuffer.Scan {
  private static final int CONTEXT_BYTES = 60;

  private final Bytes expected;
  private final Redaction redaction;
  private Bytes received = Bytes.EMPTY;
  private int mismatchOffset = -1;

  TextExpectation(Bytes expected, Redaction redaction) {
    this.expected = expected;
    this.redaction = redaction;
  }

  /** Takes nothing if a byte differs, so that the bytes can still be read. */
  @Override
  public int scan(byte[] array, int offset, int endOffset, ReceiveBuffer.State state) {
    int common = Math.min(expected.size(), endOffset - offset);
    Bytes unread = Bytes.copyOf(array, offset, offset + common);
    int mismatch = unread.mismatch(expected.slice(0, common));
    if (mismatch >= 0) {
      mismatchOffset = mismatch;
      received =
          Bytes.copyOf(array, offset, Math.min(endOffset, offset + mismatch + CONTEXT_BYTES));
      return 0;
    }
    return common == expected.size() ? common : -1;
  }

  boolean differs() {
    return mismatchOffset >= 0;
  }

  String describeDifference() {
    Bytes redactedExpected = redaction.apply(expected);
    Bytes redactedReceived = redaction.apply(received);
    int startOffset = Math.max(0, mismatchOffset - CONTEXT_BYTES);
    String ellipsis = startOffset > 0 ? "…" : "";
    String commonPrefix = ellipsis + redactedExpected.slice(startOffset, mismatchOffset).escaped();
    int endOffset = Math.min(expected.size(), mismatchOffset + CONTEXT_BYTES);
    return "what was received differs from what was expected at offset "
        + mismatchOffset
        + "\n  expected: "
        + commonPrefix
        + redactedExpected.slice(mismatchOffset, endOffset).escaped()
        + (endOffset < expected.size() ? "…" : "")
        + "\n  received: "
        + commonPrefix
        + redactedReceived.slice(mismatchOffset, redactedReceived.size()).escaped()
        + "\n            "
        + " ".repeat(commonPrefix.codePointCount(0, commonPrefix.length()))
        + "^";
  }

  /** Returns the text of a failure with the state of the connection. */
  static String failureMessage(
      String text, Bytes unread, ReceiveBuffer.State state, Side side, Conversation conversation) {
    Side peer = side.peer();
    Duration silence = Duration.ofNanos(conversation.idleNanos(peer));
    String receivedLine = text.isEmpty() ? "" : "\n  received: " + excerpt(unread);
    return text
        + receivedLine
        + "\n  the "
        + peer
        + " "
        + state.text
        + ", silent for "
        + DurationText.words(silence)
        + "\n  on "
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
