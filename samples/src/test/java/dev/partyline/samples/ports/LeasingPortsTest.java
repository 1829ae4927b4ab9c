package dev.partyline.samples.ports;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.partyline.junit5.FreePort;
import dev.partyline.junit5.FreePorts;
import dev.partyline.loopback.Listener;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Leases with and without JUnit, of one port and of several. */
class LeasingPortsTest {
  // tag::ports-block[]
  @Test
  void threeBrokersHaveAdjacentPorts(@FreePorts(3) int[] ports) throws IOException {
    try (ServerSocket first = new ServerSocket(ports[0]);
        ServerSocket second = new ServerSocket(ports[1]);
        ServerSocket third = new ServerSocket(ports[2])) {
      assertThat(second.getLocalPort()).isEqualTo(first.getLocalPort() + 1);
      assertThat(third.getLocalPort()).isEqualTo(first.getLocalPort() + 2);
    }
  }

  // end::ports-block[]

  // tag::ports-refusing[]
  @Test
  void theServerStartsAfterTheFirstConnect() throws IOException {
    try (PortLease lease = Ports.refusing()) {
      assertThatThrownBy(() -> new Socket(lease.host(), lease.port()).close())
          .isInstanceOf(ConnectException.class);
      try (ServerSocket server = lease.bind(ServerSocket::new);
          Socket client = new Socket(lease.host(), lease.port())) {
        assertThat(client.getPort()).isEqualTo(server.getLocalPort());
      }
    }
  }

  // end::ports-refusing[]

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPortInUseSaysWhatHasIt(@FreePort int port) throws IOException {
    try (ServerSocket shop = new ServerSocket(port)) {
      LoopbackException taken =
          catchThrowableOfType(
              LoopbackException.class, () -> Listener.silent().onPort(shop.getLocalPort()).start());
      assertShown("port-taken", requireNonNull(taken.getMessage()));
    }
  }
}
