package dev.partyline.internal.net;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Gives UDP sockets buffers as large as the system allows: what does not fit is lost. */
final class DatagramBuffers {
  private static final int MAX_BUFFER_BYTES = 16 << 20;
  private static final int MIN_BUFFER_BYTES = 1 << 16;

  private DatagramBuffers() {}

  static void enlarge(DatagramChannel channel) {
    enlarge(channel, StandardSocketOptions.SO_RCVBUF);
    enlarge(channel, StandardSocketOptions.SO_SNDBUF);
  }

  private static void enlarge(DatagramChannel channel, SocketOption<Integer> option) {
    for (int size = MAX_BUFFER_BYTES; size >= MIN_BUFFER_BYTES; size /= 2) {
      try {
        channel.setOption(option, size);
        return;
      } catch (IOException e) {
        // Linux takes what it allows (net.core.rmem_max); BSD refuses what is more (ENOBUFS).
      }
    }
  }
}
