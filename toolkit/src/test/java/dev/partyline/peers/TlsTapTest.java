package dev.partyline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.script.Script;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A tap that decrypts what the JDK's own sockets send under TLS. */
class TlsTapTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int MUCH = 4 << 20;
  private static final Script PING = Script.parse("C: PING\nS: +PONG\nC! close\n");

  /** Sends more at once than a tap keeps for a server whose handshake is not done. */
  @RepeatedTest(5)
  void bytesOfAClientBeforeTheServersTlsAreNotEchoed() throws Exception {
    byte[] sent = new byte[MUCH];
    new Random(7).nextBytes(sent);
    try (ServerSocket serverSocket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(serverSocket.getLocalPort()).decrypting().start();
        SSLSocket client = client(tap)) {
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(() -> serve(serverSocket, tap));
      client.getOutputStream().write(sent);

      assertThat(client.getInputStream().readAllBytes()).hasSize(6).asString().isEqualTo("got it");
      assertThat(received.join()).isEqualTo(sent);
      var conversation = tap.recording().conversations().get(0);
      assertThat(conversation.bytes(Side.SERVER)).isEqualTo(Bytes.utf8("got it"));
      assertThat(conversation.bytes(Side.CLIENT)).isEqualTo(Bytes.of(sent));
    }
  }

  @Test
  void aClientThatResetsDuringTheHandshakeLeavesNothingOpen() throws Exception {
    try (ServerSocket serverSocket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(serverSocket.getLocalPort()).decrypting().start();
        Socket server = resetting(tap, serverSocket)) {
      server.setSoTimeout((int) SOON.toMillis());
      assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
      tap.recording().awaitClosed(SOON);
    }
  }

  /** Returns the server end of a connection whose client resets when the tap has connected. */
  private static Socket resetting(Tap tap, ServerSocket serverSocket) throws IOException {
    try (Socket client = new Socket(tap.host(), tap.port())) {
      client.setSoLinger(true, 0);
      return serverSocket.accept();
    }
  }

  @Test
  void a_server_that_resets_before_the_hello_of_the_client_is_told_to_it() throws Exception {
    try (ServerSocket serverSocket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(serverSocket.getLocalPort()).decrypting().start();
        Socket client = new Socket(tap.host(), tap.port())) {
      try (Socket server = serverSocket.accept()) {
        server.setSoLinger(true, 0);
      }
      client.setSoTimeout((int) SOON.toMillis());
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      tap.recording().awaitClosed(SOON);
      assertThat(tap.recording().conversations().get(0).ledger())
          .anySatisfy(
              termination -> {
                assertThat(termination.side()).isEqualTo(Side.SERVER);
                assertThat(termination.kind()).isEqualTo(Termination.Kind.RST);
              });
    }
  }

  @Test
  void a_reset_in_a_handshake_is_told_as_such_by_each_end() throws Exception {
    Script hello = Script.parse("C: hello\n");
    try (Listener web = Listener.playing(hello).deadline(SOON).tls(Tls.standard()).start()) {
      try (Client client = Client.to(web.address()).start()) {
        // The first bytes of a hello.
        client.send(Bytes.hex("16 03 01"));
        client.reset();
      }
      web.recording().awaitClosed(SOON);
      assertThat(web.runs().get(0).problem())
          .isEqualTo("the client reset the connection in the middle of the handshake");
      assertThat(web.recording().conversations().get(0).ledger().get(0).cause())
          .isEqualTo("in the TLS handshake");
    }
    try (Listener server =
            Listener.handling(
                    connection -> {
                      connection.readAvailable();
                      connection.reset();
                    })
                .start();
        Client client = Client.to(server.address()).tls(Tls.standard()).start()) {
      assertThatThrownBy(client::readAvailable)
          .hasMessageContaining("the server reset the connection in the middle of the handshake");
    }
  }

  @Test
  void closingSendsACloseNotifyToBoth() {
    try (Listener server = Listener.playing(PING).tls(Tls.standard()).start();
        Client client = throughTap(server)) {
      assertThat(client.readToEnd().isEmpty()).isTrue();
      server.recording().awaitClosed(SOON);
      assertThat(client.conversation().ledger())
          .anySatisfy(termination -> assertFin(termination, Side.SERVER))
          .allSatisfy(termination -> assertThat(termination.cause()).isEmpty());
      assertThat(server.recording().conversations().get(0).ledger())
          .anySatisfy(termination -> assertFin(termination, Side.CLIENT))
          .allSatisfy(termination -> assertThat(termination.cause()).isEmpty());
    }
  }

  /** Returns a client that was served through a tap, which is closed by now. */
  private static Client throughTap(Listener server) {
    try (Tap tap = Tap.to(server).decrypting().start()) {
      Client client = Client.to(tap.address()).tls(Tls.standard()).start();
      client.send("PING\r\n");
      client.expect("+PONG\r\n");
      return client;
    }
  }

  private static void assertFin(Termination termination, Side side) {
    assertThat(termination.side()).isEqualTo(side);
    assertThat(termination.kind()).isEqualTo(Termination.Kind.FIN);
  }

  private static SSLSocket client(Tap tap) throws IOException {
    SSLSocket client =
        (SSLSocket)
            Tls.standard()
                .trust()
                .context()
                .getSocketFactory()
                .createSocket(tap.host(), tap.port());
    client.setSoTimeout((int) SOON.toMillis());
    return client;
  }

  private static byte[] serve(ServerSocket serverSocket, Tap tap) {
    try (Socket plain = serverSocket.accept()) {
      tap.recording().awaitBytes(Side.CLIENT, 1 << 16, SOON);
      SSLSocket server =
          (SSLSocket)
              Tls.standard()
                  .trust()
                  .contextPresenting(CertificateSpec.standard())
                  .getSocketFactory()
                  .createSocket(plain, null, false);
      server.setSoTimeout((int) SOON.toMillis());
      byte[] received = server.getInputStream().readNBytes(MUCH);
      server.getOutputStream().write("got it".getBytes(StandardCharsets.US_ASCII));
      // Closing would wait for the other end of TLS.
      server.shutdownOutput();
      return received;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
