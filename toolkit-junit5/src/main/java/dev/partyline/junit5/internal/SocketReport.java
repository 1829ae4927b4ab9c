package dev.partyline.junit5.internal;

import dev.partyline.filter.Flow;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The sockets of this JVM at one moment, for a failure.
 *
 * @param table what netstat would print
 * @param explanations a line for each socket in a notable state
 */
public record SocketReport(String table, List<String> explanations) {
  private static final String FILE_NAME = "connections.txt";
  private static final int MAX_SHOWN_EXPLANATIONS = 10;
  private static final long UNKNOWN_PID = -1;

  public static SocketReport now() {
    try {
      ConnectionTable table = ofThisJvm(ConnectionTable.snapshot());
      return new SocketReport(table.toString(), table.explanations().lines().toList());
    } catch (UnsupportedOperationException e) {
      return new SocketReport(e.getMessage() + "\n", List.of());
    }
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
  String publish(ExtensionContext context) {
    String text =
        table + explanations.stream().map(line -> "\n" + line).collect(Collectors.joining());
    return text(ReportFiles.publish(context, FILE_NAME, text.stripTrailing() + "\n"));
  }

  /** Returns the notable ones, and where all of them are; the location may be empty. */
  String text(String location) {
    if (explanations.isEmpty()) {
      return location.isEmpty() ? "" : "the sockets of this JVM" + location + "\n";
    }
    int omitted = explanations.size() - MAX_SHOWN_EXPLANATIONS;
    return "the sockets of this JVM"
        + location
        + ":\n"
        + explanations.stream()
            .limit(MAX_SHOWN_EXPLANATIONS)
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining())
        + (omitted > 0 ? "  … and " + omitted + " more\n" : "");
  }
}
