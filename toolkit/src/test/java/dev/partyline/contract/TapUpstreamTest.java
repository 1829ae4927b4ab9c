package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that cannot be reached, as clients see them, and what the ledger says. */
@Timeout(60)
class TapUpstreamTest {
  @Test
  void a_refused_connect_is_a_reset_before_any_byte() throws IOException {
    try (Listener refusing = Listener.refusing().start();
        Tap tap = Tap.to(refusing).start()) {
      for (int i = 1; i <= 20; i++) {
        try (BlockingPeer client = connect(tap)) {
          client.expectReset();
        }
        assertThat(ledger(tap, i))
            .containsExactly(
                "server REFUSED 0: cannot connect to 127.0.0.1:"
                    + refusing.port()
                    + ": Connection refused");
      }
      assertThat(tap.backgroundFailures()).isEmpty();
    }
  }

  @Test
  void bytes_before_a_refusal_may_be_recorded_but_the_client_is_reset() throws IOException {
    try (Listener refusing = Listener.refusing().start();
        Tap tap = Tap.to(refusing).start();
        BlockingPeer client = connect(tap)) {
      assertThat(client.sendUntilFailure())
          .message()
          .containsAnyOf("Broken pipe", "Connection reset");
      assertThat(ledger(tap, 1)).singleElement().asString().startsWith("server REFUSED 0: ");
    }
  }

  @Test
  void a_missing_path_is_refused(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("nobody.sock");
    try (Tap tap = Tap.to(UnixDomainSocketAddress.of(path)).over(Transport.TCP).start();
        BlockingPeer client = connect(tap)) {
      client.expectReset();
      assertThat(ledger(tap, 1))
          .containsExactly(
              "server REFUSED 0: cannot connect to " + path + ": No such file or directory");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"TCP", "UNIX"})
  void a_hanging_server_is_silent_until_the_client_resets(Transport transport) throws IOException {
    try (Listener unresponsive = Listener.neverAccepting().over(transport).start();
        Tap tap = Tap.to(unresponsive).over(Transport.TCP).start()) {
      try (BlockingPeer client = connect(tap)) {
        client.send("is anybody there?");
        tap.drainInput();
        assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(17);
        client.send("hello?");
        client.reset();
      }
      assertThat(ledger(tap, 1))
          .satisfiesExactly(
              first -> assertThat(first).isEqualTo("client RST 23"),
              last -> assertThat(last).startsWith("server TIMED_OUT 0: no answer to the connect"));
    }
  }

  @Test
  void a_client_that_leaves_a_hanging_server_with_a_fin_is_noticed() throws IOException {
    Tap tap;
    try (Listener unresponsive = Listener.neverAccepting().start()) {
      tap = Tap.to(unresponsive).start();
      try (BlockingPeer client = connect(tap)) {
        client.send("is anybody there?");
        tap.drainInput();
        client.send("hello?");
      }
      Recording recording = tap.recording();
      assertThat(
              recording.await(
                  () ->
                      recording.conversations().stream()
                          .anyMatch(each -> Setup.ledgerLines(each).contains("client FIN 23")),
                  Setup.SOON))
          .isTrue();
      tap.close();
    }
    assertThat(ledger(tap, 1)).last().asString().startsWith("server TIMED_OUT 0: ");
  }

  @Test
  void a_server_that_closes_and_comes_back_is_reached_again() throws IOException {
    try (PortLease lease = Ports.reserve();
        Tap tap = Tap.to(lease.port()).start()) {
      for (int i = 0; i < 5; i++) {
        try (Listener server = lease.bind(TapUpstreamTest::sendsHere);
            BlockingPeer client = connect(tap)) {
          client.expect("here");
          client.expectFin();
          assertThat(server.port()).isEqualTo(lease.port());
        }
        try (BlockingPeer client = connect(tap)) {
          client.expectReset();
        }
        assertThat(ledger(tap, 2 * i + 2)).singleElement().asString().contains("REFUSED");
      }
    }
  }

  private static Listener sendsHere(int port) {
    return Listener.handling(connection -> connection.send("here")).onPort(port).start();
  }

  @Test
  void a_host_that_does_not_exist_is_named_at_the_start() {
    assertThatThrownBy(() -> Tap.to("no.such.host.invalid", 80).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("no.such.host.invalid")
        .hasMessageContaining("no host of that name");
  }

  private static BlockingPeer connect(Tap tap) throws IOException {
    return new BlockingPeer(SocketChannel.open(tap.address()));
  }

  private static List<String> ledger(Tap tap, int number) {
    return Setup.ledger(tap, number);
  }
}
