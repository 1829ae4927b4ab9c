package dev.partyline.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.LoopbackException;
import dev.partyline.loopback.PortLease;
import dev.partyline.loopback.Ports;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A port that stays ours while its server comes and goes, and who has one that is taken. */
class HoldingPortsTest {
  // tag::lease[]
  @Test
  void aServerRestartsOnItsPort() throws IOException {
    try (PortLease lease = Ports.reserve()) {
      for (int life = 1; life <= 3; life++) {
        try (ServerSocket server = new ServerSocket(lease.port())) {
          assertThat(server.getLocalPort()).isEqualTo(lease.port());
        }
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
}
