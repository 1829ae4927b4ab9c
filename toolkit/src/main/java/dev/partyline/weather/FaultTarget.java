package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a fault concerns.
 *
 * @param from who speaks; null for both
 * @param connections the numbers of the connections; empty for all
 * @param every only each connection whose number it divides
 * @param address of the client, with or without its port; empty for any
 * @param matching what the direction must satisfy, if anything
 * @param start from which byte on, or from which datagram on
 * @param datagrams whether the start is a datagram
 * @param after what must have passed before; empty for nothing
 */
record FaultTarget(
    @Nullable Side from,
    List<Integer> connections,
    int every,
    String address,
    @Nullable Predicate<ConnectionDirection> matching,
    long start,
    boolean datagrams,
    Bytes after) {

  static FaultTarget from(@Nullable Side from) {
    return new FaultTarget(from, List.of(), 1, "", null, 0, false, Bytes.EMPTY);
  }

  FaultTarget with(@Nullable Side speaker) {
    return new FaultTarget(speaker, connections, every, address, matching, start, datagrams, after);
  }

  FaultTarget on(List<Integer> numbers) {
    return new FaultTarget(from, numbers, every, address, matching, start, datagrams, after);
  }

  FaultTarget onEvery(int nth) {
    return new FaultTarget(from, connections, nth, address, matching, start, datagrams, after);
  }

  FaultTarget of(String client) {
    return new FaultTarget(from, connections, every, client, matching, start, datagrams, after);
  }

  FaultTarget matching(Predicate<ConnectionDirection> condition) {
    Predicate<ConnectionDirection> both = matching == null ? condition : matching.and(condition);
    return new FaultTarget(from, connections, every, address, both, start, datagrams, after);
  }

  FaultTarget starting(long at, boolean datagram) {
    return new FaultTarget(from, connections, every, address, matching, at, datagram, after);
  }

  FaultTarget behind(Bytes pattern) {
    return new FaultTarget(from, connections, every, address, matching, start, datagrams, pattern);
  }

  boolean isEverybody() {
    return equals(from(from));
  }

  /** Whether it lies within a stream or a sequence of datagrams. */
  boolean isInside() {
    return start > 0 || !after.isEmpty();
  }

  /** Whether it concerns a direction of a connection; where it begins there is another matter. */
  boolean includes(ConnectionDirection passage) {
    return (from == null || from == passage.from())
        && (connections.isEmpty() || connections.contains(passage.connection()))
        && passage.connection() % every == 0
        && (address.isEmpty() || isAddress(passage.client()))
        && (matching == null || matching.test(passage));
  }

  private boolean isAddress(String client) {
    String host = client.substring(0, Math.max(client.lastIndexOf(':'), 0));
    return client.equals(address) || host.equals(address) || host.equals("[" + address + "]");
  }

  /** Appends it as a fault that usually concerns one side writes it. */
  void print(StringBuilder text, @Nullable Side usual) {
    if (from != usual) {
      text.append(from == null ? " both ways" : " from " + from);
    }
    if (!connections.isEmpty()) {
      text.append(" on connections ")
          .append(connections.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    text.append(every == 1 ? "" : " on every " + every)
        .append(address.isEmpty() ? "" : " from address " + address)
        .append(matching == null ? "" : " only if " + matching);
    if (start > 0) {
      text.append(datagrams ? " from datagram " : " from byte ").append(start);
    }
    text.append(after.isEmpty() ? "" : " after " + QuotedBytes.print(after));
  }
}
