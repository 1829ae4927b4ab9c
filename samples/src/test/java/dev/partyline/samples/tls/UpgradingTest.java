package dev.partyline.samples.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.tls.Tls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** STARTTLS: the lines before the statement tls are in plain, those after it under TLS. */
class UpgradingTest {
  // tag::tls-starttls[]
  @Test
  void theMailerGreetsAgainUnderTls(
      @ScriptedListener(
              """
              C: STARTTLS
              S: 220 go ahead
              tls
              C: EHLO client.example
              S: 250 mail.example
              """)
          Listener mail)
      throws IOException {
    SSLSocketFactory factory = Tls.standard().trust().context().getSocketFactory();
    try (Socket plain = new Socket("localhost", mail.port())) {
      assertThat(ask(plain, "STARTTLS")).isEqualTo("220 go ahead");
      Socket secured = factory.createSocket(plain, "localhost", mail.port(), true);
      assertThat(ask(secured, "EHLO client.example")).isEqualTo("250 mail.example");
    }
  }

  // end::tls-starttls[]

  private static String ask(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
  }

  @Test
  void aLineInPlainAfterTheCommandIsAnInjection() {
    String script = "C: STARTTLS\nS: 220 go ahead\ntls\nC: EHLO client.example\n";
    try (Listener mail = Listener.playing(script).start();
        Client client = Client.to(mail.address()).start()) {
      client.send("STARTTLS\r\nEHLO client.example\r\n");
      assertThatThrownBy(() -> assertThat(mail).within(Duration.ofSeconds(1)).finishedScript())
          .hasMessageContaining("the client sent plaintext where TLS starts");
    }
  }
}
