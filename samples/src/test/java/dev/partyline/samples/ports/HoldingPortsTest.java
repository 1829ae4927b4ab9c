package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.FreePort;
import dev.partyline.loopback.Listener;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A port that stays reserved while its server restarts, and who has a port that is taken. */
class HoldingPortsTest {
  // tag::lease[]
  @Test
  void aServerRestartsOnItsPort(@FreePort int port) throws IOException {
    for (int life = 1; life <= 3; life++) {
      try (ServerSocket server = new ServerSocket(port);
          Socket client = new Socket("127.0.0.1", port)) {
        server.accept().close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aPortInUseSaysWhoHasIt() throws IOException {
    try (ServerSocket first = new ServerSocket(0)) {
      assertThat(Ports.whoHas(first.getLocalPort())).contains("LISTEN [this JVM");
      assertThatThrownBy(() -> Listener.silent().onPort(first.getLocalPort()).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageContaining("LISTEN [this JVM");
    }
  }

  // end::lease[]

  @Test
  void aLeasedPortSaysWhoseItIs() {
    try (PortLease lease = Ports.refusing().named("the port of the shop")) {
      assertThatThrownBy(() -> Listener.silent().onPort(lease.port()).start())
          .hasMessageContainingAll(
              "is leased in this JVM, and held; it was reserved by the port of the shop",
              "at dev.partyline.samples.ports.HoldingPortsTest.aLeasedPortSaysWhoseItIs(HoldingPortsTest");
    }
  }
}
