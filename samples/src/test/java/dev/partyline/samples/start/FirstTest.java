package dev.partyline.samples.start;

// tag::first-test[]
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class FirstTest {
  @Test
  void anOrderIsSent(
      @ScriptedListener(
              """
              C: POST /orders HTTP/1.1
              C: ...
              C:
              C| tea
              S: HTTP/1.1 201 Created
              S: Content-Length: 0
              S:
              """)
          Listener shop)
      throws Exception {
    URI url = URI.create("http://127.0.0.1:" + shop.port() + "/orders");
    HttpRequest request = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString("tea")).build();
    HttpResponse<?> response = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(shop).client().sentLine("Content-Length: 3");
  }
}
// end::first-test[]
