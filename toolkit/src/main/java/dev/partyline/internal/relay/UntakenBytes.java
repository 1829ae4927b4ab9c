package dev.partyline.internal.relay;

import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What the kernel of a TCP peer has yet to take: our send queue, which has what is not acknowledged
 * and is in the table of this machine's sockets. An RST would overtake it.
 */
final class UntakenBytes {
  private static final String LINUX = "Linux";

  private UntakenBytes() {}

  /**
   * Finds out how many bytes they are, empty if the system does not tell. This takes some
   * milliseconds, so a thread of its own does it, and calls the receiver.
   */
  static void find(SocketChannel channel, Consumer<OptionalLong> receiver) {
    Thread thread = new Thread(() -> receiver.accept(count(channel)), "partyline-send-queue");
    thread.setDaemon(true);
    thread.start();
  }

  private static OptionalLong count(SocketChannel channel) {
    // Elsewhere the table has no send queues.
    if (!LINUX.equals(System.getProperty("os.name"))) {
      return OptionalLong.empty();
    }
    try {
      SocketAddress local = channel.getLocalAddress();
      SocketAddress remote = channel.getRemoteAddress();
      return ConnectionTable.snapshot().rows().stream()
          .filter(row -> row.transport() == Transport.TCP)
          .filter(row -> local.equals(row.local()) && remote.equals(row.remote()))
          .mapToLong(ConnectionRow::sendQueue)
          .findFirst();
    } catch (IOException | RuntimeException e) {
      // The channel is closed by now, or the table cannot be read.
      return OptionalLong.empty();
    }
  }
}
