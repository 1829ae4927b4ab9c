package dev.partyline.samples.views;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A body whose last chunk never comes: a client that takes it for complete loses data. */
class TruncatedBodyTest {
  @Test
  void aBodyWithoutItsLastChunkIsAnError(
      @ScriptedListener(
              """
              C: GET /report HTTP/1.1
              C: ...
              C:
              S: HTTP/1.1 200 OK
              S: Transfer-Encoding: chunked
              S:
              S: 5
              S: hello
              S! close
              """)
          Listener web) {
    URI url = URI.create("http://127.0.0.1:" + web.port() + "/report");
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);

    assertThat(web).request().hasNoFlaw().response().hasFlaw("incomplete at byte 57 of the server");
  }
}
