package dev.partyline.weather;

/** One impairment of the network, and whom it concerns: an immutable value. */
public final class Fault {
  private final String text;

  private Fault(String text) {
    this.text = text;
  }

  /** Reads a fault from its text. */
  public static Fault parse(String text) {
    return new Fault(text);
  }

  /** Returns the text that {@link #parse} reads back. */
  @Override
  public String toString() {
    return text;
  }
}
