package dev.partyline.ports;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.internal.net.Addresses;
import dev.partyline.loopback.Descriptors;
import dev.partyline.loopback.Listener;
import dev.partyline.netstat.ConnectionTable;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** No other lease or socket gets a leased port, in this JVM or another. */
@EnabledOnOs(OS.LINUX)
class PortsTest {
  private Descriptors before;

  @BeforeEach
  void count() {
    // The first use of ports and of selectors opens descriptors of its own.
    Ports.neverAccepting().close();
    before = new Descriptors();
  }

  @AfterEach
  void nothing_is_left_open() {
    before.assertNothingLeftOpen();
  }

  @Test
  void tells_who_has_a_port() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = server.getLocalPort();
      assertThat(Ports.whoHas(port))
          .startsWith("tcp")
          .contains("127.0.0.1:" + port + " LISTEN [this JVM, descriptor ");
      assertThat(Ports.whoHas(port, Transport.TCP)).contains("LISTEN [this JVM");
      assertThat(Ports.whoHas(port, Transport.UDP)).doesNotContain("LISTEN");
      assertThatThrownBy(() -> Listener.silent().onPort(port).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("127.0.0.1:" + port + " LISTEN [this JVM, descriptor ");
    }
  }

  @Test
  void tells_whose_lease_a_port_is_as_long_as_it_is_open() {
    PortLease block = Ports.reserveBlock(2);
    int port = block.port() + 1;
    String reserved =
        "; it was reserved\n    at dev.partyline.ports.PortsTest."
            + "tells_whose_lease_a_port_is_as_long_as_it_is_open(PortsTest.java:";
    assertThat(Ports.whoHas(port))
        .startsWith("port " + port + " is leased in this JVM, and held" + reserved)
        .endsWith(
            "\n    a server that does not set SO_REUSEADDR can bind it only within PortLease.bind, or"
                + " after releaseForBind()")
        .doesNotContain("org.junit");
    block.releaseForBind();
    assertThat(Ports.whoHas(port))
        .startsWith("port " + port + " is leased in this JVM, and released to a server" + reserved)
        .doesNotContain("can bind it only");
    block.close();
    assertThat(Ports.whoHas(port))
        .startsWith("port " + port + " is in no table: nothing has it now");
    assertThatThrownBy(() -> Ports.whoHas(0)).hasMessage("port (0) must be in 1..65535");
  }

  @Test
  void tells_of_a_leased_port_who_listens_there_too() throws IOException {
    try (PortLease lease = Ports.reserve().named("mine");
        ServerSocket server = new ServerSocket(lease.port())) {
      assertThat(Ports.whoHas(server.getLocalPort()))
          .startsWith("tcp")
          .contains(" LISTEN [this JVM, descriptor ")
          .contains(
              "\nport " + lease.port() + " is leased in this JVM, and held",
              "; it was reserved by mine\n");
    }
  }

  @Test
  void tells_of_a_port_with_many_sockets_who_listens_first() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, Addresses.loopback())) {
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 12; i++) {
          sockets.add(new Socket(server.getInetAddress(), server.getLocalPort()));
          sockets.add(server.accept());
        }
        assertThat(Ports.whoHas(server.getLocalPort()).lines().toList())
            .hasSize(11)
            .satisfies(lines -> assertThat(lines.get(10)).matches("… and \\d+ more sockets"))
            .first()
            .asString()
            .contains(":" + server.getLocalPort() + " LISTEN [this JVM");
      } finally {
        for (Socket socket : sockets) {
          // After a FIN the kernel would keep the connection for a minute.
          socket.setSoLinger(true, 0);
          socket.close();
        }
      }
    }
  }

  @Test
  void a_wait_for_a_server_ends_when_it_listens_and_leaves_no_connection() throws IOException {
    try (PortLease lease = Ports.reserve()) {
      int port = lease.port();
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(() -> Ports.awaitListening(port, Duration.ofSeconds(30)));
      try (ServerSocket server = lease.bind(ServerSocket::new)) {
        waiting.join();
        Ports.awaitListening(server.getLocalPort(), Duration.ofNanos(1));
        assertThat(ConnectionTable.snapshot().matching("tcp src port " + port).rows()).hasSize(1);
      }
    }
  }

  @Test
  void a_wait_for_a_server_that_does_not_listen_says_who_has_the_port() throws IOException {
    try (DatagramSocket datagrams = new DatagramSocket(0, Addresses.loopback())) {
      int port = datagrams.getLocalPort();
      assertThatThrownBy(() -> Ports.awaitListening(port, Duration.ofMillis(20)))
          .isInstanceOf(LoopbackException.class)
          .hasMessageStartingWith("nothing listens on tcp port %d after ", port)
          .hasMessageContaining("; who has the port:\nudp6 127.0.0.1:%d", port);
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() -> Ports.awaitListening(port, Duration.ofSeconds(30)))
            .hasMessageStartingWith(
                "nothing listens on tcp port %d yet, and the wait for it was interrupted;", port);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    assertThatThrownBy(() -> Ports.awaitListening(0, Duration.ofSeconds(1)))
        .hasMessage("port (0) must be in 1..65535");
    assertThatThrownBy(() -> Ports.awaitListening(80, Duration.ZERO))
        .hasMessage("within (PT0S) must be above 0 and at most ten years");
  }

  @Test
  void ports_are_held_and_shared_here() {
    assertThat(Ports.mechanism())
        .hasToString(
            "held and shared: a server could bind, stop and bind again while the port was held");
    assertThat(Ports.mechanism().shared()).isTrue();
  }

  @Test
  void where_servers_cannot_share_a_port_it_is_held_until_they_bind() throws IOException {
    try (Socket holder = new Socket()) {
      PortHold.bindExclusively(holder, 0);
      assertThat(PortProbe.probe(holder))
          .hasToString(
              "held until a server binds: no server could be reached on a port that was held"
                  + " (Address already in use)");
    }
    Socket gone = new Socket();
    PortHold.bindExclusively(gone, 0);
    gone.close();
    assertThat(PortProbe.probe(gone).reason())
        .isEqualTo("a second socket could hold a port that was held");
  }

  @Test
  void no_two_leases_have_the_same_port() {
    List<PortLease> leases = new ArrayList<>();
    try {
      IntStream.range(0, 300).forEach(i -> leases.add(Ports.reserve()));
      assertThat(leases).extracting(PortLease::port).doesNotHaveDuplicates();
    } finally {
      leases.forEach(PortLease::close);
    }
  }

  @Test
  void no_lease_gets_a_port_that_another_one_has_released_to_a_server() {
    LeaseRegistry registry = new LeaseRegistry();
    String span;
    try (PortLease released = Ports.reserve()) {
      span = span(released.port());
      registry.add(released);
      released.releaseForBind();
      assertThatThrownBy(() -> allocator(span, registry).reserve(1))
          .hasMessageStartingWith("cannot lease a port: none left in");
    }
    allocator(span, registry).reserve(1).close();
  }

  @Test
  void a_port_is_free_over_udp_too() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0)) {
      assertThatThrownBy(() -> singlePortAllocator(taken.getLocalPort()).reserve(1))
          .hasMessageStartingWith("cannot lease a port: none left in " + taken.getLocalPort());
    }
  }

  @Test
  void a_port_that_a_server_had_on_one_address_alone_is_not_leased() throws IOException {
    for (String host : List.of("127.0.0.1", "127.0.0.2", "::1")) {
      try (ServerSocket taken = new ServerSocket()) {
        taken.bind(new InetSocketAddress(host, 0));
        assertThatThrownBy(() -> singlePortAllocator(taken.getLocalPort()).reserve(1))
            .isInstanceOf(LoopbackException.class);
      }
    }
  }

  @Test
  void another_jvm_gets_a_leased_port_only_after_the_first_is_killed() throws Exception {
    try (PortLease ours = Ports.reserve()) {
      try (PortJvm jvm = PortJvm.leasing(ours.port() + "-" + ours.port())) {
        assertThat(jvm.answer()).startsWith("cannot lease a port: none left in " + ours.port());
      }
    }
    int port;
    try (PortJvm jvm = PortJvm.leasing("20000-29999")) {
      port = Integer.parseInt(jvm.answer());
      assertThatThrownBy(() -> singlePortAllocator(port).reserve(1))
          .isInstanceOf(LoopbackException.class);
    }
    singlePortAllocator(port).reserve(1).close();
  }

  @Test
  void neither_bind_to_0_nor_connect_gets_a_leased_port() throws IOException {
    // These are ports that the kernel gives to clients, which are never leased otherwise.
    PortAllocator ephemeralAllocator = allocator("33000-60000");
    List<PortLease> leases = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 50, Addresses.loopback())) {
      IntStream.range(0, 500).forEach(i -> leases.add(ephemeralAllocator.reserve(1)));
      Set<Integer> leased = leases.stream().map(PortLease::port).collect(toSet());
      for (int i = 0; i < 2_000; i++) {
        try (ServerSocket other = new ServerSocket(0);
            Socket client = new Socket(Addresses.loopback(), server.getLocalPort())) {
          client.setSoLinger(true, 0);
          server.accept().close();
          assertThat(leased).doesNotContain(other.getLocalPort(), client.getLocalPort());
        }
      }
    } finally {
      leases.forEach(PortLease::close);
    }
  }

  @Test
  void the_ports_of_a_block_are_adjacent_and_each_takes_a_server() throws IOException {
    try (PortLease block = Ports.reserveBlock(50)) {
      assertThat(block.ports())
          .isEqualTo(IntStream.range(block.port(), block.port() + 50).boxed().toList());
      for (int port : block.ports()) {
        new ServerSocket(port).close();
        assertThatThrownBy(() -> singlePortAllocator(port).reserve(1))
            .isInstanceOf(LoopbackException.class);
      }
    }
  }

  @Test
  void a_block_is_leased_completely_or_not_at_all() {
    try (PortLease middle = Ports.reserve()) {
      int port = middle.port();
      assertThatThrownBy(() -> allocator(port - 5 + "-" + (port + 5)).reserve(10))
          .isInstanceOf(LoopbackException.class)
          .hasMessage(
              "cannot lease 10 adjacent ports: none left in %d..%d; close leases that are not"
                  + " needed any more, or choose other ports with -Dpartyline.ports=15000-19999",
              port - 5, port + 5);
    }
  }

  @Test
  void a_block_has_from_1_to_1000_ports() {
    assertThatThrownBy(() -> Ports.reserveBlock(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count (0) must be in 1..1000");
    assertThatThrownBy(() -> Ports.reserveBlock(1_001))
        .hasMessage("count (1001) must be in 1..1000");
    try (PortLease largest = Ports.reserveBlock(1_000)) {
      assertThat(largest.ports()).hasSize(1_000);
    }
  }

  @Test
  void a_refused_port_refuses_every_connect_and_every_server() {
    try (PortLease refused = Ports.refusing()) {
      for (int i = 0; i < 1_000; i++) {
        assertThatThrownBy(() -> SocketChannel.open(refused.address()).close())
            .isInstanceOf(ConnectException.class);
      }
      assertThatThrownBy(() -> new ServerSocket(refused.port()).close())
          .isInstanceOf(BindException.class);
    }
  }

  @Test
  void a_refused_port_lets_a_server_in_that_binds_within_the_lease() throws IOException {
    try (PortLease refused = Ports.refusing();
        ServerSocket server = refused.bind(ServerSocket::new);
        Socket client = new Socket(refused.host(), refused.port())) {
      assertThat(client.getPort()).isEqualTo(server.getLocalPort());
    }
  }

  @Test
  void a_silent_port_lets_a_connect_hang() throws IOException {
    try (PortLease silent = Ports.neverAccepting()) {
      for (int i = 0; i < 3; i++) {
        try (Socket client = new Socket()) {
          assertThatThrownBy(() -> client.connect(silent.address(), 200))
              .isInstanceOf(SocketTimeoutException.class);
        }
      }
    }
  }

  private static PortAllocator singlePortAllocator(int port) {
    return allocator(span(port));
  }

  private static String span(int port) {
    return port + "-" + port;
  }

  private static PortAllocator allocator(String range) {
    return allocator(range, new LeaseRegistry());
  }

  private static PortAllocator allocator(String range, LeaseRegistry registry) {
    return new PortAllocator(
        Ports.mechanism(),
        PortRange.of(range, null, null),
        bound -> ThreadLocalRandom.current().nextInt(bound),
        registry);
  }
}
