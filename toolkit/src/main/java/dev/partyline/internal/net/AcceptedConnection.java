package dev.partyline.internal.net;

import java.nio.channels.NetworkChannel;
import java.util.List;

/** What came of one accepted connection. Everything happens on the loop. */
public interface AcceptedConnection {
  /** Begins to serve. */
  void open();

  /** Does everything that its peers have sent so far, and asked for by that. */
  void drainInput();

  /** Looks again at what may have changed without a byte: the board, the weather. */
  void onStateChanged();

  /** Adds the channels that it has open. */
  void addChannels(List<NetworkChannel> channels);

  /** Ends, because whoever accepted it is being closed. */
  void shutdown();
}
