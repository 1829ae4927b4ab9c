package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** When a client connects, to which server, and what fails its test. */
class ScriptedClientTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final String PINGS = "every connection\n  repeat\n    C: PING\n    S: PONG\n";

  @Test
  void aScriptedClientPlaysAgainstAScriptedListener() {
    TestRun.of(BothEnds.class).assertPassed(2);
  }

  static class BothEnds {
    @ScriptedListener(PING)
    Listener server;

    @ScriptedClient(to = "server", value = PING)
    private Client client;

    @Test
    void theScriptIsTheTest() {}

    @Test
    void hasItsOwnClient() {
      assertThat(client.toString()).doesNotContain("closed");
    }
  }

  @Test
  void withoutAScriptItIsDrivenByHand() {
    TestRun.of(ByHand.class).assertPassed(1);
  }

  static class ByHand {
    @Test
    void exchangesLines(
        @ScriptedListener(PING) Listener server, @ScriptedClient(to = "server") Client client) {
      client.sendLine("PING");
      client.expectLine("PONG");
    }
  }

  @Test
  void aFieldConnectsAfterTheBeforeEachMethodsAndIsWaitedForBeforeTheAfterEachMethods() {
    TestRun.of(AroundServer.class).assertPassed(1);
  }

  static class AroundServer {
    @ScriptedClient(to = "port", value = "C: PING\npause 50ms\nC: PING\nS: PONG\nS: PONG")
    Client client;

    Listener server;

    @BeforeEach
    void start() {
      assertThat(client).isNull();
      server = listener(PINGS);
    }

    int port() {
      return server.port();
    }

    @Test
    void theScriptIsTheTest() {}

    @AfterEach
    void stop() {
      server.close();
    }
  }

  private static Listener listener(String script) {
    return Listener.playing(script).start();
  }

  @Test
  void aStaticFieldConnectsBeforeTheFirstTestAndStaysForTheClass() {
    TestRun.of(ForTheClass.class).assertPassed(3);
  }

  static class ForTheClass {
    @ScriptedListener(PINGS)
    static Listener server;

    @ScriptedClient(to = "server")
    static Client client;

    static Client firstClient;

    @BeforeAll
    static void isNotThereYet() {
      assertThat(client).isNull();
    }

    @RepeatedTest(2)
    void exchangesLines() {
      client.sendLine("PING");
      client.expectLine("PONG");
      assertThat(firstClient == null || firstClient == client).isTrue();
      firstClient = client;
    }

    @Nested
    class Inside {
      @Test
      void exchangesLines() {
        ForTheClass.this.exchangesLines();
      }
    }

    @AfterAll
    static void isThereStill() {
      assertThat(client.toString()).doesNotContain("closed");
      firstClient = null;
    }
  }

  @Test
  void itFindsItsServerInManyWays() {
    TestRun.of(ManyWays.class).assertPassed(1);
  }

  static class ManyWays {
    @ScriptedListener(value = PINGS, ipv6 = true)
    static Listener onIpv6;

    @ScriptedListener(PINGS)
    Listener server;

    @ScriptedListener(value = PINGS, transport = Transport.UNIX)
    Listener unix;

    @ScriptedListener(value = PINGS, transport = Transport.UDP)
    Listener udp;

    @ScriptedClient(to = "server")
    Client toListener;

    @ScriptedClient(to = "unix")
    Client toUnixListener;

    @ScriptedClient(to = "address")
    Client toAddress;

    @ScriptedClient(to = "port")
    Client toPort;

    @ScriptedClient(to = "path")
    Client toPath;

    @ScriptedClient(to = "onIpv6")
    Client toIpv6;

    @ScriptedClient(to = "udp", transport = Transport.UDP)
    Client toUdp;

    InetSocketAddress address() {
      return (InetSocketAddress) server.address();
    }

    /** A server of another kind, with a method that returns its port. */
    Object port = this;

    int port() {
      return server.port();
    }

    Path path() {
      return unix.path();
    }

    @Test
    void exchangesLines() {
      for (Client client :
          new Client[] {toListener, toUnixListener, toAddress, toPort, toPath, toIpv6, toUdp}) {
        client.sendLine("PING");
        client.expectLine("PONG");
      }
    }
  }

  @Test
  void aScriptTakesARefusalAsItsFailure() {
    assertThat(TestRun.of(Literal.class).failure())
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("[client] failed:", "refused: cannot connect to tcp 127.0.0.1:1");
  }

  static class Literal {
    @ScriptedClient(to = "127.0.0.1:1", value = PING)
    Client client;

    @Test
    void connects() {}
  }

  @Test
  void aLiteralAddressOfIpv6StandsInBrackets() {
    assertThat(TestRun.of(Ipv6Literal.class).failure()).hasMessageContaining("[::1]:1");
  }

  static class Ipv6Literal {
    @ScriptedClient(to = "[::1]:1", value = PING)
    Client client;

    @Test
    void connects() {}
  }

  @Test
  void aClientByHandThatCannotConnectFailsTheTest() {
    assertThat(TestRun.of(Refused.class).failure())
        .hasMessageContaining(
            "@ScriptedClient parameter [client]: cannot connect to tcp 127.0.0.1:1: Connection"
                + " refused");
  }

  static class Refused {
    @Test
    void connects(@ScriptedClient(to = "127.0.0.1:1") Client client) {}
  }

  @Test
  void wrongBytesFromTheServerFailTheTest() {
    assertThat(TestRun.of(WrongBytes.class).failure())
        .hasMessageContainingAll(
            "the script of @ScriptedClient field [client] failed:",
            "wrong bytes",
            "> here      S: PANG",
            "received  S: PO");
  }

  static class WrongBytes {
    @ScriptedListener(PINGS)
    Listener server;

    @ScriptedClient(to = "server", value = "C: PING\nS: PANG")
    Client client;

    @Test
    void theScriptIsTheTest() {}
  }

  @Test
  void aServerThatSaysTooMuchFailsTheTest() {
    assertThat(TestRun.of(ExtraBytes.class).failure())
        .hasMessageContainingAll("field [client] failed:", "extra bytes", "received  S: and more");
  }

  static class ExtraBytes {
    @ScriptedListener("C: PING\nS: PONG\nS: and more")
    Listener server;

    @ScriptedClient(to = "server", value = PING)
    Client client;

    @Test
    void theScriptIsTheTest() {}
  }

  @Test
  void clientsAndListenersMayShareMarks() {
    TestRun.of(Ordered.class).assertPassed(1);
  }

  static class Ordered {
    @ScriptedListener(value = "C: first\nmark heard\nS: OK", marks = "order")
    Listener one;

    @ScriptedListener(value = "C: second\nS: OK", marks = "order")
    Listener other;

    @ScriptedClient(to = "other", value = "await heard\nC: second\nS: OK", marks = "order")
    Client second;

    @ScriptedClient(to = "one", value = "C: first\nS: OK")
    Client first;

    @Test
    void theScriptIsTheTest() {
      assertThat(one.marks()).isSameAs(other.marks()).isSameAs(second.marks());
      assertThat(first.marks()).isNotSameAs(one.marks());
    }
  }

  @Test
  void a_client_tries_its_connect_again_while_the_server_is_starting() {
    TestRun.of(LateServer.class).assertPassed(1);
  }

  static class LateServer {
    private static final Executor LATE =
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    @FreePort int port;

    @ScriptedClient(to = "port", value = PING, retryingConnect = "1m")
    Client client;

    CompletableFuture<Listener> server;

    @BeforeEach
    void start() {
      server = CompletableFuture.supplyAsync(this::listener, LATE);
    }

    private Listener listener() {
      return Listener.playing(PING).onPort(port).start();
    }

    @Test
    void theScriptIsTheTest() {}

    @AfterEach
    void stop() {
      server.join().close();
    }
  }

  @Test
  void the_time_of_a_retried_connect_is_a_time() {
    assertThat(TestRun.of(WrongRetry.class).failure())
        .hasMessageStartingWith(
            "@ScriptedClient field [client] has retryingConnect = \"soon\", which must be a time");
  }

  @Test
  void a_connect_over_udp_is_not_tried_again() {
    assertThat(TestRun.of(RetryOverUdp.class).failure())
        .hasMessageStartingWith("@ScriptedClient field [client]: retryingConnect (PT1S) needs a");
  }

  static class RetryOverUdp {
    @ScriptedClient(to = "127.0.0.1:1", transport = Transport.UDP, retryingConnect = "1s")
    Client client;

    @Test
    void test() {}
  }

  static class WrongRetry {
    @ScriptedClient(to = "127.0.0.1:1", retryingConnect = "soon")
    Client client;

    @Test
    void test() {}
  }
}
