package dev.partyline.internal.net;

import java.nio.channels.NetworkChannel;
import java.util.List;

/** An accepted connection that is served. Every method is called on its loop. */
public interface AcceptedConnection {
  /** Starts to serve. */
  void open();

  /** Processes everything that its peers have sent so far. */
  void drainInput();

  /** Called when a mark was set or when the weather has changed. */
  void onStateChanged();

  /** Adds its open channels to a list. */
  void addChannels(List<NetworkChannel> channels);

  /** Ends it, because the socket that accepted it is being closed. */
  void shutdown();
}
