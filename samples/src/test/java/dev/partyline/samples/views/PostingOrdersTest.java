package dev.partyline.samples.views;

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

/** What the client of the JDK sends, read as HTTP. */
class PostingOrdersTest {
  // tag::http-post[]
  @Test
  void theOrderIsPostedOnce(
      @ScriptedListener(
              """
              C: POST /orders HTTP/1.1
              C: ...
              C:
              C| tea=1
              S: HTTP/1.1 201 Created
              S: Location: /orders/7
              S: Content-Length: 0
              S:
              """)
          Listener shop)
      throws Exception {
    URI url = URI.create("http://127.0.0.1:" + shop.port() + "/orders");
    HttpRequest order = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString("tea=1")).build();
    HttpResponse<Void> response = HttpClient.newHttpClient().send(order, BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(shop).hasRequests(1).request().hasHeader("content-length", "5").hasBody("tea=1");
    assertThat(shop).response().hasStatus(201).hasHeader("Location", "/orders/7").hasNoFlaw();
  }
  // end::http-post[]
}
