package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ECHO;
import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** On which elements a tap may be, how long it lives, and in front of what. */
class TapScopeTest {
  @Test
  void aTapInAFieldIsForOneTest() {
    TestRun.of(InFields.class).assertPassed(2);
    assertThat(InFields.taps).hasSize(2);
    assertThat(InFields.last.tap).isNull();
  }

  static class InFields {
    static final Set<Tap> taps = new HashSet<>();
    static InFields last;

    @Tapped(to = "server")
    private Tap tap;

    @ScriptedListener(ECHO)
    Listener server;

    @BeforeEach
    @AfterEach
    void isThere() {
      last = this;
      assertThat(ask(tap, "hi")).isEqualTo("you said hi");
    }

    @Test
    void one() {
      usesTheTap();
    }

    @Test
    void two() {
      usesTheTap();
    }

    private void usesTheTap() {
      taps.add(tap);
      assertThat(tap.recording().connections()).isEqualTo(1);
    }
  }

  @Test
  void aTapInAStaticFieldIsForTheClassAndThoseInIt() {
    TestRun.of(InStaticField.class).assertPassed(2);
    assertThat(InStaticField.tap).isNull();
    assertThat(InStaticField.connections).isEqualTo(3);
  }

  static class InStaticField {
    @ScriptedListener(ECHO)
    static Listener server;

    @Tapped(to = "server")
    static Tap tap;

    static int connections;

    @BeforeAll
    static void isThere() {
      assertThat(ask(tap, "hi")).isEqualTo("you said hi");
    }

    @Test
    void one() {
      usesTheTap();
    }

    static void usesTheTap() {
      ask(tap, "one");
      connections = tap.recording().connections();
    }

    @Nested
    class Inner {
      @Test
      void two() {
        usesTheTap();
      }
    }
  }

  @Test
  void parametersMayNameEarlierTapsAndListeners() {
    TestRun.of(InParameters.class).assertPassed(1);
  }

  static class InParameters {
    @Test
    void one(
        @ScriptedListener(ECHO) Listener server,
        @Tapped(to = "server") Tap inner,
        @Tapped(to = "inner") Tap outer,
        @ScriptedClient(to = "outer", value = "C: hi\nS: you said hi") Client client) {
      client
          .recording()
          .await(() -> client.recording().byteCount(Side.SERVER) > 0, Duration.ofSeconds(5));
      assertThat(inner.recording().connections()).isEqualTo(1);
      assertThat(outer.recording().connections()).isEqualTo(1);
    }
  }

  @Test
  void tapsInFrontOfTapsAreStartedFromTheInside() {
    TestRun.of(InFrontOfOneAnother.class).assertPassed(1);
  }

  static class InFrontOfOneAnother {
    @Tapped(to = "b")
    Tap a;

    @Tapped(to = "c")
    Tap b;

    @Tapped(to = "server")
    Tap c;

    @ScriptedListener(ECHO)
    Listener server;

    @Test
    void passesThroughAll() {
      assertThat(ask(a, "hi")).isEqualTo("you said hi");
      assertThat(c.recording().connections()).isEqualTo(1);
    }
  }

  @Test
  void theServerMayBeGivenInAnyWay() {
    TestRun.of(Servers.class).assertPassed(5);
  }

  static class Servers {
    final Listener server = Listener.playing(ECHO).start();
    final Listener unix = Listener.playing(ECHO).over(Transport.UNIX).start();
    final Listener udp = Listener.playing(ECHO).over(Transport.UDP).start();

    @AfterEach
    void close() {
      server.close();
      unix.close();
      udp.close();
    }

    int port() {
      return server.port();
    }

    SocketAddress address() {
      return server.address();
    }

    Path path() {
      return unix.path();
    }

    @Test
    void byPort(@Tapped(to = "port") Tap tap) {
      assertThat(ask(tap, "hi")).isEqualTo("you said hi");
    }

