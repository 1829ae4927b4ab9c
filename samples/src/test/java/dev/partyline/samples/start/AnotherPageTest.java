package dev.partyline.samples.start;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import dev.partyline.samples.docs.ShownOutput;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first test prints when its client asks for something else. */
class AnotherPageTest {
  @Test
  void aClientThatAsksForAnotherPageIsToldAtWhichByte(@TempDir Path reports) {
    JUnitRun run = JUnitRun.of(AnotherPage.class, reports, Map.of());
    ShownOutput.assertShown("another-page", run.messages("asks"));
  }

  static class AnotherPage {
    @Test
    void asks(
        @ScriptedListener(
                """
                C: GET / HTTP/1.1
                C: ...
                C:
                S: HTTP/1.1 200 OK
                S: Content-Length: ${body-length}
                S:
                S| hello
                """)
            Listener web,
        @ScriptedClient(to = "web") Client client) {
      client.sendLine("GET /index.html HTTP/1.1");
    }
  }
}
