package dev.partyline.loopback;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Decides what is to come of a connection that was accepted. */
@FunctionalInterface
interface Reception {
  /** Returns who serves the channel, which is in non-blocking mode; called on the loop. */
  Guest welcome(SocketChannel accepted, StreamDoor door) throws IOException;
}
