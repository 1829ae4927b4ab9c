package dev.partyline.internal.reading;

import dev.partyline.wire.Bytes;

/** Text of flaws. */
public final class FlawText {
  private static final int MAX_QUOTED_BYTES = 40;

  private FlawText() {}

  /** Shortens a value for a message; a secret in it is masked. */
  public static String quoted(Bytes value) {
    return value.size() > MAX_QUOTED_BYTES
        ? value.slice(0, MAX_QUOTED_BYTES) + "…"
        : value.toString();
  }
}
