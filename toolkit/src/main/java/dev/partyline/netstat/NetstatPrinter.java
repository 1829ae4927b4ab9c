package dev.partyline.netstat;

import dev.partyline.filter.ServiceNames;
import dev.partyline.internal.text.IpText;
import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a table in the columns of {@code netstat -tuanpx} (net-tools). */
final class NetstatPrinter {
  private static final String INTERNET_HEADER =
"""
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
""";
  private static final String UNIX_HEADER =
      """
      Active UNIX domain sockets (servers and established)
      Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
      """;

  private final StringBuilder text = new StringBuilder();
  private final boolean serviceNames;

  private NetstatPrinter(boolean serviceNames) {
    this.serviceNames = serviceNames;
  }

  static String print(ConnectionTable table, boolean serviceNames) {
    NetstatPrinter printer = new NetstatPrinter(serviceNames);
    List<ConnectionRow> rows = table.rows();
    printer.text.append(INTERNET_HEADER);
    rows.stream().filter(row -> row.unix() == null).forEach(printer::addInternet);
    if (rows.stream().anyMatch(row -> row.unix() != null)) {
      printer.text.append(UNIX_HEADER);
      rows.forEach(printer::addUnix);
    }
    table
        .limitations()
        .forEach(
            limitation -> printer.text.append("# cannot tell: ").append(limitation).append('\n'));
    printer.addUnknownOwners(rows);
    return printer.text.toString();
  }

  /** Returns {@code tcp6} and the like. */
  static String protocol(ConnectionRow row) {
    return row.transport().name().toLowerCase(Locale.ROOT) + (row.ipVersion() == 6 ? "6" : "");
  }

  private void addInternet(ConnectionRow row) {
    alignLeft(protocol(row), 6);
    alignRight(row.receiveQueue(), 6);
    text.append(' ');
    alignRight(row.sendQueue(), 6);
    text.append(' ');
    alignLeft(address(row, row.local()), 23);
    text.append(' ');
    alignLeft(address(row, row.remote()), 23);
    text.append(' ');
    alignLeft(row.stateName(), 11);
    text.append(' ').append(program(row)).append('\n');
  }

  private void addUnix(ConnectionRow row) {
    UnixSocket unix = row.unix();
    if (unix == null) {
      return;
    }
    int start = text.length();
    alignLeft("unix", 5);
    text.append(' ');
    alignLeft(String.valueOf(unix.referenceCount()), 6);
    text.append(' ');
    alignLeft(unix.flagWords(), 11);
    text.append(' ');
    alignLeft(unix.typeName(), 10);
    text.append(' ');
    alignLeft(unix.stateName(), 13);
    text.append(' ');
    alignLeft(row.inode() < 0 ? "-" : String.valueOf(row.inode()), 8);
    text.append(' ');
    alignLeft(program(row), 20);
    text.append(' ').append(AddressText.path(row.path()));
    stripTrailing(start);
    text.append('\n');
  }

  /** Adds how many sockets have an owner that is not known. */
  private void addUnknownOwners(List<ConnectionRow> rows) {
    List<ConnectionRow> unowned =
        rows.stream().filter(row -> row.inode() > 0 && row.owner() == null).toList();
    if (!unowned.isEmpty()) {
      String users =
          unowned.stream()
              .map(ConnectionRow::uid)
              .filter(uid -> uid >= 0)
              .distinct()
              .sorted()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      text.append("# cannot tell: the owners of ")
          .append(Quantity.of(unowned.size(), "socket"))
          .append(users.isEmpty() ? "" : " (uid " + users + ")")
          .append(", closed since, or of another user, container or the kernel\n");
    }
  }

  private static String program(ConnectionRow row) {
    Owner owner = row.owner();
    return owner == null ? "-" : owner.pid() + "/" + Bytes.utf8(owner.program()).escaped();
  }

  private String address(ConnectionRow row, @Nullable InetSocketAddress address) {
    if (address == null) {
      return (row.ipVersion() == 6 ? "::" : "0.0.0.0") + ":*";
    }
    int port = address.getPort();
    String number = String.valueOf(port);
    return IpText.print(address.getAddress())
        + ":"
        + (serviceNames ? ServiceNames.of(row.transport(), port).orElse(number) : number);
  }

  private void alignLeft(String cell, int width) {
    text.append(cell).append(" ".repeat(Math.max(0, width - cell.length())));
  }

  private void alignRight(long number, int width) {
    String cell = String.valueOf(number);
    text.append(" ".repeat(Math.max(0, width - cell.length()))).append(cell);
  }

  private void stripTrailing(int start) {
    while (text.length() > start && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }
}
