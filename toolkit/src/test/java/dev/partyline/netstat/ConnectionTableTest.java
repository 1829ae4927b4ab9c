package dev.partyline.netstat;

import static dev.partyline.netstat.Tables.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.filter.TcpState;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {
  private static final Path NO_PROC = Path.of("no-such-proc");
  private static final InetSocketAddress WEB = new InetSocketAddress("127.0.0.1", 80);
  private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 49_152);

  /** Returns the rows that a test gives it. */
  private record FixedProvider(
      boolean isSupported, List<ConnectionRow> rows, List<String> limitations)
      implements ConnectionProvider {
    @Override
    public String systems() {
      return "Plan 9";
    }
  }

  private static ConnectionTable table(ConnectionRow... rows) {
    return ProviderLookup.snapshot(
        NO_PROC,
        List.of(new FixedProvider(true, List.of(rows), List.of("unread bytes"))),
        Optional::empty);
  }

  @Test
  void printsAsNetstatDoes() {
    ConnectionTable table =
        table(
            ConnectionRow.tcp(TcpState.LISTEN, WEB, null)
                .withOwner(new Owner(19_630, "socat", "socat - TCP-LISTEN:80", 5)),
            ConnectionRow.tcp(TcpState.ESTABLISHED, WEB, CLIENT).withQueues(3_025_686, 4_190_912),
            ConnectionRow.tcp(TcpState.LISTEN, new InetSocketAddress("::1", 8080), null),
            ConnectionRow.udp(WEB, null),
            ConnectionRow.unix("/run/x\ny"));
    assertThat(table)
        .hasToString(
            """
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
            tcp        0      0 127.0.0.1:80            0.0.0.0:*               LISTEN      19630/socat
            tcp   3025686 4190912 127.0.0.1:80            127.0.0.1:49152         ESTABLISHED -
            tcp6       0      0 ::1:8080                :::*                    LISTEN      -
            udp        0      0 127.0.0.1:80            0.0.0.0:*                           -
            Active UNIX domain sockets (servers and established)
            Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
            unix  0      [ ]         STREAM     CONNECTED     -        -                    /run/x\\ny
            # cannot tell: unread bytes
            """);
  }

  @Test
  void printsNamesOfUsualPortsWhenAsked() {
    assertThat(
            table(ConnectionRow.tcp(TcpState.ESTABLISHED, WEB, CLIENT))
                .withServiceNames()
                .toString())
        .contains("tcp        0      0 127.0.0.1:http          127.0.0.1:49152         ESTABL");
  }

  @Test
  void saysWhoseSocketsItCannotSee() {
    assertThat(Tables.tcp(line(10, 80, 0, 0, 0, 7), line(6, 1, 2, 0, 0, 0)).toString())
        .contains("LISTEN      -\n")
        .endsWith(
            "# cannot tell: the owners of 1 socket (uid 1000), closed since, or of another user,"
                + " container or the kernel\n");
  }

  @Test
  void isFilteredInTheWordsOfTcpdump() {
    ConnectionRow listener = ConnectionRow.tcp(TcpState.LISTEN, WEB, null);
    ConnectionRow connection = ConnectionRow.tcp(TcpState.ESTABLISHED, WEB, CLIENT);
    assertThat(table(listener, connection).matching("tcp port 80 and state established").rows())
        .containsExactly(connection);
    assertThat(table(listener, connection).matching("src port http and not dst port 49152").rows())
        .containsExactly(listener);
  }

  @Test
  void hasFewerRowsOfAPortOrAFilter() {
    ConnectionRow listener = ConnectionRow.tcp(TcpState.LISTEN, WEB, null);
    ConnectionRow client = ConnectionRow.tcp(TcpState.ESTABLISHED, CLIENT, WEB);
    ConnectionRow other = ConnectionRow.udp(CLIENT, null).withOwner(new Owner(7, "x", "x -y", 3));
    ConnectionTable table = table(listener, client, other);
    assertThat(table.onPort(80).rows()).containsExactly(listener, client);
    assertThat(table.matching(flow -> flow.pid() == 7).rows()).containsExactly(other);
    assertThat(table.matching(flow -> flow.state() == TcpState.LISTEN).rows())
        .containsExactly(listener);
    assertThat(table.onPort(1).limitations()).isEqualTo(table.limitations());
    assertThat(table.ofThisJvm().rows()).isEmpty();
  }

  @Test
  void searchesForOwnersOnlyIfTheFilterAsksForThem() {
    ConnectionKey key = new ConnectionKey(Transport.TCP, 4, WEB, CLIENT, null);
    OwnerLookup ownerLookup =
        new OwnerLookup() {
          @Override
          public Owner of(long inode) {
            throw new IllegalStateException("searched for " + inode);
          }

          @Override
          public Owner ifThisJvm(long inode) {
            return of(inode);
          }
        };
    ConnectionRow row =
        new ConnectionRow(key, TcpState.ESTABLISHED, SocketCounters.NONE, 7, 0, null, ownerLookup);
    ConnectionTable table = table(row);
    assertThat(table.matching("port 80 and not (udp or dst port 80)").rows()).containsExactly(row);
    assertThatThrownBy(() -> table.matching("port 80 and not (udp or pid 1)"))
        .hasMessage("searched for 7");
  }

  @Test
  void tellsWhichProviderItsSystemNeeds() {
    String start =
        "cannot list the sockets of this system ("
            + System.getProperty("os.name")
            + "): supported are Linux with a readable no-such-proc, Plan 9";
    FixedProvider unsupported = new FixedProvider(false, List.of(), List.of());
    assertThatThrownBy(
            () -> ProviderLookup.snapshot(NO_PROC, List.of(unsupported), Optional::empty))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            start
                + "; macOS and Windows are with com.github.oshi:oshi-core on the class path, which"
                + " is not there, and others with a ConnectionProvider on it");
    Optional<ConnectionProvider> oshi = Optional.of(new OshiProvider("Plan 9"));
    assertThatThrownBy(() -> ProviderLookup.snapshot(NO_PROC, List.of(unsupported), () -> oshi))
        .hasMessage(
            start + ", macOS and Windows with OSHI; others are with a ConnectionProvider on it");
  }

  @Test
  void asksAProviderOfTheUserBeforeOshi() {
    ConnectionProvider oshi = new FixedProvider(true, List.of(), List.of("anything"));
    ConnectionProvider userProvider = new FixedProvider(true, List.of(), List.of("much"));
    assertThat(
            ProviderLookup.snapshot(NO_PROC, List.of(userProvider), () -> Optional.of(oshi))
                .limitations())
        .containsExactly("much");
    assertThat(ProviderLookup.snapshot(NO_PROC, List.of(), () -> Optional.of(oshi)).limitations())
        .containsExactly("anything");
  }

  @Test
  void refusesPortsAndQueuesThatAreNone() {
    assertThatThrownBy(() -> table().onPort(0)).hasMessage("port (0) must be in 1..65535");
    assertThatThrownBy(() -> table().onPort(65_536)).hasMessage("port (65536) must be in 1..65535");
    assertThatThrownBy(() -> ConnectionRow.unix("/x").withQueues(-1, 0))
        .hasMessage("queues (-1, 0) must not be negative");
  }
}
