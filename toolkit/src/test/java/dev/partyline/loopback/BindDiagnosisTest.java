package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.partyline.peers.Program;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Each way in which a bind can fail has a message of its own. */
@EnabledOnOs(OS.LINUX)
class BindDiagnosisTest {
  private static String diagnosis(int port) {
    try (Listener listener = Listener.silent().onPort(port).start()) {
      return "none: " + listener;
    } catch (LoopbackException e) {
      return e.getMessage();
    }
  }

  @Test
  void a_port_of_another_process_names_the_process() throws Exception {
    try (PortLease lease = Ports.reserve()) {
      Process server =
          Program.start("python3", "-u", "-m", "http.server", lease.port(), "--bind", lease.host());
      try {
        assertThat(server.inputReader().readLine()).startsWith("Serving HTTP");
        assertThat(diagnosis(lease.port()))
            .startsWith(
                "cannot listen on tcp 127.0.0.1:"
                    + lease.port()
                    + ": Address already in use; leave the port out")
            .containsPattern(
                "tcp 127.0.0.1:%d LISTEN \\[pid %d, user \\S+, since 20\\S+Z: \\S*python3 -u -m http"
                    .formatted(lease.port(), server.pid()));
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void a_port_of_a_client_that_has_closed_tells_when_it_is_free() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Socket client = new Socket("127.0.0.1", server.getLocalPort());
      port = client.getLocalPort();
      try (Socket accepted = server.accept()) {
        client.close();
        assertThat(accepted.getInputStream().read()).isNegative();
      }
    }
    // The last FIN may take a moment to arrive.
    await()
        .untilAsserted(
            () ->
                assertThat(diagnosis(port))
                    .containsPattern(
                        "TIME_WAIT \\[owner not visible]: Both sides have sent a FIN, this one"
                            + " first; kept for late segments for another \\d+\\.\\d\\d s\\."));
  }

  @Test
  void a_port_that_is_leased_tells_by_whom_and_where() {
    try (PortLease lease = Ports.refusing().named("the test of leases")) {
      String origin =
          "\nport %d is leased in this JVM, and held; it was reserved by the test of leases"
                  .formatted(lease.port())
              + "\n"
              + "    at"
              + " dev.partyline.loopback.BindDiagnosisTest.a_port_that_is_leased_tells_by_whom_and_where(BindDiagnosisTest.java:";
      assertThat(diagnosis(lease.port())).contains("Who has it now:" + origin);
      assertThat("\n" + Ports.whoHas(lease.port())).startsWith(origin);
    }
  }

  @Test
  void a_port_that_is_in_no_table_is_not_called_taken_and_free_in_one_breath() throws IOException {
    try (Socket hold = new Socket()) {
      hold.bind(new InetSocketAddress("127.0.0.1", 0));
      assertThat(diagnosis(hold.getLocalPort()))
          .endsWith(
              ("Address already in use; leave the port out to get a free one. Who has it now:\n"
                      + "port %d is in no table: nothing has it now, unless a socket that is bound"
                      + " and does not listen, such as that of a lease of another JVM")
                  .formatted(hold.getLocalPort()));
    }
  }

  @Test
  void a_port_that_is_forbidden_lists_no_owner() throws Exception {
    assumeThat(minUnprivilegedPort()).isEqualTo("1024\n");
    List<Object> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-cp",
                System.getProperty("java.class.path"),
                BindDiagnosisTest.class.getName()));
    // Root may bind any port, unless that capability is dropped.
    command.add(0, "--bounding-set=-net_bind_service");
    String printed =
        System.getProperty("user.name").equals("root")
            ? Program.run("", "setpriv", command.toArray())
            : Program.run("", command.get(1).toString(), command.subList(2, 5).toArray());
    assertThat(printed.strip())
        .isEqualTo(
            "cannot listen on tcp 127.0.0.1:79: Permission denied; ports below 1024 need a"
                + " privilege: leave the port out to get a free one");
  }

  private static String minUnprivilegedPort() throws IOException {
    Path lowest = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    // The kernel serves such a file to the first read only.
    try (InputStream in = Files.newInputStream(lowest)) {
      byte[] text = new byte[16];
      return new String(text, 0, in.read(text), US_ASCII);
    }
  }

  public static void main(String[] arguments) {
    System.out.println(diagnosis(79));
  }

  @Test
  void a_port_that_the_system_keeps_says_so() {
    var address = new InetSocketAddress("127.0.0.1", 24_000);
    assertThat(
            BindDiagnosis.of(
                Transport.TCP, address, new SocketException("Permission denied: bind")))
        .isEqualTo(
            "Permission denied: bind; the system keeps port 24000 from all programs, as Windows"
                + " does with those that `netsh int ipv4 show excludedportrange tcp` lists: leave"
                + " the port out to get a free one");
  }

  @Test
  void where_all_ports_are_given_out_it_says_so() {
    var anywhere = new InetSocketAddress("127.0.0.1", 0);
    assertThat(
            BindDiagnosis.of(Transport.TCP, anywhere, new BindException("Address already in use")))
        .isEqualTo(
            "Address already in use; no port is left of those that the system gives out (in Linux"
                + " net.ipv4.ip_local_port_range): close what has them, or name a port");
  }

  @Test
  void an_address_of_another_machine_lists_no_owner() throws IOException {
    InetAddress elsewhere = InetAddress.getByName("192.0.2.1");
    assertThatThrownBy(() -> Listener.silent().beyondLoopback(elsewhere).start())
        .hasMessage(
            "cannot listen on tcp 192.0.2.1:0: Cannot assign requested address; 192.0.2.1 is not an"
                + " address of this machine");
  }

  @Test
  void what_is_not_known_is_passed_on() {
    var address = new InetSocketAddress("127.0.0.1", 24_000);
    assertThat(BindDiagnosis.of(Transport.TCP, address, new IOException("odd"))).isEqualTo("odd");
  }
}
