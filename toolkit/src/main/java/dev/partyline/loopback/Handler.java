package dev.partyline.loopback;

/** Serves one client of a {@link Listener}, in blocking style on a thread of its own. */
@FunctionalInterface
public interface Handler {
  /**
   * Serves one connection, which is closed when this returns and reset when it throws.
   *
   * @param connection the connection to the client
   * @throws Exception any failure; {@link Listener#close()} reports it, unless the close itself has
   *     caused it
   */
  void handle(Connection connection) throws Exception;
}
