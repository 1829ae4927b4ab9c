package dev.partyline.junit5;

/**
 * A way of leaving something open.
 *
 * @param reported what the failure says of it
 * @param collected whether the garbage collector closes it
 */
record LeakRow(String name, String reported, Opening opening, boolean collected) {
  static final String ESTABLISHED = " ESTABLISHED, descriptor ";
  static final String LISTEN = " LISTEN, descriptor ";
  static final String NAMELESS = "a socket that neither listens nor is connected";

  /** Opens something, and returns what closes it. */
  @FunctionalInterface
  interface Opening {
    AutoCloseable open() throws Exception;
  }

  static LeakRow of(String name, String reported, Opening opening) {
    return new LeakRow(name, reported, opening, false);
  }

  LeakRow whichIsCollected() {
    return new LeakRow(name, reported, opening, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
