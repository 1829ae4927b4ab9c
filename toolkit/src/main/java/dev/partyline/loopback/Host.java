package dev.partyline.loopback;

import dev.partyline.script.Cursor;
import dev.partyline.script.Performance;
import java.util.List;

/** Finds somebody to speak on each connection, and looks after them. */
abstract class Host {
  /** Returns who speaks on this connection; called on the loop. */
  abstract Talk welcome(Link link);

  List<Performance> performances() {
    return List.of();
  }

  Cursor cursor(int connection) {
    throw new IllegalArgumentException("connection (" + connection + ") has no script");
  }

  List<String> unused() {
    return List.of();
  }

  /** Is told that all connections are closed; not called on the loop, and may wait a second. */
  void dismiss(Problems problems) {}
}
