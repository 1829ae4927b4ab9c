package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.FreePort;
import dev.partyline.peers.Program;
import dev.partyline.ports.PortLease;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that is another program, and has to be given its port when it starts. */
class StartingAProcessTest {
  @BeforeAll
  static void requirePython() {
    assertThat(Program.run("", "python3", "--version")).startsWith("Python 3");
  }

  // tag::port-process[]
  @Test
  void anotherProgramServesOnTheLeasedPort(@FreePort PortLease lease) throws IOException {
    Process server =
        lease.bind(
            port ->
                new ProcessBuilder(
                        "python3", "-u", "-m", "http.server", "--bind", lease.host(), "" + port)
                    .start());
    try {
      // Its first line says that it listens.
      assertThat(server.inputReader().readLine()).contains("port " + lease.port());
      try (Socket client = new Socket(lease.host(), lease.port())) {
        assertThat(client.isConnected()).isTrue();
      }
    } finally {
      server.destroy();
    }
  }
  // end::port-process[]
}
