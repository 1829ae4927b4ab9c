package dev.partyline.assertions;

import dev.partyline.internal.text.PatternScanner;
import dev.partyline.wire.Bytes;

/**
 * The part of a stream that is most like something that is not in it: the longest common beginning.
 *
 * @param offset where the part begins in the stream
 * @param endOffset where it ends
 * @param commonLength how many bytes agree; 0 if nothing in the stream begins like it
 */
record ClosestMatch(int offset, int endOffset, int commonLength) {
  private static final Bytes LF = Bytes.of((byte) '\n');

  /** Finds the longest beginning of the wanted bytes at or after an offset. */
  static ClosestMatch find(Bytes wanted, Bytes stream, int startOffset) {
    PatternScanner scanner = new PatternScanner(wanted.toArray());
    int bestLength = 0;
    int bestEndOffset = startOffset;
    for (int offset = startOffset; offset < stream.size() && bestLength < wanted.size(); offset++) {
      int commonLength = scanner.advance(stream.byteAt(offset));
      if (commonLength > bestLength) {
        bestLength = commonLength;
        bestEndOffset = offset + 1;
      }
    }
    return new ClosestMatch(bestEndOffset - bestLength, stream.size(), bestLength);
  }

  /** Finds the line that begins most like the wanted one; its line end is left out. */
  static ClosestMatch findLine(Bytes wanted, Bytes stream) {
    ClosestMatch closest = new ClosestMatch(0, 0, -1);
    for (int lineStart = 0; lineStart < stream.size(); ) {
      int lf = stream.indexOf(LF, lineStart);
      int lineEnd = lf < 0 ? stream.size() : endOfText(stream, lineStart, lf);
      int mismatch = wanted.mismatch(stream.slice(lineStart, lineEnd));
      int commonLength = mismatch < 0 ? wanted.size() : mismatch;
      if (commonLength > closest.commonLength) {
        closest = new ClosestMatch(lineStart, lineEnd, commonLength);
      }
      lineStart = lf < 0 ? stream.size() : lf + 1;
    }
    return closest;
  }

  private static int endOfText(Bytes stream, int lineStart, int lf) {
    return lf > lineStart && stream.byteAt(lf - 1) == '\r' ? lf - 1 : lf;
  }
}
