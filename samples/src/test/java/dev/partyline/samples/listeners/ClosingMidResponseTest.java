package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A server that closes in the middle of its response, by FIN or by RST. */
class ClosingMidResponseTest {

  @Test
  void aTruncatedBodyIsAnError(
      @ScriptedListener(
              """
              C: GET /report HTTP/1.1
              C: ...
              C:
              S: HTTP/1.1 200 OK
              S: Content-Length: 1000
              S:
              S| only the beginn
              S! close
              """)
          Listener web) {
    assertThatThrownBy(() -> get(web)).isInstanceOf(IOException.class);
    assertThat(web).connection(1).closedBy(Side.SERVER);
  }

  // tag::reset[]
  @Test
  void aResetInTheMiddleIsAnError(
      @ScriptedListener(
              """
              C: GET /report HTTP/1.1
              C: ...
              C:
              S: HTTP/1.1 200 OK
              S: Content-Length: 1000
              S:
              S| only the beginn
              S! reset
              """)
          Listener web) {
    assertThatThrownBy(() -> get(web)).isInstanceOf(IOException.class);
    assertThat(web).connection(1).wasResetBy(Side.SERVER);
  }

  // end::reset[]

  private static String get(Listener web) throws IOException, InterruptedException {
    URI report = URI.create("http://127.0.0.1:" + web.port() + "/report");
    HttpRequest request =
        HttpRequest.newBuilder(report).version(HttpClient.Version.HTTP_1_1).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
