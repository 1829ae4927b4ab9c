package dev.partyline.junit5.internal.leaks;

import dev.partyline.netstat.OpenSocket;
import dev.partyline.ports.OpenResource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Waits for sockets to be closed, and tells those that the garbage collector closes from those that
 * the program closes.
 *
 * <p>It asks for single descriptors, because a listing of all makes so much garbage that the
 * collector runs because of it. Its pauses grow: most sockets are closed in the first milliseconds,
 * and the shorter the pause the less is closed by chance in the one in which the collector runs.
 */
final class CloseWait implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MAX_PAUSE_MILLIS = 20;

  /** The JDK closes what was collected on a thread, which may have to wait for a processor. */
  private static final long MAX_COLLECTED_CLOSE_NANOS = Duration.ofMillis(500).toNanos();

  private static final int QUIET_LOOKS = 3;

  private final List<Thread> httpClients;
  private final long startNanos = System.nanoTime();
  private final CollectorProbe probe;
  private boolean collectorHasRun;

  /**
   * Makes one.
   *
   * @param probe made before it was looked which sockets are open
   * @param threads those that the tests have started
   */
  CloseWait(CollectorProbe probe, Collection<Thread> threads) {
    this.probe = probe;
    probe.openFile();
    this.httpClients = threads.stream().filter(LoopThreads::isLoop).toList();
  }

  /** Returns whether it depends on the rows of sockets who has closed them. */
  boolean needsRows() {
    return !httpClients.isEmpty();
  }

  /**
   * Waits until all are closed, or the time is up; it looks once in any case.
   *
   * @param sockets what is waited for; those that were closed are removed
   * @return those of them that the garbage collector has closed
   */
  Set<OpenSocket> await(Set<OpenSocket> sockets, Collection<OpenResource> resources, long nanos)
      throws InterruptedException {
    Set<OpenSocket> collected = new HashSet<>();
    long callNanos = System.nanoTime();
    do {
      probe.sleep(pauseMillis());
      Set<OpenSocket> closed = removeClosed(sockets);
      // Asked for afterwards: what was closed before the collector ran was closed by the program.
      if (probe.hasRun()) {
        awaitCollectedClose();
        closed.addAll(removeClosed(sockets));
        addCollected(closed, collected);
        probe.renew();
        collectorHasRun = true;
      } else if (collectorHasRun && httpClients.stream().anyMatch(each -> !each.isAlive())) {
        // A collected client closes its connections on its own thread, up to 3 s later.
        addCollected(closed, collected);
      }
    } while (System.nanoTime() - callNanos < nanos
        && (!sockets.isEmpty() || resources.stream().anyMatch(OpenResource::isOpen)));
    return collected;
  }

  /**
   * An HTTP client closes what is reset, or what both sides have closed, by itself. Such a socket
   * is in no table, and keeps its descriptor until the selector of the client runs again: whether
   * the collector runs meanwhile is chance.
   */
  private void addCollected(Set<OpenSocket> closed, Set<OpenSocket> collected) {
    closed.stream()
        .filter(socket -> socket.row() != null || httpClients.isEmpty())
        .forEach(collected::add);
  }

  private long pauseMillis() {
    long elapsedMillis = (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
    return Math.min(MAX_PAUSE_MILLIS, 1 + elapsedMillis / 8);
  }

  private static Set<OpenSocket> removeClosed(Set<OpenSocket> sockets) {
    Set<OpenSocket> closed = new HashSet<>(sockets);
    closed.removeIf(OpenSocket::isOpen);
    sockets.removeAll(closed);
    return closed;
  }

  private void awaitCollectedClose() throws InterruptedException {
    long collectionNanos = System.nanoTime();
    int quietLooks = 0;
    // Between two objects its thread may be idle, because the collector hands over one by one.
    while (quietLooks < QUIET_LOOKS
        && System.nanoTime() - collectionNanos < MAX_COLLECTED_CLOSE_NANOS) {
      probe.sleep(1);
      quietLooks = probe.hasClosed() ? quietLooks + 1 : 0;
    }
  }

  @Override
  public void close() {
    probe.close();
  }
}
