package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails names the reason, and leaves nothing open. */
class TapErrorsTest {
  private Descriptors before;

  @BeforeEach
  void count() {
    // The first loop opens descriptors of its own.
    Tap.to(80).start().close();
    before = new Descriptors();
  }

  @AfterEach
  void nothing_is_left_open() {
    before.assertNothingLeftOpen();
  }

  @Test
  void a_port_in_use_is_named() {
    try (Listener first = Listener.silent().start();
        Listener udp = Listener.silent().over(Transport.UDP).start();
        Tap tap = Tap.to(first).start()) {
      assertThatThrownBy(() -> Tap.to(80).onPort(first.port()).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageStartingWith("cannot listen on tcp 127.0.0.1:" + first.port() + ": ")
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("leave the port out to get a free one");
      assertThatThrownBy(() -> Tap.to(80).onPort(tap.port()).start())
          .hasMessageStartingWith("cannot listen on tcp 127.0.0.1:" + tap.port() + ": ");
      assertThatThrownBy(() -> Listener.silent().onPort(tap.port()).start())
          .hasMessageStartingWith("cannot listen on tcp 127.0.0.1:" + tap.port() + ": ");
      assertThatThrownBy(() -> Tap.to(80).over(Transport.UDP).onPort(udp.port()).start())
          .hasMessageStartingWith("cannot listen on udp 127.0.0.1:" + udp.port() + ": ");
    }
  }

  @Test
  void a_tap_does_not_connect_to_itself() {
    assertThatThrownBy(() -> Tap.to(1025).onPort(1025).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessage(
            "cannot stand in front of 127.0.0.1:1025: that is the tap's own address, so it would"
                + " connect to itself");
  }

  @Test
  void a_server_without_a_port_is_refused_at_once() {
    assertThatThrownBy(() -> Tap.to(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port (0) must be in 1..65535");
    assertThatThrownBy(() -> Tap.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port (0) must be in 1..65535");
    assertThatThrownBy(() -> Tap.to("127.0.0.1", 65_536))
        .hasMessage("port (65536) must be in 1..65535");
    assertThatThrownBy(() -> Tap.to(80).onPort(-1)).hasMessage("port (-1) must be in 0..65535");
  }

  @Test
  void udp_does_not_go_to_a_path() {
    UnixDomainSocketAddress path = UnixDomainSocketAddress.of("/tmp/server.sock");
    assertThatThrownBy(() -> Tap.to(path).over(Transport.UDP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/tmp/server.sock")
        .hasMessageContaining("use TCP or UNIX");
  }

  @Test
  void a_port_means_nothing_to_a_path() {
    assertThatThrownBy(() -> Tap.to(80).over(Transport.UNIX).onPort(81).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("port (81)");
  }

  @Test
  void a_path_that_is_too_long_is_named_with_both_numbers() {
    Path path = Path.of("/tmp/" + "x".repeat(102));
    assertThatThrownBy(() -> Tap.to(80).onPath(path).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("takes 107 bytes")
        .hasMessageContaining("may take 106");
  }

  @Test
  void a_path_that_exists_is_left_alone(@TempDir Path directory) throws Exception {
    Path path = Files.writeString(directory.resolve("s"), "precious");
    assertThatThrownBy(() -> Tap.to(80).onPath(path).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("the path exists already");
    assertThat(path).hasContent("precious");
  }

  @Test
  void a_missing_directory_is_named(@TempDir Path directory) {
    Path path = directory.resolve("missing/s");
    assertThatThrownBy(() -> Tap.to(80).onPath(path).start())
        .hasMessageContaining("there is no directory " + path.getParent());
  }

  @Test
  void an_address_of_another_machine_is_named() throws Exception {
    InetAddress elsewhere = InetAddress.getByName("192.0.2.1");
    for (Transport transport : new Transport[] {Transport.TCP, Transport.UDP}) {
      assertThatThrownBy(() -> Tap.to(80).over(transport).beyondLoopback(elsewhere).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageContaining("192.0.2.1 is not an address of this machine");
    }
  }

  @Test
  void an_unknown_host_is_named() {
    for (Transport transport : new Transport[] {Transport.TCP, Transport.UDP}) {
      assertThatThrownBy(() -> Tap.to("no.such.host.invalid", 80).over(transport).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessage("cannot connect to no.such.host.invalid:80: there is no host of that name");
    }
  }
}
