package dev.partyline.loopback;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.ScriptRun;
import java.util.List;

/** Finds somebody to speak on each connection, and looks after them. */
interface EndpointOwnerFactory {
  /** Returns who speaks on this connection; called on the loop. */
  EndpointOwner create(Endpoint endpoint);

  default List<ScriptRun> runs() {
    return List.of();
  }

  default Cursor cursor(int connection) {
    throw new IllegalArgumentException("connection (" + connection + ") has no script");
  }

  default List<String> unused() {
    return List.of();
  }

  /** Is told that all connections are closed; not called on the loop, and may wait a second. */
  default void shutdown(BackgroundFailures failures) {}
}
