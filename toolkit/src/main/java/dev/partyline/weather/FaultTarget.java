package dev.partyline.weather;

import dev.partyline.internal.faults.ConnectImpairment;
import dev.partyline.internal.faults.CutAfterMatch;
import dev.partyline.internal.faults.Refuse;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.QuotedBytes;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a fault applies to; all of it must hold.
 *
 * @param sender the side that sends; null for both
 * @param connections the numbers of the connections; empty for all
 * @param everyNth only each connection whose number it divides
 * @param address of the client, with or without its port; empty for any
 * @param condition what the direction must satisfy, if anything
 * @param start the first byte, or the first datagram
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
  private static final Pattern ADDRESS_LITERAL =
      Pattern.compile("[0-9A-Fa-f:.]*[:.][0-9A-Fa-f:.]*|\\[[0-9A-Fa-f:.]+]:[0-9]+|/[^ ;\"\t\r\n]+");

  static FaultTarget sentBy(@Nullable Side sender) {
    return new FaultTarget(sender, List.of(), 1, "", null, 0, false, Bytes.EMPTY);
  }

  FaultTarget withSender(@Nullable Side newSender) {
    return new FaultTarget(
        newSender,
        connections,
        everyNth,
        address,
        condition,
        start,
        startsAtDatagram,
        afterPattern);
  }

  FaultTarget withConnections(int... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("connections () must be at least one number");
    }
    Arrays.stream(numbers).forEach(number -> ArgumentChecks.atLeast("connection", number, 1));
    List<Integer> sorted = Arrays.stream(numbers).sorted().distinct().boxed().toList();
    return new FaultTarget(
        sender, sorted, everyNth, address, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget withEveryNth(int nth) {
    ArgumentChecks.atLeast("nth", nth, 1);
    return new FaultTarget(
        sender, connections, nth, address, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget withAddress(String client) {
    // A name would never match, because connections have literal addresses only.
    if (!ADDRESS_LITERAL.matcher(client).matches()) {
      throw ArgumentChecks.invalid("address", client, "a literal address such as 127.0.0.1 or ::1");
    }
    return new FaultTarget(
        sender, connections, everyNth, client, condition, start, startsAtDatagram, afterPattern);
  }

  FaultTarget withCondition(Predicate<ConnectionDirection> additional) {
    Predicate<ConnectionDirection> both =
        condition == null ? additional : condition.and(additional);
    return new FaultTarget(
        sender, connections, everyNth, address, both, start, startsAtDatagram, afterPattern);
  }

  FaultTarget startingAtByte(long offset) {
    return startingAt(ArgumentChecks.atLeast("offset", offset, 0), false);
  }

  FaultTarget startingAtDatagram(long number) {
    return startingAt(ArgumentChecks.atLeast("number", number, 1), true);
  }

  private FaultTarget startingAt(long newStart, boolean atDatagram) {
    return new FaultTarget(
        sender, connections, everyNth, address, condition, newStart, atDatagram, afterPattern);
  }

  FaultTarget startingAfter(Bytes pattern) {
    return new FaultTarget(
        sender,
        connections,
        everyNth,
        address,
        condition,
        start,
        startsAtDatagram,
        CutAfterMatch.requireNotEmpty(pattern));
  }

  /** Returns this target if the impairment can have it. */
  FaultTarget checked(Impairment impairment) {
    if (impairment instanceof ConnectImpairment && (sender != null || isMidStream())) {
      throw new IllegalArgumentException(
          impairment
              + " acts on connections before their first byte; it has no side and no offset");
    }
    if (impairment instanceof Refuse && !equals(sentBy(sender))) {
      throw new IllegalArgumentException(
          "refuse acts on all clients, because nothing listens; to reset only some, use"
              + " resetFirst(n)");
    }
    return this;
  }

  /** Returns why it makes no sense on a transport, and what to use instead; null if it does. */
  @Nullable String unsupportedReason(Transport transport) {
    if (start == 0 || startsAtDatagram != transport.isStream()) {
      return null;
    }
    return startsAtDatagram
        ? "a stream has no datagrams; use startingAtByte(offset)"
        : "datagrams have no offset in a stream; use startingAtDatagram(number)";
  }

  /** Returns whether it starts within a stream or a sequence of datagrams. */
  boolean isMidStream() {
    return start > 0 || !afterPattern.isEmpty();
  }

  /** Returns whether it includes a direction of a connection, wherever it starts there. */
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

  /** Returns its text after that of a fault with a default sender, each part after a space. */
  String text(@Nullable Side defaultSender) {
    StringBuilder text = new StringBuilder();
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
    return text.toString();
  }
}
