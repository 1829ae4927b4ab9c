package dev.partyline.internal.text;

/** A number of things as text. */
public final class Quantity {
  private Quantity() {}

  /** Returns {@code 1 byte}, {@code 2 bytes} and the like. */
  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
