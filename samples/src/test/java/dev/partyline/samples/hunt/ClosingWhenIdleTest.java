package dev.partyline.samples.hunt;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.UntilItFails;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client whose timer ends the connection at times just before the next question. */
class ClosingWhenIdleTest {
  private static int clients;

  @TempDir private Path reports;

  /** A client of which each thirteenth has a timer that is too fast. */
  record IdleClient(Socket socket) implements AutoCloseable {
    static IdleClient to(Listener server) throws IOException {
      clients++;
      return new IdleClient(new Socket(server.host(), server.port()));
    }

    String ask(String question) throws IOException {
      if (question.equals("PING") && clients % 13 == 0) {
        socket.shutdownOutput();
      } else {
        socket.getOutputStream().write((question + "\r\n").getBytes(US_ASCII));
      }
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  static class Asking {
    // tag::until-it-fails[]
    @UntilItFails(runs = 1000, atMost = "1m", stress = 2)
    void asksTwice(
        @ScriptedListener("C: HELO\nS: OK\nC: PING\nS: PONG\nC! finish\nS! finish") Listener server)
        throws IOException {
      try (IdleClient client = IdleClient.to(server)) {
        assertThat(client.ask("HELO")).isEqualTo("OK");
        assertThat(client.ask("PING")).isEqualTo("PONG");
      }
    }
    // end::until-it-fails[]
  }

  @Test
  void theRunThatFailedIsComparedWithThoseThatPassed() {
    JUnitRun run = JUnitRun.of(Asking.class, reports, Map.of());
    Throwable failure = run.failures().get("run 13 of 1000");
    assertShown("compared", failure.getSuppressed()[0].getMessage() + "\n");
  }
}
