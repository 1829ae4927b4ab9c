package dev.partyline.samples.start;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The first test of a newcomer: what does this client send? */
class FrontPageTest {
  // tag::front-page[]
  @Test
  void theClientAsksForTheFrontPage(
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
          Listener web)
      throws Exception {
    URI url = URI.create("http://127.0.0.1:" + web.port() + "/");
    HttpRequest request = HttpRequest.newBuilder(url).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();

    assertThat(body).isEqualTo("hello");
    assertThat(web).client().sentLine("Host: 127.0.0.1:" + web.port());
  }

  // end::front-page[]
}
