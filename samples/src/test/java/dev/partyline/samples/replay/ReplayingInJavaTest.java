package dev.partyline.samples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.replay.CassetteMode;
import dev.partyline.replay.CassetteSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is recorded and replayed without the annotations. */
class ReplayingInJavaTest {
  private static final String SHOP =
      """
      C: ...
      C: X-Request-Id: ${id}
      C: ...
      C:
      S: HTTP/1.1 200 OK
      S: X-Request-Id: ${id}
      S: Content-Length: 3
      S:
      S| tea
      """;

  @Test
  void theIdIsAnotherEachTime(@TempDir Path folder) throws Exception {
    // tag::in-java[]
    CassetteSpec cassette =
        CassetteSpec.of(folder.resolve("shop.wire"))
            .varying("C: X-Request-Id: ${id}", "User-Agent: ${*}");
    try (Listener shop = Listener.playing(SHOP).start()) {
      cassette.mode(CassetteMode.ALWAYS).run(() -> Tap.to(shop), this::askWithAnId);
    }
    // The shop has closed: its tap is not asked for.
    cassette.mode(CassetteMode.REPLAY).run(() -> Tap.to("shop.example", 80), this::askWithAnId);
    // end::in-java[]
  }

  private void askWithAnId(Tap tap) throws Exception {
    String id = UUID.randomUUID().toString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tap.port() + "/"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("X-Request-Id", id)
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue(id);
  }
}
