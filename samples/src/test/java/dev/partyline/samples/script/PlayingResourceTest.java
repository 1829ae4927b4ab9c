package dev.partyline.samples.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A script in a file beside the test, which sends the content of another file. */
class PlayingResourceTest {

  @Test
  void theFrontPageComesFromAFile(@ScriptedListener(resource = "front-page.wire") Listener web)
      throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + web.port() + "/");
    HttpRequest request = HttpRequest.newBuilder(page).version(HttpClient.Version.HTTP_1_1).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    assertThat(body).isEqualTo("<p>Hello \u2615</p>\n");
  }
}
