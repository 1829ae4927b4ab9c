package dev.partyline.weather;

import dev.partyline.internal.faults.ConnectImpairment;
import dev.partyline.internal.faults.FaultNotation;
import dev.partyline.internal.faults.Refuse;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.IpText;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.wire.Side;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
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
 * @param start where it starts
 */
record FaultTarget(
    @Nullable Side sender,
    List<Integer> connections,
    int everyNth,
    String address,
    @Nullable Predicate<ConnectionDirection> condition,
    FaultStart start) {
  private static final Pattern PATH = Pattern.compile("/[^ ;\"\t\r\n]+");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:([0-9.]+)|\\[([0-9A-Fa-f:.]+)]):([0-9]{1,5})");

  static FaultTarget sentBy(@Nullable Side sender) {
    return new FaultTarget(sender, List.of(), 1, "", null, FaultStart.IMMEDIATE);
  }

  FaultTarget withSender(@Nullable Side newSender) {
    return new FaultTarget(newSender, connections, everyNth, address, condition, start);
  }

  FaultTarget withConnections(int... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("connections () must be at least one number");
    }
    Arrays.stream(numbers).forEach(number -> ArgumentChecks.atLeast("connection", number, 1));
    List<Integer> sorted = Arrays.stream(numbers).sorted().distinct().boxed().toList();
    return new FaultTarget(sender, sorted, everyNth, address, condition, start);
  }

  FaultTarget withEveryNth(int nth) {
    ArgumentChecks.atLeast("nth", nth, 1);
    return new FaultTarget(sender, connections, nth, address, condition, start);
  }

  FaultTarget withAddress(String client) {
    String literal = PATH.matcher(client).matches() ? client : literal(client);
    return new FaultTarget(sender, connections, everyNth, literal, condition, start);
  }

  /** Returns an address as a connection has it, because any other text would never match. */
  private static String literal(String client) {
    Matcher matcher = HOST_AND_PORT.matcher(client);
    boolean hasPort = matcher.matches();
    String ipv4 = hasPort ? matcher.group(1) : client;
    byte[] address = IpText.parse(ipv4 == null ? matcher.group(2) : ipv4);
    if (address == null) {
      throw ArgumentChecks.invalid("address", client, "a literal address such as 127.0.0.1 or ::1");
    }
    String host = IpText.print(address);
    return !hasPort ? host : (ipv4 == null ? "[" + host + "]" : host) + ":" + matcher.group(3);
  }

  FaultTarget withCondition(Predicate<ConnectionDirection> additional) {
    Predicate<ConnectionDirection> both =
        condition == null ? additional : condition.and(additional);
    return new FaultTarget(sender, connections, everyNth, address, both, start);
  }

  FaultTarget withStart(FaultStart newStart) {
    return new FaultTarget(sender, connections, everyNth, address, condition, newStart);
  }

  /** Returns this target if the impairment can have it. */
  FaultTarget checked(Impairment impairment, FaultNotation notation) {
    if (impairment instanceof ConnectImpairment && (sender != null || !start.isImmediate())) {
      throw new IllegalArgumentException(
          impairment
              + " acts on connections before their first byte; it has no side and no offset");
    }
    if (impairment instanceof Refuse && !equals(sentBy(sender))) {
      throw new IllegalArgumentException(Refuse.NOT_SELECTIVE.in(notation));
    }
    return this;
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
        .append(condition == null ? "" : " only if " + condition)
        .append(start.text());
    return text.toString();
  }
}
