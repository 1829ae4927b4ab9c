package dev.partyline.weather;

import dev.partyline.internal.text.ArgumentChecks;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * On which connections a side is held: an immutable value.
 *
 * @param all whether on all, but for the exceptions
 * @param exceptions those where it is the other way round
 */
record HeldConnections(boolean all, Set<Integer> exceptions) {
  static final HeldConnections NONE = new HeldConnections(false, Set.of());

  private static final HeldConnections ALL = new HeldConnections(true, Set.of());

  boolean isHeld(int connection) {
    return all != exceptions.contains(connection);
  }

  /** Returns whether one of some is held; without a number, whether any is. */
  boolean isAnyHeld(int... connections) {
    return connections.length == 0
        ? !equals(NONE)
        : IntStream.of(connections).anyMatch(this::isHeld);
  }

  /**
   * Returns the numbers of those that are held among some; without a number, among all. None if
   * those that open later are held too.
   */
  int[] numbersAmong(int... connections) {
    if (connections.length > 0) {
      return IntStream.of(connections).filter(this::isHeld).toArray();
    }
    return all ? connections : exceptions.stream().mapToInt(each -> each).sorted().toArray();
  }

  /** Returns these and others held, or not; without a number, every connection. */
  HeldConnections with(boolean held, int... connections) {
    if (connections.length == 0) {
      return held ? ALL : NONE;
    }
    Arrays.stream(connections).forEach(each -> ArgumentChecks.atLeast("connection", each, 1));
    Stream<Integer> others = exceptions.stream().filter(each -> !contains(connections, each));
    Stream<Integer> added =
        held == all ? Stream.of() : IntStream.of(connections).distinct().boxed();
    return new HeldConnections(
        all, Stream.concat(others, added).collect(Collectors.toUnmodifiableSet()));
  }

  /** Returns whether a connection is among some; without a number, every one is. */
  static boolean matches(int[] connections, int connection) {
    return connections.length == 0 || contains(connections, connection);
  }

  private static boolean contains(int[] connections, int connection) {
    return IntStream.of(connections).anyMatch(each -> each == connection);
  }

  /** Returns words for some, such as {@code connections 1,2}. */
  static String words(int[] connections) {
    String numbers =
        IntStream.of(connections).mapToObj(String::valueOf).collect(Collectors.joining(","));
    return switch (connections.length) {
      case 0 -> "any connection";
      case 1 -> "connection " + numbers;
      default -> "connections " + numbers;
    };
  }
}
