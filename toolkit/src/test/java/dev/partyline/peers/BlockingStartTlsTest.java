package dev.partyline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Handlers and clients start TLS mid-connection, as after STARTTLS. */
class BlockingStartTlsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int ROUNDS = 50;

  /** Answers under TLS; it waits between the last plaintext line and TLS. */
  private static ListenerSpec mail(CompletableFuture<Void> go) {
    return Listener.handling(
        connection -> {
          connection.expectLine("STARTTLS");
          connection.sendLine("220 go ahead");
          go.get(SOON.toSeconds(), TimeUnit.SECONDS);
          connection.startTls(Tls.standard());
          connection.sendLine("hello " + connection.readLine());
        });
  }

  private static Socket plain(Listener smtp, String text) throws IOException {
    Socket socket = new Socket(smtp.host(), smtp.port());
    socket.setSoTimeout((int) SOON.toMillis());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().readNBytes(14)).asString().isEqualTo("220 go ahead\r\n");
    return socket;
  }

  private static String hello(Listener smtp, Socket plain) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            Tls.standard()
                .trust()
                .context()
                .getSocketFactory()
                .createSocket(plain, smtp.host(), smtp.port(), true)) {
      socket.getOutputStream().write("you\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aClientThatIsFasterThanTheHandlerGetsTlsAsWell() throws IOException {
    try (Listener smtp = mail(CompletableFuture.completedFuture(null)).start()) {
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(hello(smtp, plain(smtp, "STARTTLS\r\n"))).isEqualTo("hello you\r\n");
      }
    }
  }

  @Test
  void aHelloThatArrivesBeforeTheHandlerStartsTlsIsReceived() throws IOException {
    CompletableFuture<Void> go = new CompletableFuture<>();
    try (Listener smtp = mail(go).start()) {
      Socket plain = plain(smtp, "STARTTLS\r\n");
      CompletableFuture<Void> seen =
          CompletableFuture.runAsync(
              () -> {
                smtp.recording().awaitBytes(Side.CLIENT, 100, SOON);
                go.complete(null);
              });
      assertThat(hello(smtp, plain)).isEqualTo("hello you\r\n");
      seen.join();
    }
  }

  @Test
  void aLineAfterTheCommandIsAnInjection() throws IOException {
    Listener smtp = mail(CompletableFuture.completedFuture(null)).start();
    try (Socket plain = plain(smtp, "STARTTLS\r\nNOOP\r\n")) {
      assertThat(plain.getInputStream().read()).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    assertThatThrownBy(smtp::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("cannot start TLS on connection 1: the client sent plaintext")
        .hasMessageContaining("NOOP");
  }

  @Test
  void aClientThatStartsTlsMidConnectionSendsAndVerifiesItsHost() {
    for (boolean right : new boolean[] {true, false}) {
      CertificateSpec shown =
          CertificateSpec.standard().forHosts(right ? "localhost" : "other.example");
      CompletableFuture<TlsSession> agreed = new CompletableFuture<>();
      ListenerSpec spec =
          Listener.handling(
              connection -> {
                connection.expectLine("STARTTLS");
                connection.sendLine("220 go ahead");
                try {
                  connection.startTls(Tls.standard().certificate(shown));
                  agreed.complete(connection.conversation().tlsSessions().get(0));
                } catch (AssertionError e) {
                  agreed.completeExceptionally(e);
                }
              });
      try (Listener smtp = spec.deadline(SOON).start();
          Client client = Client.to("localhost", smtp.port()).deadline(SOON).start()) {
        client.sendLine("STARTTLS");
        client.expectLine("220 go ahead");
        if (right) {
          client.startTls(Tls.standard());
          assertThat(agreed.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join().serverName())
              .isEqualTo("localhost");
        } else {
          assertThatThrownBy(() -> client.startTls(Tls.standard()))
              .isInstanceOf(AssertionError.class)
              .hasMessageContaining("localhost");
        }
      }
    }
  }

  @Test
  void tlsIsStartedOnce() {
    ListenerSpec spec = Listener.handling(connection -> connection.readToEnd()).tls(Tls.standard());
    try (Listener listener = spec.start();
        Client client = Client.to(listener.address()).tls(Tls.standard()).start()) {
      client.sendLine("hello");
      assertThatThrownBy(() -> client.startTls(Tls.standard()))
          .isInstanceOf(LoopbackException.class)
          .hasMessage(
              "cannot start TLS on connection 1: it has started already; a spec with tls(…) starts"
                  + " it from the first byte on");
      client.sendLine("still here");
      client.shutdownOutput();
      assertThat(client.readToEnd().isEmpty()).isTrue();
      assertThat(listener.recording().conversations().get(0).bytes(Side.CLIENT).utf8())
          .isEqualTo("hello\r\nstill here\r\n");
    }
  }
}
