package dev.partyline.view;

/** Where a view is asked to begin. */
final class OffsetCheck {
  private OffsetCheck() {}

  static long requireNonNegative(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset (" + offset + ") must not be negative");
    }
    return offset;
  }
}
