package dev.partyline.wire;

/** One of the two ends of a connection. */
public enum Side {
  /** The side that opened the connection, over UDP that sent first: {@code C} in a wire script. */
  CLIENT('C'),
  /** The side that was connected to: {@code S} in a wire script. */
  SERVER('S');

  private final char letter;

  Side(char letter) {
    this.letter = letter;
  }

  /** Returns the letter that stands for this side in a wire script: {@code C} or {@code S}. */
  public char letter() {
    return letter;
  }

  /** Returns the other side. */
  public Side peer() {
    return this == CLIENT ? SERVER : CLIENT;
  }

  /** Returns the word for the side in a sentence: {@code client} or {@code server}. */
  @Override
  public String toString() {
    return this == CLIENT ? "client" : "server";
  }
}
