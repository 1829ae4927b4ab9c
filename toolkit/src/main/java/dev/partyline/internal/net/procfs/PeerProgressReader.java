package dev.partyline.internal.net.procfs;

import dev.partyline.internal.net.BackgroundFailures;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds out how far TCP peers are. Reading the kernel's tables takes some milliseconds, so a thread
 * of its own does it, once for all that have asked until then.
 */
public final class PeerProgressReader {
  private final BackgroundFailures failures;
  private final List<Inquiry> inquiries = new ArrayList<>();
  private boolean running;

  public PeerProgressReader(BackgroundFailures failures) {
    this.failures = failures;
  }

  /**
   * Asks about the peer of a channel, to which nothing may be written until the answer is there.
   *
   * @param receiver is called by another thread
   */
  public void find(SocketChannel channel, Consumer<PeerProgress> receiver) {
    Inquiry inquiry;
    try {
      inquiry = new Inquiry(channel.getLocalAddress(), channel.getRemoteAddress(), receiver);
    } catch (IOException e) {
      // The channel is closed by now.
      receiver.accept(PeerProgress.UNKNOWN);
      return;
    }
    synchronized (inquiries) {
      inquiries.add(inquiry);
      if (running) {
        return;
      }
      running = true;
    }
    Thread thread = new Thread(this::run, "partyline-peer-progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    for (List<Inquiry> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
      try {
        answer(batch);
      } catch (RuntimeException | Error e) {
        failures.add("the table of sockets could not be read", e);
        batch.forEach(inquiry -> inquiry.receiver.accept(PeerProgress.UNKNOWN));
      }
    }
  }

  private List<Inquiry> nextBatch() {
    synchronized (inquiries) {
      List<Inquiry> batch = List.copyOf(inquiries);
      inquiries.clear();
      running = !batch.isEmpty();
      return batch;
    }
  }

  private static void answer(List<Inquiry> batch) {
    TcpQueueTable table = TcpQueueTable.read(ProcTables.DIRECTORY);
    // A row of the peer that was read first can be without bytes that had not arrived by then.
    TcpQueueTable later =
        batch.stream().anyMatch(inquiry -> table.isReadBefore(inquiry.peerKey, inquiry.key))
            ? TcpQueueTable.read(ProcTables.DIRECTORY)
            : table;
    for (Inquiry inquiry : batch) {
      inquiry.receiver.accept(
          new PeerProgress(table.sendQueue(inquiry.key), later.receiveQueue(inquiry.peerKey)));
    }
  }

  private record Inquiry(String key, String peerKey, Consumer<PeerProgress> receiver) {
    Inquiry(SocketAddress local, SocketAddress remote, Consumer<PeerProgress> receiver) {
      this(TcpQueueTable.key(local, remote), TcpQueueTable.key(remote, local), receiver);
    }
  }
}
