package dev.partyline.samples.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Mutual TLS: the server requires a certificate of the client. */
class PresentingCertificatesTest {
  // tag::tls-mutual[]
  static Tls mutual() {
    return Tls.standard().protocols("TLSv1.3").requiringCertificate();
  }

  @Test
  void aliceIsGreeted(@ScriptedListener(tls = "mutual", value = "S: hello\nS! close") Listener club)
      throws IOException {
    CertificateSpec alice = CertificateSpec.standard().forClient("alice");
    SSLContext context = Tls.standard().trust().contextPresenting(alice);
    try (Socket socket = context.getSocketFactory().createSocket(club.host(), club.port())) {
      assertThat(socket.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("hello\r\n");
    }
  }

  // end::tls-mutual[]

  @Test
  void aClientWithoutACertificateIsSentAnAlert() throws IOException {
    SSLContext context = Tls.standard().trust().context();
    try (Listener club = Listener.playing("S: hello\nS! close").tls(mutual()).start();
        Socket socket = context.getSocketFactory().createSocket(club.host(), club.port())) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .hasMessageContaining("Received fatal alert: ");
    }
  }
}
