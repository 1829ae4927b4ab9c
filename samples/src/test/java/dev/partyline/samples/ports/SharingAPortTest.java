package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.FreePort;
import dev.partyline.peers.Program;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Programs that bind a leased port with SO_REUSEADDR, and without. */
@EnabledOnOs(OS.LINUX)
class SharingAPortTest {
  @BeforeAll
  static void requirePython() {
    assertThat(Program.run("", "python3", "--version")).startsWith("Python 3");
  }

  @Test
  void aProgramThatSetsTheOptionBindsAndIsNamed(@FreePort PortLease lease) throws IOException {
    Process server = listen(lease, "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); ");
    assertThat(server.inputReader().readLine()).isEqualTo("listens");
    assertThat(Ports.whoHas(lease.port()))
        .contains(" LISTEN [pid " + server.pid())
        .contains("python3 -c import socket")
        .contains("is leased in this JVM, and held");
    server.destroy();
  }

  @Test
  void aProgramThatDoesNotBindsAfterTheRelease(@FreePort PortLease lease) throws IOException {
    Process tooEarly = listen(lease, "");
    assertThat(tooEarly.inputReader().readLine()).isNull();
    lease.releaseForBind();
    Process server = listen(lease, "");
    assertThat(server.inputReader().readLine()).isEqualTo("listens");
    server.destroy();
  }

  private static Process listen(PortLease lease, String option) throws IOException {
    String program =
        "import socket; s = socket.socket(); "
            + option
            + "s.bind(('%s', %d)); ".formatted(lease.host(), lease.port())
            + "s.listen(); print('listens', flush=True); s.accept()";
    return new ProcessBuilder("python3", "-c", program).start();
  }
}
