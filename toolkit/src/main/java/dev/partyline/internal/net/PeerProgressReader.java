package dev.partyline.internal.net;

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
  private final List<Question> questions = new ArrayList<>();
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
    Question question;
    try {
      question = new Question(channel.getLocalAddress(), channel.getRemoteAddress(), receiver);
    } catch (IOException e) {
      // The channel is closed by now.
      receiver.accept(PeerProgress.UNKNOWN);
      return;
    }
    synchronized (questions) {
      questions.add(question);
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
    for (List<Question> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
      try {
        answer(batch);
      } catch (RuntimeException | Error e) {
        failures.add("the table of sockets could not be read", e);
        batch.forEach(question -> question.receiver.accept(PeerProgress.UNKNOWN));
      }
    }
  }

  private List<Question> nextBatch() {
    synchronized (questions) {
      List<Question> batch = List.copyOf(questions);
      questions.clear();
      running = !batch.isEmpty();
      return batch;
    }
  }

  private static void answer(List<Question> batch) {
    TcpQueueTable table = TcpQueueTable.read(ProcTables.DIRECTORY);
    // A row of the peer that was read first can be without bytes that had not arrived by then.
    TcpQueueTable later =
        batch.stream().anyMatch(question -> table.isReadBefore(question.peerKey, question.key))
            ? TcpQueueTable.read(ProcTables.DIRECTORY)
            : table;
    for (Question question : batch) {
      question.receiver.accept(
          new PeerProgress(table.sendQueue(question.key), later.receiveQueue(question.peerKey)));
    }
  }

  private record Question(String key, String peerKey, Consumer<PeerProgress> receiver) {
    Question(SocketAddress local, SocketAddress remote, Consumer<PeerProgress> receiver) {
      this(TcpQueueTable.key(local, remote), TcpQueueTable.key(remote, local), receiver);
    }
  }
}
