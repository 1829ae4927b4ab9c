package dev.partyline.watch;

import dev.partyline.filter.ServiceNames;
import dev.partyline.wire.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a table in the columns of {@code netstat -tuanpx} (net-tools). */
final class NetstatPrinter {
  private static final String INTERNET =
      """
      Active Internet connections (servers and established)
      Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
      """;
  private static final String UNIX =
      """
      Active UNIX domain sockets (servers and established)
      Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
      """;

  private final StringBuilder text = new StringBuilder();
  private final boolean names;

  private NetstatPrinter(boolean names) {
    this.names = names;
  }

  static String text(ConnectionTable table, boolean names) {
    NetstatPrinter netstat = new NetstatPrinter(names);
    List<ConnectionRow> rows = table.rows();
    netstat.text.append(INTERNET);
    rows.stream().filter(row -> row.unix() == null).forEach(netstat::internet);
    if (rows.stream().anyMatch(row -> row.unix() != null)) {
      netstat.text.append(UNIX);
      rows.forEach(netstat::unix);
    }
    table.gaps().forEach(gap -> netstat.text.append("# cannot tell: ").append(gap).append('\n'));
    netstat.hidden(rows);
    return netstat.text.toString();
  }

  /** Returns {@code tcp6} and the like. */
  static String protocol(ConnectionRow row) {
    return row.transport().name().toLowerCase(Locale.ROOT) + (row.ipVersion() == 6 ? "6" : "");
  }

  private void internet(ConnectionRow row) {
    left(protocol(row), 6);
    right(row.receiveQueue(), 6);
    text.append(' ');
    right(row.sendQueue(), 6);
    text.append(' ');
    left(address(row, row.local()), 23);
    text.append(' ');
    left(address(row, row.remote()), 23);
    text.append(' ');
    left(row.stateName(), 11);
    text.append(' ').append(program(row)).append('\n');
  }

  private void unix(ConnectionRow row) {
    UnixSocket unix = row.unix();
    if (unix == null) {
      return;
    }
    int start = text.length();
    left("unix", 5);
    text.append(' ');
    left(String.valueOf(unix.references()), 6);
    text.append(' ');
    left(unix.flagWords(), 11);
    text.append(' ');
    left(unix.typeName(), 10);
    text.append(' ');
    left(unix.stateName(), 13);
    text.append(' ');
    left(row.inode() < 0 ? "-" : String.valueOf(row.inode()), 8);
    text.append(' ');
    left(program(row), 20);
    text.append(' ').append(AddressText.path(row.path()));
    strip(start);
    text.append('\n');
  }

  /** Says of how many sockets the owner should be known and is not. */
  private void hidden(List<ConnectionRow> rows) {
    List<ConnectionRow> hidden =
        rows.stream().filter(row -> row.inode() > 0 && row.owner() == null).toList();
    if (!hidden.isEmpty()) {
      String users =
          hidden.stream()
              .map(ConnectionRow::uid)
              .filter(uid -> uid >= 0)
              .distinct()
              .sorted()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      text.append("# cannot tell: the owners of ")
          .append(hidden.size())
          .append(hidden.size() == 1 ? " socket" : " sockets")
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
    return AddressText.host(address.getAddress())
        + ":"
        + (names ? ServiceNames.of(row.transport(), port).orElse(number) : number);
  }

  private void left(String cell, int width) {
    text.append(cell).append(" ".repeat(Math.max(0, width - cell.length())));
  }

  private void right(long number, int width) {
    String cell = String.valueOf(number);
    text.append(" ".repeat(Math.max(0, width - cell.length()))).append(cell);
  }

  private void strip(int start) {
    while (text.length() > start && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }
}
