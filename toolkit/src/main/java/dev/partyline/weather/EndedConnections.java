package dev.partyline.weather;

import dev.partyline.wire.Side;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which connections have ended, and what a test held of them then. For one thread at a time. */
final class EndedConnections {
  /** More than one looks at; the last ones explain most. */
  private static final int MAX_LOST = 5;

  private final Map<Side, BitSet> numbers = new EnumMap<>(Side.class);
  private final Deque<Lost> allLost = new ArrayDeque<>();

  private record Lost(HeldChunk chunk, String text) {}

  void add(Side sender, int connection) {
    numbers.computeIfAbsent(sender, side -> new BitSet()).set(connection);
  }

  /** Adds what was held of one and is not passed on, in words. */
  void addLost(HeldChunk chunk, String text) {
    allLost.add(new Lost(chunk, text + " on connection " + chunk.connection));
    if (allLost.size() > MAX_LOST) {
      allLost.remove();
    }
  }

  /** Forgets what was held, because it is of no interest to what comes. */
  void forgetLost(Side sender, int... connections) {
    allLost.removeIf(lost -> lost.chunk.isOf(sender, connections));
  }

  boolean containAll(Side sender, IntStream connections) {
    BitSet ended = numbers.getOrDefault(sender, new BitSet());
    return connections.allMatch(ended::get);
  }

  /** Returns words for what was held, as the rest of a sentence; empty if nothing was. */
  String lostWords(Side sender, int... connections) {
    String texts =
        allLost.stream()
            .filter(lost -> lost.chunk.isOf(sender, connections))
            .map(Lost::text)
            .collect(Collectors.joining(", "));
    return texts.isEmpty() ? "" : "; held to the end, and not passed on: " + texts;
  }
}
