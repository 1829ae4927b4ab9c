package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The connection is reset in the middle of an answer. */
class ResettingTest {
  @ScriptedListener(
      """
      every connection
        C: GET /report HTTP/1.1
        C: ...
        C:
        S: HTTP/1.1 200 OK
        S: Content-Length: ${body-length}
        S:
        S| all that there is to report
      """)
  Listener server;

  @Tapped(to = "server")
  private Tap tap;

  // tag::weather-reset[]
  @Test
  @InWeather("reset after \"all that\" must fire")
  void aResetInTheMiddleOfABodyIsAnError() {
    assertThatThrownBy(this::report).isInstanceOf(IOException.class);
    assertThat(tap).hasHitConnections("reset", 1);
  }

  // end::weather-reset[]

  private String report() throws IOException, InterruptedException {
    URI report = URI.create("http://127.0.0.1:" + tap.port() + "/report");
    HttpClient client = HttpClient.newHttpClient();
    return client.send(HttpRequest.newBuilder(report).build(), BodyHandlers.ofString()).body();
  }
}
