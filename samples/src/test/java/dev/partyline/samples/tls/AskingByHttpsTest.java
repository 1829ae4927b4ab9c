package dev.partyline.samples.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** The script has the decrypted bytes; the client has to trust the test authority. */
class AskingByHttpsTest {
  // tag::tls-listener[]
  @Test
  void theClientAsksByHttps(
      @ScriptedListener(
              tls = "standard",
              value =
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
      throws IOException, InterruptedException {
    SSLContext context = Tls.standard().trust().context();
    HttpClient client = HttpClient.newBuilder().sslContext(context).build();
    URI url = URI.create("https://localhost:" + web.port() + "/");
    HttpRequest request = HttpRequest.newBuilder(url).build();
    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
    assertThat(web).client().sentLine("GET / HTTP/1.1");
  }
  // end::tls-listener[]
}
