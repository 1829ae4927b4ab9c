package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are arguments, which JUnit closes after scripts and leaks are judged. */
class AutoCloseArgumentsTest {
  private static final String UNTIL_CLOSED = "C! close";
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  static Stream<Socket> sockets() {
    return Stream.of(new Socket(), new Socket());
  }

  private static void connect(Socket client, Listener shop) throws IOException {
    client.connect(new InetSocketAddress(shop.host(), shop.port()));
  }

  @Test
  void a_script_sees_the_end_of_a_client_that_is_an_argument() {
    TestRun.of(OfMethod.class).assertPassed(2);
  }

  static class OfMethod {
    @ScriptedListener(value = UNTIL_CLOSED, deadline = "1s")
    Listener shop;

    @ParameterizedTest
    @MethodSource("dev.partyline.junit5.AutoCloseArgumentsTest#sockets")
    void connects(Socket client) throws IOException {
      connect(client, shop);
    }
  }

  @Test
  void a_script_of_the_class_sees_the_end_of_its_arguments() {
    TestRun.of(OfClass.class).assertPassed(2);
  }

  @ParameterizedClass
  @MethodSource("dev.partyline.junit5.AutoCloseArgumentsTest#sockets")
  static class OfClass {
    @ScriptedListener(value = "every connection\n  C! close", deadline = "1s")
    static Listener shop;

    @Parameter Socket client;

    @Test
    void connects() throws IOException {
      connect(client, shop);
    }
  }

  @Test
  void an_argument_of_the_class_stays_open_during_its_tests() {
    TestRun.of(TwoTests.class).assertPassed(4);
  }

  @ParameterizedClass
  @MethodSource("dev.partyline.junit5.AutoCloseArgumentsTest#sockets")
  static class TwoTests {
    @ScriptedListener("repeat\n  C: hi\n  S: hello")
    Listener shop;

    @Parameter Socket client;

    @Test
    void first() {
      askWhileOpen();
    }

    @Test
    void second() {
      askWhileOpen();
    }

    private void askWhileOpen() {
      assertThat(client.isClosed()).isFalse();
      LineClient.ask(shop, "hi");
    }
  }

  @Test
  void an_argument_that_junit_is_to_leave_open_stays_open() {
    TestRun run = TestRun.of(LeftOpen.class);
    assertThat(run.failures())
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).hasMessageContaining("[shop] failed:"));
  }

  static class LeftOpen {
    @ScriptedListener(value = "C: hi\nC! close", deadline = "10ms")
    Listener shop;

    static Stream<Socket> leftOpen() {
      return sockets().peek(LEAKED::add);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("leftOpen")
    void connects(Socket client) throws IOException {
      connect(client, shop);
    }
  }

  @Test
  void an_error_of_the_close_fails_the_test() {
    assertThat(TestRun.of(FailingClose.class).failure())
        .hasMessageContaining("could not be closed: java.io.IOException: broken");
  }

  static class FailingClose {
    @ScriptedListener("C: hi\nS: hello")
    Listener shop;

    static Stream<Closeable> broken() {
      return Stream.of(
          () -> {
            throw new IOException("broken");
          });
    }

    @ParameterizedTest
    @MethodSource("broken")
    void test(Closeable client) {
      assertThat(client).isNotNull();
      LineClient.ask(shop, "hi");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_argument_is_no_leak() {
    TestRun.of(NoLeak.class, NoLeakOfSharedInstance.class).assertPassed(4);
    TestRun.of(NoLeakOfClass.class).assertPassed(2);
  }

  @NoSocketLeaks
  static class NoLeak {
    @ParameterizedTest
    @MethodSource("dev.partyline.junit5.AutoCloseArgumentsTest#sockets")
    void connects(Socket client) throws IOException {
      try (Listener silent = Listener.silent().start()) {
        connect(client, silent);
      }
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class NoLeakOfSharedInstance extends NoLeak {}

  @NoSocketLeaks(check = NoSocketLeaks.Check.AFTER_ALL)
  @ParameterizedClass
  @MethodSource("dev.partyline.junit5.AutoCloseArgumentsTest#sockets")
  static class NoLeakOfClass {
    @Parameter Socket client;

    @Test
    void connects() throws IOException {
      try (Listener silent = Listener.silent().start()) {
        connect(client, silent);
      }
    }
  }
}
