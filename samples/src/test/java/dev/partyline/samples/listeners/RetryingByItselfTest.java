package dev.partyline.samples.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What the JDK does on its own account when a server closes before its answer. */
class RetryingByItselfTest {
  // tag::retry[]
  @Test
  void anOrderIsSentTwice(
      @ScriptedListener(
              """
              connection
                C: POST /orders HTTP/1.1
                C: ...
                C:
                S! close
              connection
                C: POST /orders HTTP/1.1
                C: ...
                C:
                S: HTTP/1.1 201 Created
                S: Content-Length: 0
                S: Connection: close
                S:
                S! close
              """)
          Listener web)
      throws IOException {
    URI url = URI.create("http://127.0.0.1:" + web.port() + "/orders");
    HttpURLConnection request = (HttpURLConnection) url.toURL().openConnection();
    request.setRequestMethod("POST");
    assertThat(request.getResponseCode()).isEqualTo(201);
  }
  // end::retry[]
}
