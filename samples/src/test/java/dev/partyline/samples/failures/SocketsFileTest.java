package dev.partyline.samples.failures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.FreePort;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The sockets that there were when a test failed. */
@EnabledOnOs(OS.LINUX)
class SocketsFileTest {
  @Test
  void aConnectionThatWaitsForAcceptIsExplained(@TempDir Path reports) throws IOException {
    JUnitRun.of(Forgetful.class, reports, Map.of());
    try (Stream<Path> files = Files.walk(reports)) {
      Path table = files.filter(file -> file.endsWith("connections.txt")).findFirst().orElseThrow();
      assertShown("connections", Files.readString(table));
    }
  }

  static class Forgetful {
    @FreePort private int port;

    @AutoClose private ServerSocket server;

    @AutoClose private Socket client;

    @BeforeEach
    void start() throws IOException {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      client = new Socket(server.getInetAddress(), port);
    }

    @Test
    void isAnswered() throws IOException {
      client.setSoTimeout(100);
      assertThat(client.getInputStream().read()).isEqualTo('2');
    }
  }
}
