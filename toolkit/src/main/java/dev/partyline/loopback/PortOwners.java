package dev.partyline.loopback;

import dev.partyline.watch.ConnectionRow;
import dev.partyline.watch.ConnectionTable;
import dev.partyline.watch.Owner;
import dev.partyline.wire.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says who has a port, as far as this process may see it. */
final class PortOwners {
  private static final int MOST_ROWS = 10;
  private static final int LONGEST = 200;

  private PortOwners() {}

  /**
   * Says who has a port.
   *
   * @param wanted which sockets may be meant
   */
  static String of(int port, Predicate<ConnectionRow> wanted) {
    List<String> all = new ArrayList<>();
    List<PortLease> leases = Ports.leases().of(port);
    try {
      ConnectionTable.snapshot().onPort(port).rows().stream()
          .filter(row -> row.local() != null && row.local().getPort() == port)
          .filter(wanted)
          .limit(MOST_ROWS)
          .map(PortOwners::line)
          .forEach(all::add);
      if (all.isEmpty() && leases.isEmpty()) {
        all.add(
            "port "
                + port
                + " is in no table: it is free, or held by a socket that is bound and does not"
                + " listen, such as that of a lease of another JVM, or was let go just now");
      }
    } catch (UnsupportedOperationException e) {
      all.add("who has port " + port + " is not known: " + e.getMessage());
    }
    leases.forEach(lease -> all.add(lease.account(port)));
    return String.join("\n", all);
  }

  private static String line(ConnectionRow row) {
    String explained = row.explain();
    return row + " [" + owner(row.owner()) + "]" + (explained.isEmpty() ? "" : ": " + explained);
  }

  private static String owner(@Nullable Owner owner) {
    if (owner == null) {
      return "no owner to be seen";
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
    // A command line is somebody else's text.
    String command = Bytes.utf8(owner.command()).escaped();
    String shown = command.length() > LONGEST ? command.substring(0, LONGEST) + "…" : command;
    return "pid " + owner.pid() + user + since + ": " + shown;
  }
}
