package dev.partyline.ports;

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
   * Returns a line for each socket and lease that has a port.
   *
   * @param filter which sockets count
   */
  static String describe(int port, Predicate<ConnectionRow> filter) {
    List<String> lines = new ArrayList<>();
    List<PortLease> leases = Ports.leaseRegistry().onPort(port);
    try {
      ConnectionTable.snapshot().onPort(port).rows().stream()
          .filter(row -> row.local() != null && row.local().getPort() == port)
          .filter(filter)
          .limit(MAX_ROWS)
          .map(PortOwners::describeRow)
          .forEach(lines::add);
      if (lines.isEmpty() && leases.isEmpty()) {
        lines.add(
            "port "
                + port
                + " is in no table: it is free, or held by a socket that is bound and does not"
                + " listen, such as that of a lease of another JVM, or was released just now");
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
