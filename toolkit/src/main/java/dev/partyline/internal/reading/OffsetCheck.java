package dev.partyline.internal.reading;

/** Where a view is asked to begin. */
public final class OffsetCheck {
  private OffsetCheck() {}

  public static long requireNonNegative(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset (" + offset + ") must not be negative");
    }
    return offset;
  }
}
