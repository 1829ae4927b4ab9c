package dev.partyline.junit5.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.FreePort;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.TestRun;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A bind that fails names no port, so the failure of the test tells who has those of the test. */
@EnabledOnOs(OS.LINUX)
class PortConflictTest {
  private static final String START =
      "the ports of this test, one of which may be the one in use:\n  ";

  /** Code under test, which binds without a word about the port. */
  private static void serve(int port) {
    try {
      new ServerSocket(port).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLeasedPortThatIsTakenSaysByWhom() {
    Throwable failure = TestRun.of(OnALeasedPort.class).failure();
    assertThat(failure).hasMessageEndingWith("Address already in use");
    assertThat(failure.getSuppressed()[0])
        .hasMessageStartingWith(START + "tcp6 [::]:" + OnALeasedPort.port)
        .hasMessageContainingAll(
            " LISTEN [this JVM, descriptor ",
            "\n  port %d is leased in this JVM, and held; it was reserved by @FreePort field"
                .formatted(OnALeasedPort.port));
  }

  static class OnALeasedPort {
    private static int port;

    @FreePort int leasedPort;
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
      port = leasedPort;
      server = new ServerSocket(leasedPort);
    }

    @AfterEach
    void close() throws IOException {
      server.close();
    }

    @Test
    void bindsTwice() {
      serve(port);
    }
  }

  @Test
  void aPortOfAListenerSaysSoEvenBeforeTheTest() {
    Throwable failure = TestRun.of(OnThePortOfAListener.class).failure();
    assertThat(failure.getSuppressed()[0])
        .hasMessageContaining(START + "tcp 127.0.0.1:" + OnThePortOfAListener.port + " LISTEN [");
  }

  static class OnThePortOfAListener {
    private static int port;

    @ScriptedListener("C: ...")
    Listener listener;

    @BeforeEach
    void start() {
      port = listener.port();
      serve(port);
    }

    @Test
    void isNotReached() {}
  }

  @Test
  void aListenerOfOurOwnSaysItItself() {
    Throwable failure = TestRun.of(WithAListener.class).failure();
    assertThat(failure).hasMessageContaining("Who has it now:\ntcp");
    assertThat(failure.getSuppressed()[0]).hasMessageNotContaining(START);
  }

  static class WithAListener {
    @Test
    void bindsTwice(@FreePort int port) throws IOException {
      try (ServerSocket server = new ServerSocket(port);
          Listener listener = Listener.silent().onPort(server.getLocalPort()).start()) {
        listener.drainInput();
      }
    }
  }
}
