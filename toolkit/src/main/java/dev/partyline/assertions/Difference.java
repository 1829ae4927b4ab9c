package dev.partyline.assertions;

import dev.partyline.script.Redaction;
import dev.partyline.wire.Bytes;

/**
 * Where what was received parts from what was expected: two lines, one beside the other, and a
 * caret.
 *
 * @param expected the expected bytes around that place, escaped and masked
 * @param received the received bytes around that place, escaped and masked
 * @param caret how many characters stand ahead of that place in {@code received}
 * @param place what is there, and its offset
 */
record Difference(String expected, String received, int caret, String place) {
  private static final int BEFORE = 40;
  private static final int AFTER = 60;
  private static final String CUT = "…";

  /**
   * Returns where a part of a stream parts from what was expected there.
   *
   * @param from where the part begins in the stream
   * @param to where it ends
   * @param whose whose bytes they are, as in "of what the client sent"; empty to leave it out
   */
  static Difference of(
      Bytes expected, Bytes stream, int from, int to, String whose, Redaction redaction) {
    // Masking looks at the lines around, so it is the whole stream that is masked.
    return of(expected, stream, redaction.apply(stream), from, to, whose, redaction);
  }

  /** Returns the same of a stream that was masked with all that stood around it. */
  static Difference of(
      Bytes expected,
      Bytes stream,
      Bytes masked,
      int from,
      int to,
      String whose,
      Redaction redaction) {
    Bytes received = stream.slice(from, to);
    int mismatch = expected.mismatch(received);
    int common = mismatch < 0 ? expected.size() : mismatch;
    Bytes shown = masked.slice(from, to);
    int at = characterStart(received, common);
    String beside = around(shown, at);
    String ahead = at == shown.size() ? beside : ahead(shown, at);
    return new Difference(
        around(mask(redaction.apply(expected), received, shown, common), at),
        beside,
        shown.isEmpty() ? 0 : ahead.codePointCount(0, ahead.length()),
        place(expected, received, common, from + common, whose)
            + (isMasked(stream, masked, from + common) ? ", which is masked" : ""));
  }

  /** Masks what is known to be the same as something that is masked. */
  private static Bytes mask(Bytes expected, Bytes received, Bytes shown, int common) {
    byte[] bytes = expected.toArray();
    for (int i = 0; i < common; i++) {
      if (isMasked(received, shown, i)) {
        bytes[i] = shown.at(i);
      }
    }
    return Bytes.of(bytes);
  }

  private static String place(
      Bytes expected, Bytes received, int common, int offset, String whose) {
    String place = "byte " + offset + whose;
    if (common == received.size()) {
      return "ends here, ahead of " + place;
    }
    return (common == expected.size() ? "more than expected, from " : "first difference, ") + place;
  }

  private static boolean isMasked(Bytes stream, Bytes masked, int at) {
    return at < stream.size() && stream.at(at) != masked.at(at);
  }

  private static String around(Bytes bytes, int at) {
    if (bytes.isEmpty()) {
      return "nothing";
    }
    int to = characterStart(bytes, Math.min(at + AFTER, bytes.size()));
    int middle = Math.min(at, bytes.size());
    String text = ahead(bytes, middle) + bytes.slice(middle, Math.max(middle, to)).escaped();
    if (to < bytes.size()) {
      return text + CUT;
    }
    // As in a wire script: nobody sees a space at the end.
    return text.endsWith(" ") ? text.substring(0, text.length() - 1) + "\\s" : text;
  }

  private static String ahead(Bytes bytes, int at) {
    int from = characterStart(bytes, Math.max(0, at - BEFORE));
    return (from > 0 ? CUT : "") + bytes.slice(from, Math.max(from, at)).escaped();
  }

  /** Returns where the UTF-8 character begins of which the byte at an offset is a part. */
  private static int characterStart(Bytes bytes, int at) {
    int start = Math.min(at, bytes.size());
    while (start > 0
        && start < bytes.size()
        && at - start < 3
        && (bytes.at(start) & 0xc0) == 0x80) {
      start--;
    }
    return start;
  }
}
