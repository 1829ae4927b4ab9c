package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Classes whose tests share a client and its server, and are checked together. */
@EnabledOnOs(OS.LINUX)
class LeaksOfClassesTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  @Test
  void testsMayShareAClientThatTheFirstOfThemConnects() {
    TestRun.of(SharedClient.class).assertPassed(3);
    assertThat(TestRun.ofLeaking(CheckedEach.class).failed()).containsExactly("first()");
  }

  @NoSocketLeaks(check = NoSocketLeaks.Check.AFTER_ALL)
  static class SharedClient extends Shop {}

  @NoSocketLeaks
  static class CheckedEach extends Shop {}

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @TestMethodOrder(MethodOrderer.MethodName.class)
  abstract static class Shop {
    private static ServerSocket server;
    @AutoClose private Socket client;

    @BeforeAll
    static void open() throws IOException {
      server = new ServerSocket(0, 5, LOOPBACK);
    }

    @AfterAll
    static void close() throws IOException {
      server.close();
    }

    private void connect() throws IOException {
      if (client == null) {
        client = new Socket(LOOPBACK, server.getLocalPort());
      }
      assertThat(client.isConnected()).isTrue();
    }

    @Test
    void first() throws IOException {
      connect();
    }

    @Test
    void second() throws IOException {
      connect();
    }

    @Nested
    class Inside {
      @Test
      void third() throws IOException {
        connect();
      }
    }
  }

  @Test
  void theClassFailsForWhatATestHasLeftAndNamesTheTest() {
    TestRun run = TestRun.ofLeaking(LeavingInOneTest.class);
    assertThat(run.failed()).containsExactly("LeaksOfClassesTest$LeavingInOneTest");
    assertThat(run.failure()).hasMessageStartingWith("LeavingInOneTest.leaves() left 1 socket");
  }

  @NoSocketLeaks(check = NoSocketLeaks.Check.AFTER_ALL)
  static class LeavingInOneTest {
    @Test
    void leaves() throws IOException {
      LEAKED.add(new ServerSocket(0, 1, LOOPBACK));
    }

    @Test
    void other() {}
  }

  @Test
  void aMethodWithTheAnnotationIsCheckedAtItsOwnEnd() {
    TestRun run = TestRun.ofLeaking(WithAnnotatedMethod.class);
    assertThat(run.failed()).containsExactly("leaves()");
    assertThat(run.failure()).hasMessageStartingWith("WithAnnotatedMethod.leaves() left 1 socket");
  }

  @NoSocketLeaks(check = NoSocketLeaks.Check.AFTER_ALL)
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class WithAnnotatedMethod extends Shop {
    @Test
    @NoSocketLeaks
    void leaves() throws IOException {
      LEAKED.add(new ServerSocket(0, 1, LOOPBACK));
    }
  }

  @Test
  void aMethodCannotBeCheckedAfterAllTests() {
    assertThat(TestRun.of(OnMethod.class).failure())
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@NoSocketLeaks method [test] has check = AFTER_ALL, but only a class can be checked"
                + " after all its tests: put it on the class");
  }

  static class OnMethod {
    @Test
    @NoSocketLeaks(check = NoSocketLeaks.Check.AFTER_ALL)
    void test() {}
  }
}
