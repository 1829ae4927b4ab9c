package dev.partyline.loopback;

import dev.partyline.internal.secrets.MaskedBytes;
import dev.partyline.wire.Bytes;
import java.util.function.Function;

/** Compares received bytes with an expected text, and describes where they differ. */
final class TextExpectation implements ReceiveBuffer.Scan {
  private static final int CONTEXT_BYTES = 60;

  private final Bytes expected;
  private final Function<Bytes, Bytes> mask;
  private Bytes received = Bytes.EMPTY;
  private int mismatchOffset = -1;

  /**
   * Makes one.
   *
   * @param mask masks the text for a failure, as if it was received next
   */
  TextExpectation(Bytes expected, Function<Bytes, Bytes> mask) {
    this.expected = expected;
    this.mask = mask;
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

  /**
   * Describes what differs.
   *
   * @param maskedUnread what was not read, masked
   */
  String describeDifference(Bytes maskedUnread) {
    Bytes redactedReceived = maskedUnread.slice(0, received.size());
    Bytes redactedExpected =
        new MaskedBytes(received, redactedReceived)
            .maskExpected(mask.apply(expected), mismatchOffset);
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

  @Override
  public String toString() {
    return "\"" + mask.apply(expected) + "\"";
  }
}
