package dev.partyline.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.partyline.internal.net.FakeStreamChannel;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two ends of TLS without a socket: a test carries the bytes from one to the other. */
@Timeout(60)
class TlsIoTest {
  private final Tls tls = Tls.standard();
  private final End client = new End(Side.CLIENT, tls);
  private final End server = new End(Side.SERVER, tls);

  @BeforeEach
  void prepare() {
    tls.prepare().join();
  }

  @Test
  void theHandshakeEndsWithASessionAtBothEnds() throws Exception {
    handshake();
    assertThat(client.io.session().version()).isEqualTo("TLSv1.3");
    assertThat(server.io.session().peer()).isEqualTo(Side.CLIENT);
    assertThat(client.io.isHandshaking()).isFalse();
    assertThat(server.io.isHandshaking()).isFalse();
  }

  @Test
  void nothingIsWrittenDuringTheHandshake() throws Exception {
    client.start();
    ByteBuffer out = Bytes.utf8("hi").toBuffer();
    assertThat(client.io.write(out)).isZero();
    assertThat(out.remaining()).isEqualTo(2);
    assertThat(client.io.interestOps(true, true) & SelectionKey.OP_WRITE).isZero();
  }

  @Test
  void theEndOfTheHandshakeIsToldBeforeTheBytesAfterIt() throws Exception {
    client.start();
    server.start();
    client.advance();
    while (client.io.session() == null) {
      carry(client, server);
      server.advance();
      carry(server, client);
      client.advance();
    }
    client.write("hi");
    carry(client, server);
    assertThat(server.read()).isEmpty();
    assertThat(server.io.session()).isNotNull();
    assertThat(server.io.hasMore()).isTrue();
    assertThat(server.read()).isEqualTo("hi");
  }

  @Test
  void bytesAreEncryptedOnTheWayAndArriveAsTheyWere() throws Exception {
    handshake();
    client.write("secret");
    Bytes onTheWire = client.channel.takeWritten();
    assertThat(onTheWire.indexOf(Bytes.utf8("secret"), 0)).isNegative();
    server.channel.receive(onTheWire);
    assertThat(server.read()).isEqualTo("secret");
  }

  @Test
  void aRecordThatComesInPiecesIsReadWhenItIsWhole() throws Exception {
    handshake();
    client.write("hello");
    Bytes record = client.channel.takeWritten();
    for (int i = 0; i < record.size() - 1; i++) {
      server.channel.receive(record.slice(i, i + 1));
      assertThat(server.read()).isEmpty();
    }
    server.channel.receive(record.slice(record.size() - 1, record.size()));
    assertThat(server.read()).isEqualTo("hello");
  }

  @Test
  void whatTheChannelDoesNotTakeIsSentByAFlush() throws Exception {
    handshake();
    client.channel.setRoom(3);
    client.write("hello");
    assertThat(client.io.hasUnsent()).isTrue();
    assertThat(client.io.interestOps(false, false)).isEqualTo(SelectionKey.OP_WRITE);
    assertThat(client.io.flush()).isFalse();
    client.channel.setRoom(1000);
    assertThat(client.io.flush()).isTrue();
    assertThat(client.io.hasUnsent()).isFalse();
    carry(client, server);
    assertThat(server.read()).isEqualTo("hello");
  }

  @Test
  void anEndWithACloseNotifyIsNotTruncated() throws Exception {
    handshake();
    client.io.shutdownOutput(true);
    assertThat(client.channel.isOutputShut()).isTrue();
    carry(client, server);
    assertThat(server.readCount()).isEqualTo(-1);
    assertThat(server.io.isTruncated()).isFalse();
    assertThat(server.io.failure()).isNull();
    server.write("bye");
    carry(server, client);
    assertThat(client.read()).isEqualTo("bye");
  }

  @Test
  void anEndWithoutACloseNotifyIsTruncated() throws Exception {
    handshake();
    client.io.shutdownOutput(false);
    carry(client, server);
    server.channel.endInput("FIN");
    assertThat(server.readCount()).isEqualTo(-1);
    assertThat(server.io.isTruncated()).isTrue();
    assertThat(server.io.failure()).isNull();
  }

  @Test
  void aFinInTheHandshakeIsAFailure() throws Exception {
    server.start();
    server.channel.endInput("FIN");
    assertThat(server.readCount()).isEqualTo(-1);
    assertThat(server.io.failure())
        .isEqualTo("the client closed the connection in the middle of the handshake");
    assertThat(server.io.isTruncated()).isTrue();
    assertThat(server.io.isHandshaking()).isFalse();
  }

  @Test
  void whatIsNoRecordIsAFailureThatThePeerIsTold() throws Exception {
    server.start();
    server.channel.receive(Bytes.utf8("GET / HTTP/1.1\r\n"));
    assertThat(server.readCount()).isEqualTo(-1);
    assertThat(server.io.failure())
        .isEqualTo("what was received is not a TLS record: it starts with \"GET / HT\"");
    assertThat(server.channel.takeWritten().byteAt(0)).isEqualTo((byte) 21);
  }

  @Test
  void anRstComesAfterTheBytesBeforeIt() throws Exception {
    handshake();
    client.write("hi");
    carry(client, server);
    server.channel.endInput("Connection reset");
    assertThat(server.read()).isEqualTo("hi");
    assertThatExceptionOfType(SocketException.class).isThrownBy(server::readCount);
  }

  @Test
  void aWriteToAPeerThatIsGoneIsAnError() throws Exception {
    handshake();
    client.channel.failWrites("Broken pipe");
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> client.write("hi"))
        .withMessage("Broken pipe");
  }

  private void handshake() throws Exception {
    client.start();
    server.start();
    while (client.io.session() == null || server.io.session() == null) {
      step();
    }
    // The tickets of the server (RFC 8446, 4.6.1).
    server.read();
    carry(server, client);
    client.read();
  }

  private void step() throws Exception {
    client.advance();
    carry(client, server);
    server.advance();
    carry(server, client);
  }

  private static void carry(End from, End to) {
    to.channel.receive(from.channel.takeWritten());
  }

  /** One end, with the channel that it reads and writes. */
  private static final class End {
    private final FakeStreamChannel channel = new FakeStreamChannel(action -> {});
    private final TlsIo io;

    End(Side own, Tls tls) {
      io = new TlsIo(channel, new TlsSetup(tls, true, "", 0), own, () -> {}, fault -> {});
    }

    void start() {
      io.startHandshake();
    }

    /** Reads, and waits for the long computations that this may start. */
    void advance() throws IOException, InterruptedException {
      read();
      while (io.session() == null && isComputing()) {
        channel.awaitTask();
        channel.runTasks();
        read();
      }
    }

    private boolean isComputing() {
      return io.interestOps(true, false) == 0;
    }

    String read() throws IOException {
      ByteBuffer in = ByteBuffer.allocate(1 << 16);
      io.read(in);
      return Bytes.copyOf(in.flip()).utf8();
    }

    int readCount() throws IOException {
      return io.read(ByteBuffer.allocate(1 << 16));
    }

    void write(String text) throws IOException {
      io.write(Bytes.utf8(text).toBuffer());
    }
  }
}
