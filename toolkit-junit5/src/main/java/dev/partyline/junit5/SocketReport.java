package dev.partyline.junit5;

import dev.partyline.filter.Flow;
import dev.partyline.watch.ConnectionRow;
import dev.partyline.watch.ConnectionTable;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The sockets of this JVM at one moment, for those who look for a failure.
 *
 * @param table what netstat would print of them
 * @param explained a line for each that is in the middle of something
 */
record SocketReport(String table, List<String> explained) {
  private static final String FILE = "connections.txt";
  private static final int SHOWN = 10;
  private static final long NOBODY = -1;

  static SocketReport now() {
    try {
      ConnectionTable table = ofThisJvm(ConnectionTable.snapshot());
      return new SocketReport(table.toString(), table.explained().lines().toList());
    } catch (UnsupportedOperationException e) {
      return new SocketReport(e.getMessage() + "\n", List.of());
    }
  }

  /**
   * Nobody owns a connection that was not accepted yet or is over, but a port tells whose it is.
   */
  private static ConnectionTable ofThisJvm(ConnectionTable all) {
    long own = ProcessHandle.current().pid();
    Set<Integer> ports =
        all.ofThisJvm().rows().stream()
            .map(ConnectionRow::local)
            .filter(Objects::nonNull)
            .map(InetSocketAddress::getPort)
            .collect(Collectors.toSet());
    return all.matching(
        flow -> flow.pid() == own || (flow.pid() == NOBODY && isAtOneOf(ports, flow)));
  }

  private static boolean isAtOneOf(Set<Integer> ports, Flow flow) {
    return Stream.of(flow.source(), flow.destination())
        .anyMatch(end -> end != null && ports.contains(end.getPort()));
  }

  /** Writes them beside JUnit's reports, and returns what of them is worth a look. */
  String publish(ExtensionContext context) {
    String text = table + explained.stream().map(line -> "\n" + line).collect(Collectors.joining());
    return text(ReportFiles.publish(context, FILE, text.stripTrailing() + "\n"));
  }

  /** Returns what is worth a look, and where all of it is, which says nothing if it is nowhere. */
  String text(String where) {
    if (explained.isEmpty()) {
      return where.isEmpty() ? "" : "the sockets of this JVM" + where + "\n";
    }
    int more = explained.size() - SHOWN;
    return "the sockets of this JVM"
        + where
        + ":\n"
        + explained.stream()
            .limit(SHOWN)
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining())
        + (more > 0 ? "  … and " + more + " more\n" : "");
  }
}
