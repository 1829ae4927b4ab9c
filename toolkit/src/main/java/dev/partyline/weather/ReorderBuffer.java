package dev.partyline.weather;

import dev.partyline.weather.spi.Verdict;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Datagrams that wait until others have overtaken them, the oldest first. */
final class ReorderBuffer {
  private final List<DelayedDatagram> datagrams = new ArrayList<>();

  void add(TimedChunk chunk, int remaining, long deadline) {
    datagrams.add(new DelayedDatagram(chunk, remaining, deadline));
  }

  long bytes() {
    long sum = 0;
    for (DelayedDatagram datagram : datagrams) {
      sum += datagram.chunk.size();
    }
    return sum;
  }

  /** Returns when the next one leaves, however many have overtaken it. */
  long nextDeadline() {
    long earliest = Verdict.NEVER;
    for (DelayedDatagram datagram : datagrams) {
      earliest = Math.min(earliest, datagram.deadline);
    }
    return earliest;
  }

  /** Releases those whose deadline has come. */
  void expire(long time, ChunkQueue nextQueue) {
    release(time, nextQueue, datagram -> datagram.deadline <= time);
  }

  /** Counts a datagram that has passed, and releases those that enough have overtaken. */
  void onPassed(long time, ChunkQueue nextQueue) {
    if (!datagrams.isEmpty()) {
      release(time, nextQueue, datagram -> --datagram.remaining == 0);
    }
  }

  void drain(long time, ChunkQueue nextQueue) {
    release(time, nextQueue, datagram -> true);
  }

  private void release(long time, ChunkQueue nextQueue, Predicate<DelayedDatagram> ready) {
    for (Iterator<DelayedDatagram> iterator = datagrams.iterator(); iterator.hasNext(); ) {
      DelayedDatagram datagram = iterator.next();
      if (ready.test(datagram)) {
        iterator.remove();
        datagram.chunk.arrivedAt = time;
        nextQueue.add(datagram.chunk);
      }
    }
  }

  private static final class DelayedDatagram {
    final TimedChunk chunk;
    final long deadline;
    int remaining;

    DelayedDatagram(TimedChunk chunk, int remaining, long deadline) {
      this.chunk = chunk;
      this.remaining = remaining;
      this.deadline = deadline;
    }
  }
}