    @Test
    void byAddress(@Tapped(to = "address", ipv6 = true) Tap tap) {
      assertThat(tap.host()).contains("::1");
      assertThat(ask(tap, "hi")).isEqualTo("you said hi");
    }

    @Test
    void byPath(@Tapped(to = "path", transport = Transport.TCP) Tap tap) {
      assertThat(ask(tap, "hi")).isEqualTo("you said hi");
    }

    @Test
    void byPathOverPath(@Tapped(to = "path", mustBeUsed = false) Tap tap) {
      assertThat(tap.path()).exists();
    }

    @Test
    void byListenerOverItsTransport(@Tapped(to = "udp") Tap tap) {
      try (Client client = Client.to(tap.address()).over(Transport.UDP).start()) {
        client.sendLine("hi");
        client.expectLine("you said hi");
      }
    }
  }

  @Test
  void theRecordingPolicyCanBeGiven() {
    TestRun.of(Keeping.class).assertPassed(2);
  }

  static class Keeping {
    @Test
    void headAndTail(
        @ScriptedListener(value = ECHO, keepHead = 1, keepTail = 2) Listener server,
        @Tapped(to = "server", keepHead = 0, keepTail = 10, keepInMemory = 4096) Tap tap,
        @ScriptedClient(to = "tap", keepHead = 1) Client client) {
      client.sendLine("hi");
      client.expectLine("you said hi");
      assertThat(server.recording().conversations().get(0).droppedBytes(Side.CLIENT)).isEqualTo(3);
      assertThat(client.conversation().droppedBytes(Side.CLIENT)).isEqualTo(3);
    }

    @Test
    void inMemory(
        @ScriptedListener(ECHO) Listener server,
        @Tapped(to = "server", keepInMemory = 4096) Tap tap) {
      ask(tap, "hi");
    }
  }

  @Test
  void aSystemPropertyPointsToTheTapWhileItIsThere() {
    System.setProperty("partyline.test.a", "before");
    TestRun.of(Property.class).assertPassed(2);
    assertThat(System.getProperty("partyline.test.a")).isEqualTo("before");
    assertThat(System.getProperty("partyline.test.b")).isNull();
    System.clearProperty("partyline.test.a");
  }

  static class Property {
    @ScriptedListener(ECHO)
    static Listener server;

    @Tapped(
        to = "server",
        systemProperty = {"partyline.test.a=http://${address}/", "partyline.test.b=${host}"})
    static Tap tap;

    @Test
    void isSet() {
      ask(tap, "hi");
      assertThat(System.getProperty("partyline.test.a"))
          .isEqualTo("http://127.0.0.1:" + tap.port() + "/");
      assertThat(System.getProperty("partyline.test.b")).isEqualTo("127.0.0.1");
    }

    @Test
    void isSetAnewByTheTapOfATest(
        @Tapped(to = "server", systemProperty = "partyline.test.a=$${port}") Tap other) {
      ask(other, "hi");
      assertThat(System.getProperty("partyline.test.a")).isEqualTo("$" + other.port());
    }
  }

  @Test
  void programsGetTheirEnvironment() {
    TestRun.of(Environment.class).assertPassed(1);
  }

  static class Environment {
    @ScriptedListener(ECHO)
    static Listener server;

    @Tapped(
        to = "server",
        environment = {"A=${port}", "B=class"})
    static Tap outer;

    @Tapped(to = "server", ipv6 = true, environment = "B=x=${address}")
    Tap inner;

    @Test
    void isThere(
        TestInfo info,
        @TappedEnvironment ProcessBuilder program,
        @TappedEnvironment Map<String, String> variables) {
      ask(outer, "hi");
      ask(inner, "hi");
      assertThat(variables)
          .containsOnly(
              Map.entry("A", "" + outer.port()),
              Map.entry("B", "x=[" + inner.host() + "]:" + inner.port()));
      assertThat(program.environment()).containsAllEntriesOf(variables).containsKey("PATH");
    }
  }
}
