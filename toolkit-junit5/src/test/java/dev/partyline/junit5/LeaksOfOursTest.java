package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of a socket, and of what a test has opened with the toolkit itself. */
@EnabledOnOs(OS.LINUX)
class LeaksOfOursTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();
  private static Listener server;

  @BeforeAll
  static void startServer() {
    server = Listener.silent().start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  /** Returns the failure of the test that leaves it open; the one that closes it must not fail. */
  private static Throwable leak(Class<? extends Kind> kind) {
    TestRun run = TestRun.ofLeaking(kind);
    assertThat(run.failed()).as("%s", run.failures()).containsExactly("leaves()");
    return run.failure();
  }

  /** Two tests of one kind of socket. */
  @NoSocketLeaks
  abstract static class Kind {
    abstract AutoCloseable open() throws Exception;

    @Test
    void leaves() throws Exception {
      LEAKED.add(open());
    }

    @Test
    void closes() throws Exception {
      open().close();
    }
  }

  @Test
  void aSocket() {
    assertThat(leak(OfSocket.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("OfSocket.leaves() left 1 socket open:\n  tcp6 127.0.0.1:")
        .hasMessageContaining(" -> 127.0.0.1:" + server.port() + " ESTABLISHED, descriptor ")
        .hasMessageContaining("the client of your Listener{tcp 127.0.0.1:" + server.port())
        .hasMessageContaining("@NoSocketLeaks(ignoring = ");
  }

  static class OfSocket extends Kind {
    @Override
    Socket open() throws IOException {
      return new Socket(LOOPBACK, server.port());
    }
  }

  @Test
  void aListenerOfOursWithTheStackOfItsOpening() {
    assertOurs(leak(OfListener.class), "Listener{tcp 127.0.0.1:", "OfListener");
  }

  static class OfListener extends Kind {
    @Override
    Listener open() {
      return Listener.silent().start();
    }
  }

  @Test
  void aClientOfOursWithTheStackOfItsOpening() {
    assertOurs(leak(OfClient.class), "Client{tcp 127.0.0.1:" + server.port(), "OfClient");
  }

  static class OfClient extends Kind {
    @Override
    Client open() {
      return Client.to(server.address()).start();
    }
  }

  @Test
  void aTapOfOursWithTheStackOfItsOpening() {
    assertOurs(leak(OfTap.class), "Tap{tcp 127.0.0.1:", "OfTap");
  }

  static class OfTap extends Kind {
    @Override
    Tap open() {
      return Tap.to(server).start();
    }
  }

  @Test
  void aPortLeaseWithTheStackOfItsOpening() {
    Throwable leak = leak(OfLease.class);
    assertOurs(leak, "PortLease{127.0.0.1:", "OfLease");
    assertThat(leak).hasMessageContaining("left 2 sockets open");
  }

  static class OfLease extends Kind {
    @Override
    AutoCloseable open() {
      return Ports.reserveBlock(2);
    }
  }

  private static void assertOurs(Throwable leak, String what, String location) {
    assertThat(leak)
        .hasMessageContaining("open:\n  " + what)
        .hasMessageContaining(
            ", opened at " + LeaksOfOursTest.class.getName() + "$" + location + ".open(");
    assertThat(leak.getSuppressed()).hasSize(1);
    assertThat(leak.getSuppressed()[0])
        .hasMessageStartingWith(what)
        .hasMessageEndingWith(" was opened here");
    assertThat(leak.getSuppressed()[0].getStackTrace()[0].getMethodName()).isEqualTo("open");
  }
}
