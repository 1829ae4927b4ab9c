package dev.partyline.internal.relay;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where datagrams go. */
@FunctionalInterface
public interface DatagramSink {
  /** Returns whether the datagram was sent, or cannot be sent at all; false if there is no room. */
  boolean send(ByteBuffer datagram) throws IOException;
}
