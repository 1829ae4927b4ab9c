package dev.partyline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Connection;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsFaultTest {
  @Test
  void jsseReportsWhatItReceivedInsteadOfAServerHello() {
    assertThatThrownBy(() -> receive(Side.CLIENT, TlsFault.fatalAlert("handshake_failure")))
        .hasMessageContaining("Received fatal alert: handshake_failure");
    assertThatThrownBy(() -> receive(Side.CLIENT, TlsFault.garbage()))
        .hasMessageContaining("Unrecognized SSL message, plaintext connection?");
    assertThatThrownBy(() -> receive(Side.CLIENT, TlsFault.wrongVersion()))
        .hasMessageContaining("SSL30");
  }

  @Test
  void jsseReportsWhatItReceivedInsteadOfAClientHello() {
    assertThatThrownBy(() -> receive(Side.SERVER, TlsFault.fatalAlert(TlsAlert.INTERNAL_ERROR)))
        .hasMessageContaining("Received fatal alert: internal_error");
    assertThatThrownBy(() -> receive(Side.SERVER, TlsFault.garbage()))
        .hasMessageContaining("Unrecognized SSL message, plaintext connection?");
    assertThatThrownBy(() -> receive(Side.SERVER, TlsFault.wrongVersion()))
        .hasMessageContaining("SSLv3");
  }

  @Test
  void curlReportsWhatItReceivedInsteadOfAHello() {
    assertThat(curl(TlsFault.fatalAlert("handshake_failure"))).contains("alert handshake failure");
    assertThat(curl(TlsFault.fatalAlert("unrecognized_name"))).contains("unrecognized name");
    assertThat(curl(TlsFault.garbage())).contains("wrong version number");
    assertThat(curl(TlsFault.wrongVersion())).contains("unsupported protocol");
  }

  private static String curl(TlsFault fault) {
    Bytes bytes = fault.insteadOfHello(Side.SERVER).orElseThrow();
    try (Listener listener = Listener.handling(connection -> answer(connection, bytes)).start()) {
      return Program.run(
          "", "curl", "-sS", "--max-time", "50", "https://localhost:" + listener.port());
    }
  }

  private static void answer(Connection connection, Bytes bytes) {
    // All of it, because closing with unread bytes resets the connection, and the alert is lost.
    Bytes header = connection.read(5);
    connection.read((header.byteAt(3) & 0xff) << 8 | header.byteAt(4) & 0xff);
    connection.send(bytes);
  }

  /** Starts the handshake of an engine, which then receives the bytes of the fault. */
  private static void receive(Side side, TlsFault fault) throws SSLException {
    SSLEngine engine = Tls.standard().engine(side, "localhost", 1);
    engine.beginHandshake();
    ByteBuffer out = ByteBuffer.allocate(1 << 16);
    if (side == Side.CLIENT) {
      engine.wrap(ByteBuffer.allocate(0), out);
    }
    Bytes bytes = fault.insteadOfHello(side.peer()).orElseThrow();
    ByteBuffer in = ByteBuffer.wrap(bytes.toArray());
    engine.unwrap(in, ByteBuffer.allocate(1 << 16));
    EnginePair.runTasks(engine);
    engine.wrap(ByteBuffer.allocate(0), out);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void otherFaultsSendNothingInsteadOfAHello(Side side) {
    assertThat(TlsFault.closeAfter(100).insteadOfHello(side)).isEmpty();
    assertThat(TlsFault.noCloseNotify().insteadOfHello(side)).isEmpty();
    assertThat(TlsFault.noHello().insteadOfHello(side)).isEmpty();
    assertThat(TlsFault.renegotiationRefused().insteadOfHello(side)).isEmpty();
    assertThat(TlsFault.fatalAlert("close_notify").insteadOfHello(side))
        .contains(Bytes.hex("15 0303 0002 02 00"));
    assertThat(TlsFault.garbage(Bytes.utf8("x")).insteadOfHello(side)).contains(Bytes.utf8("x"));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsFault.closeAfter(-1))
        .withMessage("bytes (-1) must be at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsFault.FatalAlert(256))
        .withMessage("description (256) must be in 0..255");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsFault.garbage(Bytes.EMPTY))
        .withMessage(
            "bytes (0 of them) must be from 1 to 16384; the first few show already that there is no"
                + " record");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsFault.garbage(Bytes.of(new byte[(1 << 14) + 1])))
        .withMessageStartingWith("bytes (16385 of them) must be from 1 to 16384");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsFault.fatalAlert("handshake failure"))
        .withMessageStartingWith("alert (handshake failure) must be one of close_notify, ");
  }

  @Test
  void everyAlertIsFoundByItsNumberAndItsName() {
    for (TlsAlert alert : TlsAlert.values()) {
      assertThat(TlsAlert.of(alert.description())).contains(alert);
      assertThat(TlsAlert.parse(alert.toString())).isEqualTo(alert);
    }
    assertThat(TlsAlert.of(254)).isEmpty();
  }
}
