package dev.partyline.wire;

/**
 * One of the two parties of a connection.
 *
 * <p>The client is the side that opened the connection; on UDP, the side that sent first.
 */
public enum Side {
  /** The side that opened the connection: {@code C} in a wire script. */
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

  /** Returns the side as it is named in a sentence: {@code client} or {@code server}. */
  @Override
  public String toString() {
    return this == CLIENT ? "client" : "server";
  }
}
