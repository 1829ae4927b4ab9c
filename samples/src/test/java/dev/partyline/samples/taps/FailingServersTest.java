package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import org.junit.jupiter.api.Test;

/** A server that is slow, ends its answer too early, or is away for a while. */
class FailingServersTest {
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

  // tag::weather-failures[]
  @Test
  @InWeather("delay 30s from server must fire")
  void aSlowAnswerIsNotAwaited() {
    assertThatThrownBy(this::report).isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  @InWeather("limit 50 bytes must fire")
  void aTruncatedBodyIsAnError() {
    assertThatThrownBy(this::report).hasMessageContaining("bytes received: 11");
  }

  @Test
  void theServerIsFoundAgainAfterAnOutage() throws IOException, InterruptedException {
    FaultGuard outage = tap.inject(Fault.refuse());
    assertThatThrownBy(this::report).isInstanceOf(ConnectException.class);
    outage.close();
    assertThat(report()).isEqualTo("all that there is to report");
  }

  // end::weather-failures[]

  private String report() throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + tap.port() + "/report");
    HttpRequest request = HttpRequest.newBuilder(url).timeout(ofSeconds(1)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
