package dev.partyline.internal.relay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Connects a relay to its server. */
interface ServerConnector {
  /** Returns the side of the server, connected or not; null before the first attempt. */
  @Nullable RelaySide server();

  /** Starts to connect; the setup of the relay is told what comes of it. */
  void connect() throws IOException;

  /** Called when the channel has an answer to the connect. */
  void finishConnect() throws IOException;

  /** Called when bytes have been written to the server. */
  void onWritten();

  /** Sends the last packet of the handshake: before it, an RST undoes what no server has seen. */
  void completeHandshake();
}
