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
    try (PortLease lease = Ports.reserve();
        Listener server = lease.bind(port -> Listener.refusing().onPort(port).start())) {
      assertThat(server.port()).isEqualTo(lease.port());
      assertThat(lease).hasToString("PortLease{127.0.0.1:" + lease.port() + ", released}");
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
                if (tried.size() < 4) {
                  throw new IllegalStateException("not yet", new BindException("in use"));
                }
                return "started";
              });
      assertThat(started).isEqualTo("started");
      assertThat(tried).hasSize(4).containsOnly(lease.port());
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
      assertThatThrownBy(() -> lease.bind(port -> fail(tried, new ConnectException("no"))))
          .isInstanceOf(ConnectException.class);
      assertThat(tried).hasSize(6);
    }
  }

  private static int fail(List<Integer> tried, IOException exception) throws IOException {
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
