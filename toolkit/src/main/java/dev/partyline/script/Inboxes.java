package dev.partyline.script;

import dev.partyline.wire.Side;

/** What each side has sent; a player uses that of its peer, an onlooker both. */
record Inboxes(Inbox client, Inbox server) {
  Inboxes(boolean datagrams) {
    this(new Inbox(datagrams), new Inbox(datagrams));
  }

  /** Returns how often something was taken out of either. */
  long takes() {
    return client.takes() + server.takes();
  }

  Inbox of(Side side) {
    return side == Side.CLIENT ? client : server;
  }
}
