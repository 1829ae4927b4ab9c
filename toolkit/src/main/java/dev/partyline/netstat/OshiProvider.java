package dev.partyline.netstat;

import dev.partyline.filter.TcpState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oshi.SystemInfo;
import oshi.software.os.InternetProtocolStats.IPConnection;

/**
 * Asks OSHI for the sockets of macOS and Windows; without OSHI this class must not be loaded.
 *
 * <p>It was tried on Linux, against /proc. Its limitations on the other systems are those of their
 * system calls: proc_pidfdinfo on macOS, GetExtendedTcpTable and GetExtendedUdpTable on Windows.
 */
final class OshiProvider implements ConnectionProvider {
  private static final String COMMON_LIMITATIONS =
      "inodes, users, timers, segments sent again, descriptors and Unix domain sockets, which OSHI"
          + " does not have";

  private final String osName;

  /**
   * Makes one.
   *
   * @param osName the system property os.name
   */
  OshiProvider(String osName) {
    this.osName = osName.toLowerCase(Locale.ROOT);
  }

  @Override
  public String systems() {
    return "macOS and Windows with OSHI";
  }

  @Override
  public boolean isSupported() {
    return isMac() || isWindows();
  }

  private boolean isMac() {
    return osName.startsWith("mac");
  }

  private boolean isWindows() {
    return osName.startsWith("windows");
  }

  @Override
  public List<String> limitations() {
    if (isMac()) {
      return List.of(
          COMMON_LIMITATIONS,
          "Recv-Q and Send-Q, which are printed as 0: macOS counts pending connections, not bytes",
          "sockets that no process has open, as in TIME_WAIT or not accepted yet, and those of"
              + " other users, except for root");
    }
    return isWindows()
        ? List.of(
            COMMON_LIMITATIONS,
            "Recv-Q and Send-Q, which are printed as 0",
            "the remote end of UDP")
        : List.of(COMMON_LIMITATIONS);
  }

  @Override
  public List<ConnectionRow> rows() {
    Map<Integer, Owner> owners = new HashMap<>();
    // A socket that moves in the table of the system while that is read may be in it twice.
    Map<List<Object>, ConnectionRow> rows = new LinkedHashMap<>();
    for (IPConnection each :
        new SystemInfo().getOperatingSystem().getInternetProtocolStats().getConnections()) {
      int pid = each.getowningProcessId();
      ConnectionRow row = row(each);
      rows.putIfAbsent(
          List.of(row.key(), pid),
          pid > 0 ? row.withOwner(owners.computeIfAbsent(pid, OshiProvider::owner)) : row);
    }
    return List.copyOf(rows.values());
  }

  private ConnectionRow row(IPConnection each) {
    InetSocketAddress local = address(each.getLocalAddress(), each.getLocalPort());
    InetSocketAddress foreign = address(each.getForeignAddress(), each.getForeignPort());
    InetSocketAddress remote = foreign.getPort() == 0 ? null : foreign;
    ConnectionRow row =
        each.getType().startsWith("tcp")
            ? ConnectionRow.tcp(state(String.valueOf(each.getState())), local, remote)
            : ConnectionRow.udp(local, remote);
    return isSupported() ? row : row.withQueues(each.getReceiveQueue(), each.getTransmitQueue());
  }

  private static TcpState state(String name) {
    return switch (name) {
      case "SYN_RECV" -> TcpState.SYN_RECEIVED;
      case "UNKNOWN", "NONE", "null" -> TcpState.CLOSED;
      default -> TcpState.valueOf(name);
    };
  }

  private static InetSocketAddress address(byte[] bytes, int port) {
    try {
      // A socket that is not bound has no bytes.
      return new InetSocketAddress(
          bytes.length == 0
              ? InetAddress.getByAddress(new byte[4])
              : InetAddress.getByAddress(bytes),
          port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  private static Owner owner(int pid) {
    return ProcessHandle.of(pid)
        .map(ProcessHandle::info)
        .map(info -> owner(pid, info))
        .orElseGet(() -> new Owner(pid, "?", "?", -1));
  }

  private static Owner owner(int pid, ProcessHandle.Info info) {
    String path = info.command().orElse("?");
    String program = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    List<String> arguments = List.of(info.commandLine().orElse(path).split(" "));
    return new Owner(pid, program, CommandLineText.of(arguments), -1);
  }
}
