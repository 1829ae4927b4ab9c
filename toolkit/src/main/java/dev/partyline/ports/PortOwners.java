package dev.partyline.ports;

import dev.partyline.internal.text.Quantity;
import dev.partyline.netstat.ConnectionRow;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.netstat.Owner;
import dev.partyline.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells who has a port, as far as this process can see it. */
final class PortOwners {
  private static final int MAX_ROWS = 10;
  private static final int MAX_COMMAND_CHARS = 200;

  private PortOwners() {}

  /**
   * Returns a line for each socket and lease that has a port, the likely ones first.
   *
   * @param filter which sockets count
   */
  static String describe(int port, Predicate<ConnectionRow> filter) {
    List<String> lines = new ArrayList<>();
    List<PortLease> leases = Ports.leaseRegistry().onPort(port);
    try {
      List<ConnectionRow> rows =
          ConnectionTable.snapshot().onPort(port).sortedByRelevance().rows().stream()
              .filter(row -> row.local() != null && row.local().getPort() == port)
              .filter(filter)
              .toList();
      rows.stream().limit(MAX_ROWS).map(PortOwners::describeRow).forEach(lines::add);
      if (rows.size() > MAX_ROWS) {
        lines.add("… and " + Quantity.of(rows.size() - MAX_ROWS, "more socket"));
      }
      if (rows.isEmpty() && leases.isEmpty()) {
        lines.add(
            "port "
                + port
                + " is in no table: nothing has it now, unless a socket that is bound and does not"
                + " listen, such as that of a lease of another JVM");
      }
    } catch (UnsupportedOperationException e) {
      lines.add("who has port " + port + " is not known: " + e.getMessage());
    }
    leases.forEach(lease -> lines.add(lease.describe(port)));
    return String.join("\n", lines);
  }

  private static String describeRow(ConnectionRow row) {
    String explanation = row.explanation();
    return row
        + " ["
        + describeOwner(row.owner())
        + "]"
        + (explanation.isEmpty() ? "" : ": " + explanation);
  }

  private static String describeOwner(@Nullable Owner owner) {
    if (owner == null) {
      return "owner not visible";
    }
    if (owner.isThisJvm()) {
      return "this JVM, descriptor " + owner.fd();
    }
    Optional<ProcessHandle.Info> info = ProcessHandle.of(owner.pid()).map(ProcessHandle::info);
    String user = info.flatMap(ProcessHandle.Info::user).map(name -> ", user " + name).orElse("");
    String since =
        info.flatMap(ProcessHandle.Info::startInstant)
            .map(Instant::toString)
            .map(start -> ", since " + start)
            .orElse("");
    // The command line comes from another program.
    String command = Bytes.utf8(owner.commandLine()).escaped();
    String shortened =
        command.length() > MAX_COMMAND_CHARS
            ? command.substring(0, MAX_COMMAND_CHARS) + "…"
            : command;
    return "pid " + owner.pid() + user + since + ": " + shortened;
  }
}
