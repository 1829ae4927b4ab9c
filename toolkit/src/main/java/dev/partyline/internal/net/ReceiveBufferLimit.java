package dev.partyline.internal.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;

/**
 * Bounds what the kernel keeps for a tap to read. Left alone it keeps more and more for a reader
 * that lags, until nothing of it is in the processor's cache when its turn comes (measured: a third
 * of the throughput of four connections), and a peer feels back pressure that much later.
 */
public final class ReceiveBufferLimit {
  private static final int MAX_RECEIVE_BUFFER_BYTES = 2 << 20;

  private ReceiveBufferLimit() {}

  /** Sets the limit; connections that the channel accepts inherit it. */
  public static void apply(NetworkChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_RCVBUF, MAX_RECEIVE_BUFFER_BYTES);
  }
}
