package dev.partyline.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Transport;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final Flow WEB =
      flow(Transport.TCP, "10.0.0.1", 40_000, "192.168.5.6", 80, TcpState.ESTABLISHED, 77);
  private static final Flow DNS = flow(Transport.UDP, "::1", 50_000, "2001:db8::7", 53, null, -1);
  private static final Flow LISTENER =
      new Flow(
          Transport.TCP, new InetSocketAddress("127.0.0.1", 8080), null, TcpState.LISTEN, 4_711);
  private static final Flow UNIX_FLOW = new Flow(Transport.UNIX, null, null, null, 5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \t\r\n",
        "tcp",
        "ip",
        "TCP and IP",
        "host 10.0.0.1",
        "src host 10.0.0.1",
        "src 10.0.0.1 and dst 192.168.5.6",
        "src or dst 192.168.5.6",
        "dst or src 192.168.5.6",
        "ip host 10.0.0.1",
        "tcp dst host 192.168.5.6",
        "net 10",
        "net 192.168",
        "net 192.168.5",
        "net 192.168.5.6",
        "net 192.168.0.0/16",
        "net 192.168 / 16",
        "net 192.168 mask 255.255.0.0",
        "net 0.0.0.6 mask 0.0.0.255",
        "net 0.0.0.0/0",
        "net ::ffff:10.0.0.0/104",
        "src and dst net 0.0.0.0/0",
        "port 80",
        "port http",
        "tcp dst port http",
        "port 9 or 80",
        "port (9 or 80)",
        "port not 9",
        "not port 9",
        "not not port 80",
        "!port 9&&tcp",
        "udp || tcp",
        "portrange 79-81",
        "portrange 81-79",
        "portrange 80",
        "portrange ftp-http",
        "portrange http-alt or http",
        "src portrange 40000-40000",
        "state established",
        "state ESTAB",
        "state listen or established",
        "pid 5 or 77",
        "pid 77 and state estab and tcp"
      })
  void matchesTheConnection(String expression) {
    assertThat(Filter.parse(expression).matches(WEB)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "udp",
        "unix",
        "ip6",
        "not tcp",
        "host 10.0.0.2",
        "dst host 10.0.0.1",
        "src and dst host 10.0.0.1",
        "udp host 10.0.0.1",
        "net 11",
        "ip6 net ::/0",
        "net ::/0",
        "net 10.0.0.0",
        "src net 192.168",
        "src port 80",
        "src and dst port 80",
        "udp port 80",
        "port 81",
        "port domain",
        "portrange 81-39999",
        "state close-wait",
        "pid 7",
        "not (tcp or udp)"
      })
  void matchesNoOther(String expression) {
    assertThat(Filter.parse(expression).matches(WEB)).isFalse();
  }

  @Test
  void everythingPassesTheEmptyFilter() {
    assertThat(Filter.all()).isEqualTo(Filter.parse("  ")).hasToString("");
    assertThat(Filter.all().matches(UNIX_FLOW)).isTrue();
  }

  @Test
  void whatIsNotKnownDoesNotMatch() {
    assertThat(Filter.parse("dst port 8080").matches(LISTENER)).isFalse();
    assertThat(Filter.parse("src and dst port 8080").matches(LISTENER)).isFalse();
    assertThat(Filter.parse("not dst port 8080").matches(LISTENER)).isTrue();
    assertThat(Filter.parse("port 8080 and state listen").matches(LISTENER)).isTrue();
    assertThat(Filter.parse("ip").matches(LISTENER)).isTrue();
    assertThat(Filter.parse("state closed").matches(DNS)).isFalse();
    assertThat(Filter.parse("pid 0").matches(DNS)).isFalse();
    assertThat(Filter.parse("ip or ip6 or tcp or host ::1 or port 5").matches(UNIX_FLOW)).isFalse();
    assertThat(Filter.parse("unix and pid 5").matches(UNIX_FLOW)).isTrue();
  }

  @Test
  void aHostThatWasNeverLookedUpHasOnlyAPort() {
    InetSocketAddress name = InetSocketAddress.createUnresolved("example.org", 80);
    Flow flow = new Flow(Transport.TCP, null, name, null, -1);
    assertThat(Filter.parse("dst port 80 and not ip and not ip6").matches(flow)).isTrue();
    assertThat(Filter.parse("host 0.0.0.0 or net 0.0.0.0/0").matches(flow)).isFalse();
  }

  @Test
  void aMappedAddressIsTheOneOfIpv4() throws UnknownHostException {
    assertThat(Filter.parse("host ::ffff:127.0.0.1"))
        .isEqualTo(Filter.parse("host 127.0.0.1"))
        .isEqualTo(Filter.parse("host ::FFFF:7f00:1"))
        .hasSameHashCodeAs(Filter.parse("host 127.0.0.1"))
        .hasToString("host 127.0.0.1");
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
    // Java keeps a mapped address only if it is made like this.
    Inet6Address address = Inet6Address.getByAddress("", mapped, -1);
    Flow flow = new Flow(Transport.TCP, new InetSocketAddress(address, 1), null, null, -1);
    assertThat(Filter.parse("ip host 127.0.0.1 and net 127").matches(flow)).isTrue();
    assertThat(Filter.parse("ip6 or net ::/0").matches(flow)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "LISTEN, listen LISTENING",
    "SYN_SENT, syn-sent SYN_SENT",
    "SYN_RECEIVED, syn-received syn-recv SYN_RECV SYN_RCVD SYN_RECEIVED",
    "ESTABLISHED, established ESTAB",
    "FIN_WAIT_1, fin-wait-1 FIN_WAIT1 FIN-WAIT-1 FIN_WAIT_1",
    "FIN_WAIT_2, fin-wait-2 fin_wait2",
    "CLOSE_WAIT, close-wait CLOSE_WAIT",
    "CLOSING, closing",
    "LAST_ACK, last-ack LAST_ACK",
    "TIME_WAIT, time-wait TIME_WAIT",
    "CLOSED, closed CLOSE UNCONN"
  })
  void aStateHasEverySpellingOfSsAndNetstat(TcpState state, String words) {
    for (String word : words.split(" ", -1)) {
      assertThat(Filter.parse("state " + word)).hasToString("state " + state.word());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tcp  or udp and port 53, tcp or udp and port 53",
    "(tcp or udp) and port 53, tcp or udp and port 53",
    "tcp or (udp and port 53), tcp or (udp and port 53)",
    "not host 10.0.0.1 and 10.0.0.2, not host 10.0.0.1 and host 10.0.0.2",
    "not (host 10.0.0.1 or 10.0.0.2), not (host 10.0.0.1 or host 10.0.0.2)",
    "! ! ((tcp)), tcp",
    "not (not (tcp or udp)) and ip, tcp or udp and ip",
    "tcp dst port ftp or ftp-data or domain,"
        + " tcp dst port 21 or tcp dst port 20 or tcp dst port 53",
    "udp src or dst port (53 or not 67), udp port 53 or not udp port 67",
    "host 10.0.0.1 and (port 80 or 81) or 10.0.0.2,"
        + " host 10.0.0.1 and (port 80 or port 81) or host 10.0.0.2",
    "host ::1 or (10.0.0.1 and 10.0.0.2), host ::1 or (host 10.0.0.1 and host 10.0.0.2)",
    "src 2001:DB8:0:0:1:0:0:0, src host 2001:db8:0:0:1::",
    "dst and src net 10.2, src and dst net 10.2.0.0/16",
    "net 10/8, net 10.0.0.0/8",
    "net 10.0.5 mask 255.0.255.0, net 10.0.5.0 mask 255.0.255.0",
    "net 2001:db8::/32, net 2001:db8::/32",
    "net ::1, host ::1",
    "net 127.0.0.1, host 127.0.0.1",
    "port http or domain or ntp, tcp port 80 or port 53 or udp port 123",
    "portrange http-ntp, portrange 80-123",
    "portrange ftp-http, tcp portrange 21-80",
    "ip6 port 80, ip6 port 80",
    "PID 5 OR 6, pid 5 or pid 6",
    "program Nginx or java, program Nginx or program java",
    "path /run/x and uid 0 or 7, path /run/x and uid 0 or uid 7",
    "ip src localhost or 10.0.0.1, ip src host localhost or ip src host 10.0.0.1",
    "TCP6 port http, tcp6 port 80"
  })
  void itsTextIsTheNormalForm(String expression, String normal) {
    assertThat(Filter.parse(expression))
        .hasToString(normal)
        .isEqualTo(Filter.parse(normal))
        .hasSameHashCodeAs(Filter.parse(normal));
  }

  @Test
  void localhostIsItsTwoAddresses() {
    Filter filter = Filter.parse("host localhost");
    for (String address : List.of("127.0.0.1", "::1")) {
      Flow flow = flow(Transport.TCP, "10.0.0.1", 1, address, 80, null, -1);
      assertThat(filter.matches(flow)).isTrue();
      assertThat(Filter.parse("src localhost").matches(flow)).isFalse();
      assertThat(Filter.parse("src 10.0.0.1 and dst Localhost").matches(flow)).isTrue();
    }
    assertThat(filter.matches(flow(Transport.TCP, "127.0.0.2", 1, "10.0.0.1", 80, null, -1)))
        .isFalse();
    assertThat(filter.matches(UNIX_FLOW)).isFalse();
  }

  @Test
  void tcp6IsWhatNetstatPrintsSo() {
    var mapped = new InetSocketAddress("127.0.0.1", 80);
    Flow ofJava = new Flow(Transport.TCP, 6, mapped, null, null, TcpState.LISTEN, 0, 7, "java");
    assertThat(Filter.parse("tcp6 port http").matches(ofJava)).isTrue();
    assertThat(Filter.parse("tcp6 and host 127.0.0.1").matches(ofJava)).isTrue();
    assertThat(Filter.parse("tcp and not tcp6").matches(ofJava)).isFalse();
    assertThat(Filter.parse("udp6 or ip6").matches(ofJava)).isFalse();
    assertThat(Filter.parse("tcp6").matches(flow(Transport.TCP, "::1", 1, "::1", 2, null, -1)))
        .as("where only the addresses are known")
        .isTrue();
  }

  @Test
  void usersProgramsAndPathsAreMatchedExactly() {
    Flow unix = new Flow(Transport.UNIX, 0, null, null, "/run/A(b).sock", null, 0, 7, "nginx");
    assertThat(Filter.parse("uid 0 and program nginx").matches(unix)).isTrue();
    assertThat(Filter.parse("uid 1 or program Nginx or java").matches(unix)).isFalse();
    Flow other = new Flow(Transport.UNIX, 0, null, null, "/run/a-1/x.sock", null, -1, -1, null);
    assertThat(Filter.parse("unix and (path /run/b or /run/a-1/x.sock)").matches(other)).isTrue();
    assertThat(Filter.parse("path /RUN/a-1/x.sock or path /run/a-1").matches(other)).isFalse();
    assertThat(Filter.parse("path @app").matches(other)).isFalse();
  }

  @Test
  void onlyProcessesAndProgramsNeedASearch() {
    assertThat(Filter.parse("program nginx").asksForProcess()).isTrue();
    assertThat(Filter.parse("pid 7").asksForProcess()).isTrue();
    assertThat(Filter.parse("uid 0 or path /x or tcp6").asksForProcess()).isFalse();
  }

  @Test
  void filtersWithOtherMeaningsDiffer() {
    assertThat(Filter.parse("tcp or udp and ip"))
        .isNotEqualTo(Filter.parse("tcp or (udp and ip)"))
        .isNotEqualTo(Filter.parse("tcp and udp or ip"))
        .isNotEqualTo(Filter.all());
  }

  private static Flow flow(
      Transport transport,
      String source,
      int sourcePort,
      String destination,
      int destinationPort,
      @Nullable TcpState state,
      long pid) {
    return new Flow(
        transport,
        new InetSocketAddress(source, sourcePort),
        new InetSocketAddress(destination, destinationPort),
        state,
        pid);
  }
}
