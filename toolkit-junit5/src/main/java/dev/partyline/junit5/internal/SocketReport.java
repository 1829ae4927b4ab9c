package dev.partyline.junit5.internal;

import dev.partyline.filter.Flow;
import dev.partyline.junit5.internal.report.TestFiles;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets of this JVM at one moment, for a failure.
 *
 * @param table what netstat would print
 * @param explanations a line for each socket in a notable state, the likely reasons of a failure
 *     first
 * @param portOwners lines about the ports of the test, if an address was already in use
 */
public record SocketReport(String table, List<String> explanations, List<String> portOwners) {
  private static final String FILE_NAME = "connections.txt";
  private static final int MAX_SHOWN_EXPLANATIONS = 10;
  private static final long UNKNOWN_PID = -1;

  static SocketReport now(SocketBaseline baseline, List<String> portOwners) {
    try {
      ConnectionTable table = ofThisJvm(ConnectionTable.snapshot());
      return new SocketReport(table.toString(), explanations(table, baseline), portOwners);
    } catch (UnsupportedOperationException e) {
      return new SocketReport(e.getMessage() + "\n", List.of(), portOwners);
    }
  }

  /** Returns one of a test that has passed, for which they are not looked up. */
  static SocketReport none() {
    return new SocketReport("", List.of(), List.of());
  }

  private static List<String> explanations(ConnectionTable table, SocketBaseline baseline) {
    List<ConnectionRow> rows =
        table.sortedByRelevance().rows().stream()
            .filter(row -> !row.explanation().isEmpty())
            .toList();
    if (rows.isEmpty()) {
      return List.of();
    }
    Predicate<ConnectionRow> isEarlier = baseline.earlierRows(table);
    return Stream.concat(
            rows.stream().filter(isEarlier.negate()).map(row -> row + ": " + row.explanation()),
            rows.stream()
                .filter(isEarlier)
                .map(row -> row + ": " + row.explanation() + " It was there before this test."))
        .toList();
  }

  /** A connection that is not accepted yet, or is over, has no owner, so its port decides. */
  private static ConnectionTable ofThisJvm(ConnectionTable all) {
    long ownPid = ProcessHandle.current().pid();
    Set<Integer> ports =
        all.ofThisJvm().rows().stream()
            .map(ConnectionRow::local)
            .filter(Objects::nonNull)
            .map(InetSocketAddress::getPort)
            .collect(Collectors.toSet());
    return all.matching(
        flow -> flow.pid() == ownPid || (flow.pid() == UNKNOWN_PID && usesAnyOf(ports, flow)));
  }

  private static boolean usesAnyOf(Set<Integer> ports, Flow flow) {
    return Stream.of(flow.source(), flow.destination())
        .anyMatch(address -> address != null && ports.contains(address.getPort()));
  }

  /** Writes them beside JUnit's reports, and returns the notable ones. */
  String publish(TestFiles files) {
    return text(files.text(FILE_NAME, all()));
  }

  /** Returns all of them, and what the notable ones mean. */
  String all() {
    String text =
        table + explanations.stream().map(line -> "\n" + line).collect(Collectors.joining());
    return text.stripTrailing() + "\n";
  }

  /** Returns the notable ones, and where all of them are; the location may be empty. */
  String text(String location) {
    String owners =
        portOwners.isEmpty() ? "" : "the ports of this test, one of which may be the one in use:\n";
    return owners + lines(portOwners) + socketText(location);
  }

  private String socketText(String location) {
    if (explanations.isEmpty()) {
      return location.isEmpty() ? "" : "the sockets of this JVM" + location + "\n";
    }
    int omitted = explanations.size() - MAX_SHOWN_EXPLANATIONS;
    return "the sockets of this JVM"
        + location
        + ":\n"
        + lines(explanations.subList(0, Math.min(MAX_SHOWN_EXPLANATIONS, explanations.size())))
        + (omitted > 0 ? "  … and " + omitted + " more\n" : "");
  }

  private static String lines(List<String> texts) {
    return texts.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }
}
