package dev.partyline.replay;

import static dev.partyline.replay.CassetteRuns.ask;
import static dev.partyline.replay.CassetteRuns.record;
import static dev.partyline.replay.CassetteRuns.replay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Test;

/** Cassettes over UDP, Unix domain sockets and TLS. */
class CassetteTransportTest extends CassetteFolder {
  @Test
  void datagramsAreReplayedToo() {
    CassetteSpec spec = cassette().over(Transport.UDP);
    record(
        spec,
        Listener.playing("C| time?\nS| noon\nC| time?\nS| one").over(Transport.UDP),
        CassetteTransportTest::askForTheTime);
    replay(spec, CassetteTransportTest::askForTheTime);
  }

  private static void askForTheTime(Tap tap) {
    try (Client client = Client.to(tap.address()).over(Transport.UDP).start()) {
      client.send("time?");
      client.expect("noon");
      client.send("time?");
      client.expect("one");
    }
  }

  @Test
  void anIdInADatagramComesBackAsItWasSent() {
    CassetteSpec spec =
        cassette().over(Transport.UDP).varying("C# ${id:2 bytes}", "S# ${id:2 bytes}");
    record(
        spec,
        Listener.playing("C# ${id:2 bytes} 01\nS# ${id:2 bytes} 81").over(Transport.UDP),
        tap -> resolve(tap, "beef"));
    replay(spec, tap -> resolve(tap, "cafe"));
  }

  private static void resolve(Tap tap, String id) {
    try (Client client = Client.to(tap.address()).over(Transport.UDP).start()) {
      client.send(Bytes.hex(id + "01"));
      assertThat(client.read(3)).isEqualTo(Bytes.hex(id + "81"));
    }
  }

  @Test
  void aUnixDomainSocketIsReplayedByAnother() {
    CassetteSpec spec = cassette().over(Transport.UNIX);
    record(
        spec,
        Listener.playing("C: PING\nS: +PONG").over(Transport.UNIX),
        tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
    replay(spec, tap -> ask(tap, "PING\r\n", "+PONG\r\n"));
  }

  @Test
  void aTransportThatAReplayCannotKnowIsNamed() {
    ListenerSpec server = Listener.playing("C| time?\nS| noon").over(Transport.UDP);
    assertThatThrownBy(
            () ->
                record(
                    cassette(),
                    server,
                    tap -> {
                      try (Client client = Client.to(tap.address()).over(Transport.UDP).start()) {
                        client.send("time?");
                        client.expect("noon");
                      }
                    }))
        .hasMessageContaining("was recorded over UDP, and would be replayed over TCP");
    assertThat(file()).doesNotExist();
  }

  @Test
  void tlsIsDecryptedInTheFileAndSpokenInTheReplay() {
    CassetteSpec spec = cassette().tapping(TapSpec::decrypting);
    record(
        spec,
        Listener.playing("C: PING\nS: +PONG").tls(Tls.standard()),
        CassetteTransportTest::pingByTls);
    assertThat(file()).content().endsWith("connection\n  C: PING\n  S: +PONG\n");
    replay(spec, CassetteTransportTest::pingByTls);
  }

  private static void pingByTls(Tap tap) {
    try (Client client = Client.to(tap.address()).tls(Tls.standard()).start()) {
      client.send("PING\r\n");
      client.expect("+PONG\r\n");
    }
  }
}
