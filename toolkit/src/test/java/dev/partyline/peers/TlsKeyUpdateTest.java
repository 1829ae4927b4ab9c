package dev.partyline.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** A peer of TLS 1.3 requests new keys (RFC 8446, 4.6.3), which must be answered. */
class TlsKeyUpdateTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Bytes MUCH = Bytes.of(new byte[16 << 20]);

  /** Holds back what is written, to send it in one piece. */
  private static final class CorkedSocket extends Socket {
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private boolean corked;

    CorkedSocket(Listener listener) throws IOException {
      super(listener.host(), listener.port());
    }

    void cork() {
      corked = true;
    }

    void uncork() throws IOException {
      corked = false;
      buffer.writeTo(super.getOutputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream out = super.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int value) throws IOException {
          (corked ? buffer : out).write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          (corked ? buffer : out).write(bytes, offset, length);
        }
      };
    }
  }

  @Test
  void bytesAfterItAreReceivedAlthoughTheAnswerWaitsForBufferSpace() throws IOException {
    ListenerSpec spec =
        Listener.handling(
                connection -> {
                  connection.send(MUCH);
                  connection.expectLine("ping");
                  connection.sendLine("pong");
                })
            .deadline(SOON)
            .tls(Tls.standard());
    try (Listener listener = spec.start();
        CorkedSocket plain = new CorkedSocket(listener);
        SSLSocket client = over(plain, listener)) {
      client.startHandshake();
      listener.recording().awaitBytes(Side.SERVER, MUCH.size(), SOON);
      // From now on the channel is full.
      listener.drainInput();
      plain.cork();
      client.startHandshake();
      client.getOutputStream().write("ping\r\n".getBytes(StandardCharsets.US_ASCII));
      plain.uncork();
      // The JDK answers the answer, which would be one more event.
      plain.cork();
      assertThat(client.getInputStream().readNBytes(MUCH.size())).hasSize(MUCH.size());
      assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("pong\r\n");
    }
  }

  private static SSLSocket over(CorkedSocket plain, Listener listener) throws IOException {
    SSLSocket client =
        (SSLSocket)
            Tls.standard()
                .trust()
                .context()
                .getSocketFactory()
                .createSocket(plain, listener.host(), listener.port(), true);
    client.setSoTimeout((int) SOON.toMillis());
    return client;
  }
}
