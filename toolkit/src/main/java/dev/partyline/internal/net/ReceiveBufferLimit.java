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
  private static final int SLOW_RECEIVE_BUFFER_BYTES = 4 << 10;

  private ReceiveBufferLimit() {}

  /**
   * Sets the limit, which has to be before a connect; connections that the channel accepts inherit
   * it.
   *
   * @param slowReader whether the peer is to feel soon that nothing is read
   */
  public static void apply(NetworkChannel channel, boolean slowReader) throws IOException {
    channel.setOption(
        StandardSocketOptions.SO_RCVBUF,
        slowReader ? SLOW_RECEIVE_BUFFER_BYTES : MAX_RECEIVE_BUFFER_BYTES);
  }
}
