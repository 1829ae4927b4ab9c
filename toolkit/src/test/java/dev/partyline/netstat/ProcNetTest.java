package dev.partyline.netstat;

import static dev.partyline.netstat.Tables.line;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.filter.TcpState;
import dev.partyline.wire.Transport;
import java.nio.file.Path;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcNetTest {
  private static final String ZEROS = "00000000000000000000000000000000";

  private static ConnectionRow only(ConnectionTable table) {
    assertThat(table.limitations()).isEmpty();
    assertThat(table.rows()).hasSize(1);
    return table.rows().get(0);
  }

  @Test
  void readsEveryFieldOfALine() {
    ConnectionRow row =
        only(
            Tables.tcp(
                "3903: 0100007F:C6A0 0200007F:ACC1 01 002E4E40:0029FF96 01:00000019 00000002"
                    + "  1000        3 12071123 2 00000000f3017323 20 0 0 36 22"));
    assertThat(row.transport()).isEqualTo(Transport.TCP);
    assertThat(row.ipVersion()).isEqualTo(4);
    assertThat(row.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(row.local()).hasToString("/127.0.0.1:50848");
    assertThat(row.remote()).hasToString("/127.0.0.2:44225");
    assertThat(row.path()).isNull();
    assertThat(row.sendQueue()).isEqualTo(3_034_688);
    assertThat(row.receiveQueue()).isEqualTo(2_752_406);
    assertThat(row.timer()).isEqualTo("on");
    assertThat(row.timeLeft()).isEqualTo(Duration.ofMillis(250));
    assertThat(row.retransmits()).isEqualTo(2);
    assertThat(row.uid()).isEqualTo(1000);
    assertThat(row.inode()).isEqualTo(12_071_123);
  }

  @ParameterizedTest
  @CsvSource({
    "1, ESTABLISHED, ESTABLISHED",
    "2, SYN_SENT, SYN_SENT",
    "3, SYN_RECEIVED, SYN_RECV",
    "4, FIN_WAIT_1, FIN_WAIT1",
    "5, FIN_WAIT_2, FIN_WAIT2",
    "6, TIME_WAIT, TIME_WAIT",
    "7, CLOSED, CLOSE",
    "8, CLOSE_WAIT, CLOSE_WAIT",
    "9, LAST_ACK, LAST_ACK",
    "10, LISTEN, LISTEN",
    "11, CLOSING, CLOSING",
    "12, SYN_RECEIVED, SYN_RECV"
  })
  void knowsEveryStateOfTheKernel(int code, TcpState state, String word) {
    ConnectionRow row = only(Tables.tcp(line(code, 1, 2, 0, 0, 9)));
    assertThat(row.state()).isEqualTo(state);
    assertThat(row.stateName()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({"0, off", "1, on", "2, keepalive", "3, timewait", "4, probe", "5, unkn-5"})
  void namesTimersAsNetstatDoes(int code, String name) {
    ConnectionRow row = only(Tables.tcp(line(1, 1, 2, 0, 0, 9, code, 100, 0)));
    assertThat(row.timer()).isEqualTo(name);
    assertThat(row.timeLeft()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void readsTheShorterLineOfTimeWait() {
    ConnectionRow row =
        only(
            Tables.tcp6(
                "   1: 0000000000000000FFFF00000100007F:C8E2"
                    + " 0000000000000000FFFF00000100007F:E6E5 06 00000000:00000000 03:00000FFF"
                    + " 00000000     0        0 0 3 000000007c42704c"));
    assertThat(row.state()).isEqualTo(TcpState.TIME_WAIT);
    assertThat(row.timer()).isEqualTo("timewait");
    assertThat(row.timeLeft()).isEqualTo(Duration.ofMillis(40_950));
    assertThat(row).hasToString("tcp6 127.0.0.1:51426 -> 127.0.0.1:59109 TIME_WAIT");
  }

  @Test
  void readsIpv6AndMakesIpv4OfWhatIsMapped() {
    assertThat(only(Tables.tcp6(line6(ZEROS, ZEROS, 10)))).hasToString("tcp6 [::]:80 LISTEN");
    assertThat(only(Tables.tcp6(line6("B80D0120000000000000000067452301", ZEROS, 10))))
        .hasToString("tcp6 [2001:db8::123:4567]:80 LISTEN");
    assertThat(only(Tables.tcp6(line6("000080FE000000000000000001000000", ZEROS, 10))))
        .hasToString("tcp6 [fe80::1]:80 LISTEN");
    assertThat(only(Tables.tcp6(line6("0000000000000000FFFF00000100007F", ZEROS, 10))))
        .hasToString("tcp6 127.0.0.1:80 LISTEN");
  }

  private static String line6(String local, String remote, int state) {
    return String.format(
        "   0: %s:0050 %s:0000 %02X 00000000:00000000 00:00000000 00000000     0        0 532 1",
        local, remote, state);
  }

  @Test
  void tellsConnectedUdpFromUnconnected() {
    ConnectionTable table = Tables.udp(line(7, 53, 0, 0, 0, 8), line(1, 1, 2, 0, 0, 9));
    ConnectionRow unconnected = table.rows().get(0);
    ConnectionRow connected = table.rows().get(1);
    assertThat(unconnected.state()).isNull();
    assertThat(unconnected.remote()).isNull();
    assertThat(unconnected.stateName()).isEmpty();
    assertThat(connected.state()).isNull();
    assertThat(connected.remote()).hasToString("/127.0.0.1:2");
    assertThat(connected.stateName()).isEqualTo("ESTABLISHED");
  }

  @Test
  void readsUnixDomainSockets() {
    ConnectionTable table =
        Tables.unix(
            "00000000a3bc7054: 00000002 00000000 00010000 0001 01 12047039 /tmp/x y.sock",
            "00000000952a4677: 00000002 00000000 00000000 0005 01 12047043 @abs",
            "00000000ff515b99: 00000003 00000000 00000000 0001 03  1163",
            "000000008c422a4a: 00000003 00000000 00000000 0001 02     0 /tmp/x y.sock");
    assertThat(table.limitations()).isEmpty();
    assertThat(table.rows())
        .extracting(ConnectionRow::toString)
        .containsExactly(
            "unix /tmp/x y.sock LISTENING",
            "unix @abs",
            "unix  CONNECTED",
            "unix /tmp/x y.sock" + " CONNECTING");
    assertThat(table.rows().get(2).path()).isNull();
    assertThat(table.rows().get(2).inode()).isEqualTo(1163);
    assertThat(table.rows().get(2).uid()).isEqualTo(-1);
  }

  @Test
  void showsASocketOnceThatMovedWhileTheTableWasRead() {
    String socket = line(1, 1, 2, 0, 0, 9);
    assertThat(Tables.tcp(socket, socket).rows()).hasSize(1);
    assertThat(Tables.tcp(line(2, 1, 2, 0, 0, 9), socket).rows()).hasSize(1);
    String listener = line(10, 80, 0, 0, 0, 7);
    assertThat(Tables.tcp(listener, line(10, 80, 0, 0, 3, 7)).rows()).hasSize(1);
  }

  @Test
  void showsAConnectionOnceThatWasAcceptedOrClosedWhileTheTableWasRead() {
    String waitingLine = line(1, 1, 2, 0, 0, 0);
    String acceptedLine = line(1, 1, 2, 0, 0, 9);
    String closedLine = line(6, 1, 2, 0, 0, 0, 3, 6000, 0);
    assertThat(only(Tables.tcp(waitingLine, acceptedLine)).inode()).isEqualTo(9);
    assertThat(only(Tables.tcp(acceptedLine, closedLine)).inode()).isEqualTo(9);
    assertThat(only(Tables.tcp(waitingLine, closedLine)).state()).isEqualTo(TcpState.TIME_WAIT);
  }

  @Test
  void showsSocketsThatShareAPortEachOnItsOwn() {
    assertThat(Tables.tcp(line(10, 80, 0, 0, 0, 7), line(10, 80, 0, 0, 0, 8)).rows()).hasSize(2);
    assertThat(Tables.udp(line(7, 53, 0, 0, 0, 7), line(7, 53, 0, 0, 0, 8)).rows()).hasSize(2);
    String waitingLine = "0000000000000001: 00000003 00000000 00000000 0001 02     0 /x";
    String otherLine = "0000000000000002: 00000003 00000000 00000000 0001 02     0 /x";
    String hiddenLine = "0000000000000000: 00000003 00000000 00000000 0001 02     0 /x";
    assertThat(Tables.unix(waitingLine, otherLine, waitingLine).rows()).hasSize(2);
    assertThat(Tables.unix(hiddenLine, hiddenLine).rows()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "   0: 0100007F:0001",
        "   0: 0100007G:0001 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1 1",
        "   0: 0100007F:00001 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1 1",
        "   0: 0100007F:0001 00000000:0000 0D 00000000:00000000 00:00000000 00000000 0 0 1 1",
        "   0: 0100007F:0001 00000000:0000 00 00000000:00000000 00:00000000 00000000 0 0 1 1",
        "   0: 0100007F:0001 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 x 1",
        "   0: 0100007F:0001 00000000:0000 0A 00000000 00:00000000 00000000 0 0 1 1",
        "   0: 0100007F:0001 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0"
            + " 9999999999999999999999 1",
      })
  void skipsALineThatIsNoneAndSaysSo(String malformed) {
    ConnectionTable table =
        Tables.tcp(line(10, 80, 0, 0, 0, 7), malformed, line(10, 81, 0, 0, 0, 8));
    assertThat(table.rows()).hasSize(2);
    assertThat(table.limitations()).containsExactly("what 1 line of /proc/self/net says");
    assertThat(table.toString()).contains("# cannot tell: what 1 line of /proc/self/net says\n");
  }

  @Property
  void noBytesMakeItThrow(@ForAll byte[] noise, @ForAll boolean six) {
    ProcNet procNet = new ProcNet(Path.of("no-such-proc"));
    procNet.addInet(Transport.TCP, six ? 6 : 4, noise);
    procNet.addInet(Transport.UDP, six ? 6 : 4, noise);
    procNet.addUnix(noise);
    assertThat(procNet.table().toString()).startsWith("Active Internet connections");
  }

  @Property
  void aLineThatIsCutOrChangedIsReadAsOneOrCountedAsBad(
      @ForAll @IntRange(max = 100) int offset, @ForAll byte change, @ForAll boolean cut) {
    byte[] table = ("head\n" + line(1, 1, 2, 3, 4, 5) + "\n").getBytes(US_ASCII);
    int position = "head\n".length() + offset;
    table[position] = cut ? (byte) '\n' : change;
    ProcNet procNet = new ProcNet(Path.of("no-such-proc"));
    procNet.addInet(Transport.TCP, 4, table);
    ConnectionTable result = procNet.table();
    assertThat(result.rows().size() + result.limitations().size()).isPositive();
    assertThat(result.rows())
        .allMatch(row -> row.explanation().length() + row.toString().length() > 0);
  }

  @Test
  void doesNotTrustALastLineWithoutAnEnd() {
    ProcNet procNet = new ProcNet(Path.of("no-such-proc"));
    byte[] table = ("head\n" + line(1, 1, 2, 0, 0, 5)).getBytes(US_ASCII);
    procNet.addInet(Transport.TCP, 4, table);
    assertThat(procNet.table().rows()).isEmpty();
    assertThat(procNet.table().limitations()).isNotEmpty();
  }
}
