package dev.partyline.netstat;

import static java.util.stream.Collectors.joining;

import dev.partyline.filter.Filter;
import dev.partyline.filter.Flow;
import dev.partyline.internal.text.ArgumentChecks;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of this machine at one moment, as netstat shows them: TCP and UDP over IPv4 and IPv6,
 * and Unix domain sockets, of all processes.
 *
 * <p>It has the network namespace of this JVM: in a container, that of the container. A socket that
 * is bound but neither listens nor is connected is in none of the kernel's tables. The process that
 * owns a socket is searched for when it is first asked for, not when the table is made.
 *
 * <p>On Linux it reads /proc, which takes about 4 ms for each of TCP over IPv4 and IPv6 on an
 * ordinary machine, both at the same time, and about 3 µs a socket. On macOS and Windows it uses
 * OSHI if {@code com.github.oshi:oshi-core} is on the class path, which knows less: see {@link
 * #limitations}. Other systems need a {@link ConnectionProvider}, which has precedence over OSHI.
 */
public final class ConnectionTable {
  private static final Path PROC = Path.of("/proc");

  private final List<ConnectionRow> rows;
  private final List<String> limitations;
  private final boolean serviceNames;

  private ConnectionTable(
      List<ConnectionRow> rows, List<String> limitations, boolean serviceNames) {
    this.rows = List.copyOf(rows);
    this.limitations = List.copyOf(limitations);
    this.serviceNames = serviceNames;
  }

  ConnectionTable(List<ConnectionRow> rows, List<String> limitations) {
    this(FullBacklogs.link(rows), limitations, false);
  }

  /**
   * Returns the sockets as they are now.
   *
   * @throws UnsupportedOperationException if this is not Linux, and neither a {@link
   *     ConnectionProvider} that supports the system nor, on macOS and Windows, OSHI is on the
   *     class path
   */
  public static ConnectionTable snapshot() {
    return ProviderLookup.snapshot(
        PROC, ServiceLoader.load(ConnectionProvider.class), ProviderLookup::oshi);
  }

  /** Returns all rows: TCP, UDP, Unix domain sockets, each in the kernel's order. */
  public List<ConnectionRow> rows() {
    return rows;
  }

  /**
   * Returns a table of the rows that match a filter, whose source is the local end: {@code port
   * 8080 and state established}. This searches for owners only if the filter has {@code pid} or
   * {@code program}.
   *
   * @throws dev.partyline.filter.FilterException if the expression is not a filter
   */
  public ConnectionTable matching(String expression) {
    Filter filter = Filter.parse(expression);
    return filter.asksForProcess()
        ? matching(filter::matches)
        : filtered(row -> filter.matches(row.flowOfAnyProcess()));
  }

  /**
   * Returns a table of the rows that match a predicate. This searches for all owners, because a
   * predicate may need them.
   */
  public ConnectionTable matching(Predicate<Flow> filter) {
    return filtered(row -> filter.test(row.flow()));
  }

  /**
   * Returns a table of the sockets that this JVM has open. Connections that it has not accepted yet
   * and those in TIME_WAIT belong to no process; {@link #onPort} finds them.
   */
  public ConnectionTable ofThisJvm() {
    return filtered(ConnectionRow::isOfThisJvm);
  }

  /**
   * Returns a table of the sockets that have this port at either end.
   *
   * @throws IllegalArgumentException if it is not in 1..65535
   */
  public ConnectionTable onPort(int port) {
    ArgumentChecks.port(port, 1);
    return filtered(row -> hasPort(row.local(), port) || hasPort(row.remote(), port));
  }

  /** Returns the same table, which prints the names of common ports, such as http for 80. */
  public ConnectionTable withServiceNames() {
    return new ConnectionTable(rows, limitations, true);
  }

  /**
   * Returns the same table in another order, that in which rows are likely to explain a failure:
   * listeners and sockets that have a port for datagrams; then sockets in a notable state, first
   * those that a process has open; the rest; and at the end those in TIME_WAIT. This searches for
   * all owners.
   */
  public ConnectionTable sortedByRelevance() {
    return new ConnectionTable(
        rows.stream().sorted(RowRelevance.ORDER).toList(), limitations, serviceNames);
  }

  /** Returns what could not be found out about the system, in words; usually empty. */
  public List<String> limitations() {
    return limitations;
  }

  /** Returns the explanations of all rows that have one, a line for each; empty if none has. */
  public String explanations() {
    return rows.stream()
        .filter(row -> !row.explanation().isEmpty())
        .map(row -> row + ": " + row.explanation())
        .collect(joining("\n"));
  }

  /**
   * Returns the table as {@code netstat -tuanpx} prints it, with Unix domain sockets in a second
   * part if there are any, and without truncating addresses. Lines that begin with {@code #} say
   * what could not be found out. This searches for all owners.
   */
  @Override
  public String toString() {
    return NetstatPrinter.print(this, serviceNames);
  }

  private ConnectionTable filtered(Predicate<ConnectionRow> predicate) {
    return new ConnectionTable(rows.stream().filter(predicate).toList(), limitations, serviceNames);
  }

  private static boolean hasPort(@Nullable InetSocketAddress address, int port) {
    return address != null && address.getPort() == port;
  }
}
