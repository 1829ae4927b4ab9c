package dev.partyline.ports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Descriptors;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers start and stop on a leased port, with each way of leasing that a system allows. */
class PortLeaseTest {
  private static final PortMechanism UNSHARED = new PortMechanism(false, "the test wants it");

  @Test
  void its_text_shows_its_state() {
    PortLease lease = Ports.reserve();
    String prefix = "PortLease{127.0.0.1:" + lease.port() + ", ";
    assertThat(lease).hasToString(prefix + "held}");
    lease.releaseForBind();
    assertThat(lease).hasToString(prefix + "released}");
    assertThat(lease.isOpen()).isTrue();
    lease.close();
    assertThat(lease).hasToString(prefix + "closed}");
    PortLease block = Ports.reserveBlock(3);
    int port = block.port();
    block.close();
    assertThat(block).hasToString("PortLease{127.0.0.1:" + port + "-" + (port + 2) + ", closed}");
  }

  @Test
  void a_closed_lease_still_returns_its_port() {
    PortLease lease = Ports.reserve();
    int port = lease.port();
    assertThat(lease.isOpen()).isTrue();
    lease.close();
    lease.close();
    lease.releaseForBind();
    assertThat(lease.isOpen()).isFalse();
    assertThat(lease.port()).isEqualTo(port);
    assertThat(lease.ports()).containsExactly(port);
    assertThat(lease.address()).isEqualTo(new InetSocketAddress("127.0.0.1", port));
    assertThatThrownBy(() -> lease.bind(ServerSocket::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(lease + " must be open for a server to bind");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
  @EnabledOnOs(OS.LINUX)
  void a_server_binds_stops_and_binds_again_while_the_lease_holds(String host) throws IOException {
    try (PortLease lease = Ports.reserve()) {
      InetSocketAddress address = new InetSocketAddress(host, lease.port());
      for (int i = 0; i < 3; i++) {
        try (ServerSocket server = new ServerSocket()) {
          server.bind(address);
          exchange(server, host.contains(":") ? "::1" : "127.0.0.1");
        }
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(address)) {
          exchange(server.socket(), host.contains(":") ? "::1" : "127.0.0.1");
        }
        assertIsHeld(lease);
      }
    }
  }

  /** The server closes first, so that the kernel keeps the connection on its port for a minute. */
  private static void exchange(ServerSocket server, String host) throws IOException {
    try (Socket client = new Socket(host, server.getLocalPort())) {
      server.accept().close();
      assertThat(client.getInputStream().read()).isNegative();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_server_in_another_process_binds_stops_and_binds_again() throws Exception {
    try (PortLease lease = Ports.reserve()) {
      for (int i = 0; i < 2; i++) {
        Process server =
            Program.start(
                "python3", "-u", "-m", "http.server", lease.port(), "--bind", lease.host());
        try (Socket client = connected(server, lease)) {
          client.getOutputStream().write("HEAD / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
          assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
              .startsWith("HTTP/1.0 200 OK");
        } finally {
          server.destroyForcibly().waitFor();
        }
        assertIsHeld(lease);
      }
    }
  }

  private static Socket connected(Process server, PortLease lease) throws IOException {
    assertThat(server.inputReader().readLine())
        .startsWith("Serving HTTP on 127.0.0.1 port " + lease.port());
    return new Socket(lease.host(), lease.port());
  }

  @Test
  void datagrams_arrive_at_the_socket_that_binds_the_port_over_udp() throws IOException {
    try (PortLease lease = Ports.reserve()) {
      for (int i = 0; i < 3; i++) {
        try (DatagramSocket server = new DatagramSocket(lease.address())) {
          assertThat(server.getLocalPort()).isEqualTo(lease.port());
        }
        assertIsHeld(lease);
      }
    }
  }

  @Test
  void a_server_without_reuse_of_addresses_binds_when_the_port_is_released() throws IOException {
    try (PortLease lease = Ports.reserve();
        ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(false);
      assertThatThrownBy(() -> server.bind(lease.address())).isInstanceOf(BindException.class);
      lease.releaseForBind();
      server.bind(lease.address());
      assertThat(server.getLocalPort()).isEqualTo(lease.port());
    }
  }

  @Test
  void bind_releases_the_port_for_such_a_server_by_itself() throws IOException {
    try (PortLease lease = Ports.reserve()) {
      try (Listener server = lease.bind(port -> Listener.refusing().onPort(port).start())) {
        assertThat(server.port()).isEqualTo(lease.port());
        assertThat(lease).hasToString("PortLease{127.0.0.1:" + lease.port() + ", released}");
      }
      try (Listener server = lease.bind(port -> Listener.refusing().onPort(port).start())) {
        assertThat(server.port()).isEqualTo(lease.port());
      }
      lease.bind(port -> assertHeld(lease));
    }
  }

  private static boolean assertHeld(PortLease lease) {
    assertThat(lease).hasToString("PortLease{127.0.0.1:" + lease.port() + ", held}");
    assertIsHeld(lease);
    return true;
  }

  @Test
  void bind_tries_a_server_again_while_it_holds_the_port() throws IOException {
    List<Integer> tried = new ArrayList<>();
    try (PortLease lease = Ports.reserve()) {
      String started =
          lease.bind(
              port -> {
                assertIsHeld(lease);
                return tried.size() < 2 ? fail(tried, new BindException("in use")) : "started";
              });
      assertThat(started).isEqualTo("started");
      assertIsHeld(lease);
    }
  }

  @Test
  void bind_tries_a_server_again_that_did_not_get_the_port() {
    List<Integer> tried = new ArrayList<>();
    try (PortLease lease = Ports.reserve()) {
      String started =
          lease.bind(
              port -> {
                tried.add(port);
                if (tried.size() < 5) {
                  throw new IllegalStateException("not yet", new BindException("in use"));
                }
                assertThat(lease).hasToString("PortLease{127.0.0.1:" + port + ", released}");
                return "started";
              });
      assertThat(started).isEqualTo("started");
      assertThat(tried).hasSize(5).containsOnly(lease.port());
      assertHeld(lease);
    }
  }

  @Test
  void a_lease_that_was_released_for_good_holds_nothing_again() throws IOException {
    try (PortLease lease = Ports.reserve();
        ServerSocket server = new ServerSocket()) {
      lease.releaseForBind();
      String label = lease.bind(port -> lease.toString());
      assertThat(label).endsWith(", released}");
      server.setReuseAddress(false);
      server.bind(lease.address());
    }
  }

  @Test
  void a_lease_that_is_closed_while_a_server_binds_holds_nothing_again() {
    PortLease lease = Ports.reserve();
    lease.bind(
        port -> {
          lease.close();
          return port;
        });
    assertThat(lease).hasToString("PortLease{127.0.0.1:" + lease.port() + ", closed}");
  }

  @Test
  void what_is_held_again_is_open_again() {
    try (PortLease lease = Ports.reserveBlock(2)) {
      assertThat(openSocketCount(lease)).isEqualTo(2);
      assertThatThrownBy(() -> lease.bind(port -> failReleased(lease)))
          .isInstanceOf(BindException.class);
      assertThat(openSocketCount(lease)).isEqualTo(2);
      lease.releaseForBind();
      assertThat(openSocketCount(lease)).isZero();
    }
  }

  private static int failReleased(PortLease lease) throws IOException {
    assertThat(openSocketCount(lease)).isIn(0, 2);
    throw new BindException("in use");
  }

  private static int openSocketCount(PortLease lease) {
    return OpenResource.snapshot().stream()
        .filter(each -> each.toString().contains(":" + lease.port() + "-"))
        .mapToInt(OpenResource::socketCount)
        .sum();
  }

  /** Python's socketserver does not set SO_REUSEADDR. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_program_that_cannot_share_its_port_is_started_after_a_release() throws Exception {
    try (PortLease lease = Ports.reserve()) {
      Process dead = lease.bind(PortLeaseTest::socketserver);
      assertThat(Program.output(dead, "python3")).contains("Address already in use");
      assertThatThrownBy(() -> Ports.awaitListening(lease.port(), Duration.ofMillis(1)))
          .isInstanceOf(LoopbackException.class)
          .hasMessageContainingAll(
              "nothing listens on tcp port " + lease.port() + " after ",
              "; who has the port:\nport " + lease.port() + " is leased in this JVM, and held",
              "a server that does not set SO_REUSEADDR can bind it only within PortLease.bind, or"
                  + " after releaseForBind()");
      lease.releaseForBind();
      Process server = socketserver(lease.port());
      try {
        Ports.awaitListening(lease.port(), Duration.ofSeconds(30));
        new Socket(lease.host(), lease.port()).close();
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private static Process socketserver(int port) {
    return Program.start(
        "python3",
        "-c",
        "import socketserver; socketserver.TCPServer(('127.0.0.1', %d),".formatted(port)
            + " socketserver.BaseRequestHandler).serve_forever()");
  }

  /** The reason why a port is not held over UDP. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_server_over_udp_could_not_bind_beside_a_socket_that_holds_the_port() throws IOException {
    try (DatagramSocket hold = new DatagramSocket(null);
        DatagramSocket server = new DatagramSocket(null)) {
      hold.setReuseAddress(false);
      hold.bind(new InetSocketAddress(0));
      hold.setReuseAddress(true);
      assertThat(server.getReuseAddress()).isFalse();
      assertThatThrownBy(() -> server.bind(hold.getLocalSocketAddress()))
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void bind_gives_up_after_five_attempts_and_at_once_for_another_reason() {
    List<Integer> tried = new ArrayList<>();
    try (PortLease lease = Ports.reserve()) {
      assertThatThrownBy(() -> lease.bind(port -> fail(tried, new BindException("in use"))))
          .isInstanceOf(BindException.class)
          .satisfies(
              e ->
                  assertThat(e.getSuppressed()[0])
                      .hasMessageStartingWith(
                          "who has port %d\n"
                              + "port %d is leased in this JVM, and released to a server;",
                          lease.port(), lease.port()));
      assertThat(tried).hasSize(5);
      assertHeld(lease);
      assertThatThrownBy(() -> lease.bind(port -> fail(tried, new ConnectException("no"))))
          .isInstanceOf(ConnectException.class);
      assertThat(tried).hasSize(6);
    }
  }

  private static String fail(List<Integer> tried, IOException exception) throws IOException {
    tried.add(0);
    throw exception;
  }

  @Test
  void where_ports_are_not_shared_a_server_binds_within_the_lease_only() throws IOException {
    try (PortLease lease = unsharedAllocator().reserve(1)) {
      assertThatThrownBy(() -> new ServerSocket(lease.port()).close())
          .isInstanceOf(BindException.class);
      assertIsHeld(lease);
      for (int i = 0; i < 3; i++) {
        try (ServerSocket server = lease.bind(ServerSocket::new)) {
          exchange(server, lease.host());
        }
      }
    }
  }

  @Test
  void where_ports_are_not_shared_refused_and_silent_ones_work_too() throws IOException {
    Descriptors descriptors = new Descriptors();
    try (PortLease refused = unsharedAllocator().refusing();
        PortLease silent = unsharedAllocator().neverAccepting();
        Socket client = new Socket()) {
      assertThatThrownBy(() -> new Socket(refused.host(), refused.port()).close())
          .isInstanceOf(ConnectException.class);
      assertThatThrownBy(() -> client.connect(silent.address(), 200))
          .isInstanceOf(SocketTimeoutException.class);
    }
    descriptors.assertNothingLeftOpen();
  }

  private static PortAllocator unsharedAllocator() {
    return new PortAllocator(
        UNSHARED,
        PortRange.ofMachine(),
        bound -> ThreadLocalRandom.current().nextInt(bound),
        new LeaseRegistry());
  }

  private static void assertIsHeld(PortLease lease) {
    PortRange range = PortRange.of(lease.port() + "-" + lease.port(), null, null);
    assertThatThrownBy(
            () ->
                new PortAllocator(UNSHARED, range, bound -> 0, new LeaseRegistry())
                    .reserve(1)
                    .close())
        .isInstanceOf(LoopbackException.class);
  }
}
