package dev.partyline.samples.start;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import dev.partyline.samples.docs.ShownOutput;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first test prints when its client orders something else. */
class ReadingAFailureTest {
  @Test
  void theFailureHasTheScriptAndTheFirstByteThatDiffers(@TempDir Path reports) {
    JUnitRun run = JUnitRun.of(FirstTest.class, reports, Map.of());
    ShownOutput.assertShown("first-failure", run.printed("anOrderIsSent"));
  }

  static class FirstTest {
    @Test
    void anOrderIsSent(
        @ScriptedListener(
                """
                C: POST /orders HTTP/1.1
                C: ...
                C:
                C| tea
                S: HTTP/1.1 201 Created
                S: Content-Length: 0
                S:
                """)
            Listener shop)
        throws Exception {
      URI url = URI.create("http://127.0.0.1:" + shop.port() + "/orders");
      HttpRequest request =
          HttpRequest.newBuilder(url).POST(BodyPublishers.ofString("coffee")).build();
      HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
  }
}
