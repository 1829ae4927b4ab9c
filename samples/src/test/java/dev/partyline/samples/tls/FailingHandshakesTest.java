package dev.partyline.samples.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.tls.Tls;
import dev.partyline.tls.TlsFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** The server does not get as far as a session. */
class FailingHandshakesTest {
  static Tls unknownName() {
    return Tls.standard().failing(TlsFault.fatalAlert("unrecognized_name"));
  }

  @Test
  void theAlertOfTheServerIsReported(
      @ScriptedListener(tls = "unknownName", value = "C: never received") Listener web) {
    HttpClient client =
        HttpClient.newBuilder().sslContext(Tls.standard().trust().context()).build();
    URI url = URI.create("https://localhost:" + web.port() + "/");
    assertThatThrownBy(
            () -> client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("Received fatal alert: unrecognized_name");
  }
}
