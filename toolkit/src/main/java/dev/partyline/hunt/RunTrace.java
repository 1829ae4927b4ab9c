package dev.partyline.hunt;

import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said in one run of a test, in a compact form that thousands of runs can be kept in: of
 * each read and write its side, its size, its time, a digest, and the beginning of its bytes with
 * secrets masked. Of a connection it has 1,000 events at most, and 200 connections.
 */
final class RunTrace {
  private static final int MAX_CONNECTIONS = 200;

  private final List<ConnectionTrace> connections;
  private final Map<String, Integer> connectionCounts;
  private final long[] byteCounts;
  private final long durationNanos;

  private RunTrace(
      List<ConnectionTrace> connections,
      Map<String, Integer> connectionCounts,
      long[] byteCounts,
      long durationNanos) {
    this.connections = connections;
    this.connectionCounts = connectionCounts;
    this.byteCounts = byteCounts;
    this.durationNanos = durationNanos;
  }

  /** Returns the compact form of a run; its events are those of a pool. */
  static RunTrace of(RecordedRun run, EventPool pool) {
    List<ConnectionTrace> connections = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    long[] byteCounts = new long[Side.values().length];
    for (RecordedPeer peer : run.peers()) {
      counts.merge(peer.name(), peer.connectionCount(), Integer::sum);
      peer.conversations().stream()
          .limit(MAX_CONNECTIONS - (long) connections.size())
          .map(each -> TraceReader.read(peer, each, run.startedAtNanos(), pool))
          .forEach(connections::add);
      for (Side side : Side.values()) {
        byteCounts[side.ordinal()] +=
            peer.conversations().stream().mapToLong(each -> each.byteCount(side)).sum();
      }
    }
    connections.sort(Comparator.comparingLong(ConnectionTrace::openedNanos));
    return new RunTrace(
        List.copyOf(connections), counts, byteCounts, run.endedAtNanos() - run.startedAtNanos());
  }

  /** Returns its connections in the order in which they were opened. */
  List<ConnectionTrace> connections() {
    return connections;
  }

  Set<String> peers() {
    return connectionCounts.keySet();
  }

  int connectionCount(String peer) {
    return connectionCounts.getOrDefault(peer, 0);
  }

  int connectionCount() {
    return connectionCounts.values().stream().mapToInt(Integer::intValue).sum();
  }

  int eventCount() {
    return connections.stream().mapToInt(ConnectionTrace::eventCount).sum();
  }

  long byteCount(Side side) {
    return byteCounts[side.ordinal()];
  }

  long durationNanos() {
    return durationNanos;
  }

  /** Returns when the last event was that is kept; when the run began if there was none. */
  long lastNanos() {
    return connections.stream().mapToLong(ConnectionTrace::lastNanos).max().orElse(0);
  }

  /** Returns whether the same was sent on the same connections, whatever the times. */
  boolean hasShapeOf(RunTrace other) {
    return shape().equals(other.shape());
  }

  private List<List<TracedEvent>> shape() {
    return connections.stream()
        .map(each -> each.turns().stream().map(TracedTurn::whole).toList())
        .toList();
  }
}
