package dev.partyline.samples.captures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import dev.partyline.script.Script;
import dev.partyline.store.Har;
import dev.partyline.store.HarOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener has answered, for a browser. */
class WritingHttpTest {
  private static final Script SHOP =
      Script.parse(
          """
          C: POST /orders?token=${token} HTTP/1.1
          C: ...
          C: tea=1
          S: HTTP/1.1 201 Created
          S: Location: /orders/7
          S: Content-Length: 0
          S:
          """);

  @TempDir private Path folder;

  // tag::har[]
  @Test
  void theOrderIsCreated() throws IOException {
    try (Listener shop = Listener.playing(SHOP).start();
        Client customer = Client.to(shop.address()).start()) {
      customer.send("POST /orders?token=4711 HTTP/1.1\r\nHost: shop\r\nContent-Length: 7\r\n\r\n");
      customer.sendLine("tea=1");
      assertThat(customer.readLine()).isEqualTo("HTTP/1.1 201 Created");
      HarOptions named = HarOptions.standard().testName("theOrderIsCreated()");
      Har.write(shop, folder.resolve("shop.har"), named);
    }
  }

  // end::har[]

  @AfterEach
  void pythonPrintsTheFile() {
    String printed = Program.run("", "python3", "-m", "json.tool", folder.resolve("shop.har"));
    assertShown("har", printed);
  }
}
