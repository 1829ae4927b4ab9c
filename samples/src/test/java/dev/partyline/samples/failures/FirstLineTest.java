package dev.partyline.samples.failures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first line of a failure tells if the test and its script have failed. */
class FirstLineTest {
  @Test
  void theFirstLineHasBoth(@TempDir Path reports) {
    JUnitRun run = JUnitRun.of(Orders.class, reports, Map.of());
    assertShown("first-line", run.printed("oneOrderIsOpen"));
  }

  static class Orders {
    @ScriptedListener("C: LIST\nS: 1 order")
    private Listener shop;

    @Test
    void oneOrderIsOpen() {
      assertEquals("1 order", openOrders());
    }

    private String openOrders() {
      try (Socket client = new Socket(shop.host(), shop.port())) {
        client.getOutputStream().write("LIST ALL\r\n".getBytes(UTF_8));
        return new String(client.getInputStream().readNBytes(7), UTF_8);
      } catch (IOException e) {
        return "unknown";
      }
    }
  }
}
