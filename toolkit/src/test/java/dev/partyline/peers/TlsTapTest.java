package dev.partyline.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Tap;
import dev.partyline.tls.CertificateSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
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

/** A tap that reads in plain what the JDK's own sockets say under TLS. */
class TlsTapTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MUCH = 4 << 20;

  /** More is read at once than a tap keeps for a server that it has not agreed with. */
  @RepeatedTest(5)
  void whatAClientSaysAheadOfTheServersTlsComesBackToNobody() throws Exception {
    byte[] said = new byte[MUCH];
    new Random(7).nextBytes(said);
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(door.getLocalPort()).decrypting().start();
        SSLSocket client = client(tap)) {
      CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(() -> serve(door, tap));
      client.getOutputStream().write(said);

      assertThat(client.getInputStream().readAllBytes()).hasSize(6).asString().isEqualTo("got it");
      assertThat(heard.join()).isEqualTo(said);
      var conversation = tap.recording().conversations().get(0);
      assertThat(conversation.sentBy(Side.SERVER)).isEqualTo(Bytes.utf8("got it"));
      assertThat(conversation.sentBy(Side.CLIENT)).isEqualTo(Bytes.of(said));
    }
  }

  @Test
  void aClientThatResetsInTheMiddleOfTheHandshakeLeavesNothingOpen() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tap tap = Tap.to(door.getLocalPort()).decrypting().start();
        Socket client = new Socket(tap.host(), tap.port());
        Socket server = door.accept()) {
      server.setSoTimeout((int) SOON.toMillis());
      client.setSoLinger(true, 0);
      client.close();
      assertThatThrownBy(() -> server.getInputStream().read())
          .isInstanceOf(SocketException.class);
      tap.recording().awaitClosed(SOON);
    }
  }

  private static SSLSocket client(Tap tap) throws IOException {
    SSLSocket client =
        (SSLSocket)
            Tls.standard()
                .trusting()
                .context()
                .getSocketFactory()
                .createSocket(tap.host(), tap.port());
    client.setSoTimeout((int) SOON.toMillis());
    return client;
  }

  private static byte[] serve(ServerSocket door, Tap tap) {
    try (Socket plain = door.accept()) {
      tap.recording().awaitBytes(Side.CLIENT, 1 << 16, SOON);
      SSLSocket server =
          (SSLSocket)
              Tls.standard()
                  .trusting()
                  .contextPresenting(CertificateSpec.standard())
                  .getSocketFactory()
                  .createSocket(plain, null, false);
      server.setSoTimeout((int) SOON.toMillis());
      byte[] heard = server.getInputStream().readNBytes(MUCH);
      server.getOutputStream().write("got it".getBytes(StandardCharsets.US_ASCII));
      server.close();
      return heard;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
