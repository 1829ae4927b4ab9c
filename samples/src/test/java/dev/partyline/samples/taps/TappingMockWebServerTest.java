package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** MockWebServer tells what it has understood; the tap has every byte, and when it came. */
class TappingMockWebServerTest {
  private final OkHttpClient client = new OkHttpClient();

  @AfterEach
  void closeConnections() {
    client.connectionPool().evictAll();
  }

  @AutoClose private final MockWebServer server = new MockWebServer();

  @Tapped(to = "server")
  private Tap tap;

  @Test
  void okHttpAsksForOneLanguage() throws IOException {
    server.enqueue(new MockResponse.Builder().body("bonjour").build());
    Request request =
        new Request.Builder()
            .url("http://" + tap.host() + ":" + tap.port() + "/greeting")
            .header("Accept-Language", "fr")
            .build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo("bonjour");
    }
    assertThat(tap).client().sentLine("GET /greeting HTTP/1.1").sentLine("Accept-Language: fr");
    assertThat(tap).server().sentInOrder("HTTP/1.1 200 OK", "bonjour");
  }
}
