package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A client that tries three times, and a network that fails twice. */
class ThirdAttemptTest {
  @AutoClose private final MockWebServer server = new MockWebServer();

  // tag::third-attempt[]
  @Tapped(to = "server")
  private Tap tap;

  @Test
  @InWeather("reset first 2 must fire")
  void theThirdAttemptSucceeds() {
    server.enqueue(new MockResponse.Builder().body("all is well").build());
    String url = "http://" + tap.host() + ":" + tap.port() + "/status";

    assertThat(getTryingThreeTimes(url)).isEqualTo("all is well");

    assertThat(tap).hasConnections(3).hasHitConnections("reset", 1, 2);
    assertThat(tap).connection(3).client().sentLine("GET /status HTTP/1.1");
  }

  // end::third-attempt[]

  private static String getTryingThreeTimes(String url) {
    OkHttpClient client = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    String failures = "";
    for (int attempt = 1; attempt <= 3; attempt++) {
      try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
        return response.body().string();
      } catch (IOException e) {
        failures += e + "\n";
      } finally {
        client.connectionPool().evictAll();
      }
    }
    return failures;
  }
}
