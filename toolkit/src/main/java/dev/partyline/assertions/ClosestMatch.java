package dev.partyline.assertions;

import dev.partyline.wire.Bytes;

/**
 * The part of a stream that comes nearest to something that is not in it: what agrees with it for
 * the longest.
 *
 * @param from where the part begins in the stream
 * @param to where it ends
 * @param common how many bytes agree; 0 if nothing in the stream begins like it
 */
record ClosestMatch(int from, int to, int common) {
  private static final Bytes LF = Bytes.of((byte) '\n');

  /** Finds the longest beginning of what was wanted that stands at or after an offset. */
  static ClosestMatch run(Bytes wanted, Bytes stream, int start) {
    int[] borders = borders(wanted);
    int common = 0;
    int best = 0;
    int end = start;
    for (int at = start; at < stream.size() && best < wanted.size(); at++) {
      common = step(wanted, borders, common, stream.at(at));
      if (common > best) {
        best = common;
        end = at + 1;
      }
    }
    return new ClosestMatch(end - best, stream.size(), best);
  }

  /** How long a beginning of the wanted bytes is also the end of each beginning (Knuth, 1977). */
  private static int[] borders(Bytes wanted) {
    int[] borders = new int[wanted.size() + 1];
    for (int i = 1; i < wanted.size(); i++) {
      borders[i + 1] = step(wanted, borders, borders[i], wanted.at(i));
    }
    return borders;
  }

  private static int step(Bytes wanted, int[] borders, int common, byte next) {
    int length = common;
    while (length > 0 && wanted.at(length) != next) {
      length = borders[length];
    }
    return wanted.at(length) == next ? length + 1 : 0;
  }

  /** Finds the line that begins most like the wanted one; its line end is left out. */
  static ClosestMatch line(Bytes wanted, Bytes stream) {
    ClosestMatch best = new ClosestMatch(0, 0, -1);
    for (int from = 0; from < stream.size(); ) {
      int lf = stream.indexOf(LF, from);
      int to = lf < 0 ? stream.size() : endOfText(stream, from, lf);
      int mismatch = wanted.mismatch(stream.slice(from, to));
      int common = mismatch < 0 ? wanted.size() : mismatch;
      if (common > best.common) {
        best = new ClosestMatch(from, to, common);
      }
      from = lf < 0 ? stream.size() : lf + 1;
    }
    return best;
  }

  private static int endOfText(Bytes stream, int from, int lf) {
    return lf > from && stream.at(lf - 1) == '\r' ? lf - 1 : lf;
  }
}
