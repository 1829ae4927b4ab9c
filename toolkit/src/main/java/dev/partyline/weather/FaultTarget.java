package dev.partyline.weather;

import dev.partyline.internal.text.QuotedBytes;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom a fault concerns.
 *
 * @param sender who speaks; null for both
 * @param connections the numbers of the connections; empty for all
 * @param everyNth only each connection whose number it divides
 * @param address of the client, with or without its port; empty for any
 * @param condition what the direction must satisfy, if anything
 * @param start from which byte on, or from which datagram on
 * @param startsAtDatagram whether the start is a datagram
 * @param afterPattern what must have passed before; empty for nothing
 */
record FaultTarget(
    @Nullable Side sender,
    List<Integer> connections,
    int everyNth,
    String address,
    @Nullable Predicate<ConnectionDirection> condition,
    long start,
    boolean startsAtDatagram,
    Bytes afterPattern) {

  static FaultTarget sentBy(@Nullable Side sender) {
    return new FaultTarget(sender, List.of(), 1, "", null, 0, false, Bytes.EMPTY);
  }

  FaultTarget withSender(@Nullable Side sender) {
    return new FaultTarget(
        sender, connections, everyNth, address, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget withConnections(List<Integer> numbers) {
    return new FaultTarget(
        sender, numbers, everyNth, address, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget withEveryNth(int nth) {
    return new FaultTarget(
        sender, connections, nth, address, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget withAddress(String client) {
    return new FaultTarget(
        sender, connections, everyNth, client, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget withCondition(Predicate<ConnectionDirection> additional) {
    Predicate<ConnectionDirection> both =
        condition == null ? additional : condition.and(additional);
    return new FaultTarget(
        sender, connections, everyNth, address, both, start, startsAtDatagram, afterPattern);
  }

  FaultTarget startingAt(long start, boolean startsAtDatagram) {
    return new FaultTarget(
        sender, connections, everyNth, address, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget startingAfter(Bytes pattern) {
    return new FaultTarget(
        sender, connections, everyNth, address, condition, start, startsAtDatagram, pattern);
  }

  boolean isUnrestricted() {
    return equals(sentBy(sender));
  }

  /** Whether it lies within a stream or a sequence of datagrams. */
  boolean isMidStream() {
    return start > 0 || !afterPattern.isEmpty();
  }

  /** Whether it concerns a direction of a connection; where it begins there is another matter. */
  boolean includes(ConnectionDirection direction) {
    return (sender == null || sender == direction.sender())
        && (connections.isEmpty() || connections.contains(direction.connection()))
        && direction.connection() % everyNth == 0
        && (address.isEmpty() || matchesAddress(direction.client()))
        && (condition == null || condition.test(direction));
  }

  private boolean matchesAddress(String client) {
    String host = client.substring(0, Math.max(client.lastIndexOf(':'), 0));
    return client.equals(address) || host.equals(address) || host.equals("[" + address + "]");
  }

  /** Appends it as a fault that usually concerns one side writes it. */
  void print(StringBuilder text, @Nullable Side defaultSender) {
    if (sender != defaultSender) {
      text.append(sender == null ? " both ways" : " from " + sender);
    }
    if (!connections.isEmpty()) {
      text.append(" on connections ")
          .append(connections.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    text.append(everyNth == 1 ? "" : " on every " + everyNth)
        .append(address.isEmpty() ? "" : " from address " + address)
        .append(condition == null ? "" : " only if " + condition);
    if (start > 0) {
      text.append(startsAtDatagram ? " from datagram " : " from byte ").append(start);
    }
    text.append(
        afterPattern.isEmpty() ? "" : " after " + QuotedBytes.print(afterPattern.toArray()));
  }
}
