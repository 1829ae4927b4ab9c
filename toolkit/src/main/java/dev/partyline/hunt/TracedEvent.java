package dev.partyline.hunt;

import dev.partyline.wire.Side;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One read or write, or one end, of a connection as it is compared with those of other runs: its
 * bytes by their digest.
 *
 * @param byteCount how many bytes were sent, or not kept
 * @param digest of what was sent; 0 for the others
 * @param text the beginning of what was sent, masked, or empty; it is not compared
 */
record TracedEvent(Kind kind, Side side, long byteCount, int digest, String text) {
  /** What an event is; the ends come last. */
  enum Kind {
    SENT,
    NOT_KEPT,
    TLS,
    FIN,
    RST,
    TIMED_OUT,
    REFUSED,
    FAULT
  }

  private static final int MAX_SHOWN_CHARS = 48;

  boolean isEnd() {
    return kind.compareTo(Kind.FIN) >= 0;
  }

  boolean isAlike(TracedEvent other) {
    return kind == other.kind && side == other.side;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TracedEvent that
        && isAlike(that)
        && byteCount == that.byteCount
        && digest == that.digest;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, side, byteCount, digest);
  }

  /**
   * Returns what it is, as in {@code `S sends PONG`}.
   *
   * @param from which of the characters of its text is the first that has to be seen
   */
  String describe(int from) {
    return switch (kind) {
      case SENT -> "`" + side.letter() + " sends " + shown(from) + "`";
      case NOT_KEPT -> byteCount + " bytes of the " + side + " that were not kept";
      case TLS -> "the start of TLS";
      case FIN -> "FIN of the " + side;
      case RST -> "RST of the " + side;
      case TIMED_OUT -> "a time-out of the " + side;
      case REFUSED -> "a refusal by the " + side;
      case FAULT -> "an end of the " + side + " by a fault";
    };
  }

  private String shown(int from) {
    String size = byteCount + (byteCount == 1 ? " byte" : " bytes");
    if (text.isEmpty()) {
      return size;
    }
    boolean isFar = from >= MAX_SHOWN_CHARS && from < text.length();
    int start = isFar ? from - MAX_SHOWN_CHARS / 3 : 0;
    int end = Math.min(text.length(), start + MAX_SHOWN_CHARS);
    boolean isWhole = end == text.length() && !text.endsWith("…");
    return (start == 0 ? "" : "…")
        + text.substring(start, end)
        + (isWhole ? "" : "… (" + size + ")");
  }
}
