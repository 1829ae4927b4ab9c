package dev.partyline.samples.hunt;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suite that knows nothing of conditions is run under two of them. */
class HuntedSuiteTest {
  @TempDir private Path reports;

  static class AskingTest {
    @Test
    void asksByOneRead() throws IOException {
      try (Listener server = Listener.playing("C: PING\nS: PONG").start()) {
        assertThat(ask(server, input -> input.read(new byte[6]))).isEqualTo(6);
      }
    }

    @Test
    void asksUntilAllIsThere() throws IOException {
      try (Listener server = Listener.playing("C: PING\nS: PONG").start()) {
        assertThat(ask(server, input -> input.readNBytes(6).length)).isEqualTo(6);
      }
    }

    private static int ask(Listener server, Reading reading) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
        return reading.read(socket.getInputStream());
      }
    }

    private interface Reading {
      int read(InputStream input) throws IOException;
    }
  }

  @Test
  void theTableTellsWhichTestIsSensitiveToWhat() throws IOException {
    JUnitRun.of(
        AskingTest.class,
        reports,
        Map.of(
            "partyline.hunt", "weather",
            "partyline.hunt.only", "one byte at a time, late server"));
    String table = Files.readString(reports.resolve("partyline-hunt").resolve("weather.md"));
    assertShown(
        "hunted-suite",
        table.replace(AskingTest.class.getName(), "shop.AskingTest").replaceAll(" +\\|", " |"));
  }
}
