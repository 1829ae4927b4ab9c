package dev.partyline.samples.hunt;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that takes one read for one message: found, and made small. */
class ReadingOnceTest {
  @TempDir private Path reports;

  // tag::hunted-client[]
  /** Asks a server that answers each line by a line. */
  record LineClient(int port) {
    String ask(String question) throws IOException {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write((question + "\r\n").getBytes(US_ASCII));
        byte[] answer = new byte[1024];
        int count = socket.getInputStream().read(answer);
        return new String(answer, 0, count, US_ASCII).strip();
      }
    }
  }

  // end::hunted-client[]

  static class Asking {
    // tag::hunting[]
    @ScriptedListener(
        """
        C: PING
        S: PONG
        """)
    private Listener server;

    @InEveryWeather
    void asks() throws IOException {
      assertThat(new LineClient(server.port()).ask("PING")).isEqualTo("PONG");
    }
    // end::hunting[]
  }

  @Test
  void theSmallestConditionIsFound() {
    Map<String, Throwable> failures = JUnitRun.of(Asking.class, reports, Map.of()).failures();
    assertShown(
        "hunted",
        failures.values().stream()
            .flatMap(failure -> Stream.of(failure.getSuppressed()))
            .map(each -> String.valueOf(each.getMessage()))
            .filter(text -> text.startsWith("the smallest"))
            .collect(joining()));
  }
}
