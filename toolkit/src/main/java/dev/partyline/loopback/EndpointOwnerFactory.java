package dev.partyline.loopback;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.ScriptRun;
import java.util.List;

/** Makes the owner of each endpoint of a listener or client. */
interface EndpointOwnerFactory {
  /** Returns the owner of an endpoint; called on the loop. */
  EndpointOwner create(Endpoint endpoint);

  /** Returns whether one connection more would be too many. */
  default boolean isExhausted() {
    return false;
  }

  default List<ScriptRun> runs() {
    return List.of();
  }

  default Cursor cursor(int connection) {
    throw new IllegalArgumentException("connection (" + connection + ") has no script");
  }

  default List<String> unused() {
    return List.of();
  }

  /**
   * Ends what still runs for the connections, which are closed, and throws the failures that were
   * not thrown before. Called by each that closes the listener; not on the loop, and may wait for a
   * second.
   */
  default void shutdown(BackgroundFailures failures) {
    failures.throwIfAny();
  }
}
