package dev.partyline.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.report.Browser;
import dev.partyline.wire.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The developer tools of Chromium import a file, as their network panel does. */
class HarBrowserTest {
  private static final String IMPORT =
      """
      (async () => {
        const har = await import("/devtools/models/har/har.js");
        const log = new har.HARFormat.HARRoot(${json}).log;
        const requests = har.Importer.Importer.requestsFromHARLog(log);
        const lines = [];
        for (const r of requests) {
          lines.push([r.requestMethod, r.url(), r.statusCode, r.protocol, r.mimeType,
              r.resourceType().name(), await r.requestFormData(),
              r.frames().map(f => f.type + " " + f.opCode + " " + f.text)].join(" | "));
        }
        return lines.join("\\n");
      })()""";

  @TempDir private Path folder;

  @Test
  void theNetworkPanelHasEachRequest() throws Exception {
    HarConversation conversation =
        HarConversation.of(
                c ->
                    c.client("POST /tea HTTP/1.1|Host: shop|Content-Length: 3||mug")
                        .server("HTTP/1.1 200 OK|Content-Type: text/css|Content-Length: 2||hi")
                        .client("GET /none HTTP/1.1|Host: shop||"))
            .and(
                c ->
                    c.client(
                            "GET /chat HTTP/1.1|Host: shop|Connection: Upgrade|Upgrade: websocket||")
                        .server("HTTP/1.1 101 OK|Connection: Upgrade|Upgrade: websocket||")
                        .server(Bytes.hex("81 05 48 65 6c 6c 6f")));
    Path file = folder.resolve("shop.har");
    Har.write(conversation.recorder().recording(), file, HarOptions.standard().testName("a test"));
    try (Browser chromium = Browser.start()) {
      String json = Files.readString(file, US_ASCII);
      Object imported = chromium.openTools().evaluate(IMPORT.replace("${json}", json));
      assertThat(imported)
          .isEqualTo(
              """
              POST | http://shop/tea | 200 | http/1.1 | text/css | document | mug |\s
              GET | http://shop/none | 0 |  |  | other |  |\s
              GET | ws://shop/chat | 101 | http/1.1 |  | websocket |  | receive 1 Hello""");
    }
  }
}
