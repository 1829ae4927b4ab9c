package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Listeners, clients and taps that tests make in code belong to these tests too. */
class OpenedInCodeTest {
  /** Returns a listener whose handler has failed. */
  private static Listener failedListener() {
    Listener listener =
        Listener.handling(
                connection -> {
                  throw new IllegalStateException("mine");
                })
            .start();
    LineClient client = LineClient.of(listener);
    // The handler's connection is reset after its problem was noted.
    client.receiveLine();
    client.close();
    return listener;
  }

  @Test
  void aFailureInTheBackgroundFailsTheTest() {
    assertThat(TestRun.of(LeavesItOpen.class).failure()).hasMessageContaining("mine");
  }

  @ExtendWith(ScriptedExtension.class)
  static class LeavesItOpen {
    @RegisterExtension final LeakedResources left = new LeakedResources();

    @Test
    void passes() {
      left.add(failedListener());
    }
  }

  @Test
  void aFailureInTheBackgroundFailsTheTestThatHasClosedTheListener() {
    assertThat(TestRun.of(SwallowsIt.class).failure()).hasMessageContaining("mine");
  }

  @ExtendWith(ScriptedExtension.class)
  static class SwallowsIt {
    @Test
    void passes() {
      try (Listener listener = failedListener()) {
        assertThat(listener.port()).isPositive();
      } catch (AssertionError e) {
        assertThat(e).hasMessageContaining("mine");
      }
    }
  }

  @Test
  void aFailureThatTheTestHasFailedWithIsNotReportedAgain() {
    Throwable failure = TestRun.of(FailsWithIt.class).failure();
    assertThat(failure).hasMessageContaining("mine");
    assertThat(failure.getSuppressed()).noneMatch(each -> each instanceof AssertionError);
  }

  @ExtendWith(ScriptedExtension.class)
  static class FailsWithIt {
    @Test
    void fails() {
      failedListener().close();
    }
  }

  @Test
  void whatOtherMethodsAndThreadsOfATestMadeBelongsToIt() {
    assertThat(TestRun.of(InField.class).failure()).hasMessageContaining("mine");
    assertThat(TestRun.of(InBeforeEach.class).failure()).hasMessageContaining("mine");
    assertThat(TestRun.of(InOtherThread.class).failure()).hasMessageContaining("mine");
  }

  @ExtendWith(ScriptedExtension.class)
  static class InField {
    private final Listener listener = failedListener();

    @Test
    void passes() {
      assertThat(listener.port()).isPositive();
    }

    @AfterEach
    void close() {
      closeQuietly(listener);
    }
  }

  @ExtendWith(ScriptedExtension.class)
  static class InBeforeEach {
    private Listener listener;

    @BeforeEach
    void open() {
      listener = failedListener();
    }

    @Test
    void passes() {
      closeQuietly(listener);
    }
  }

  @ExtendWith(ScriptedExtension.class)
  static class InOtherThread {
    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void passes() {
      closeQuietly(failedListener());
    }
  }

  private static void closeQuietly(Listener listener) {
    try {
      listener.close();
    } catch (AssertionError e) {
      assertThat(e).hasMessageContaining("mine");
    }
  }

  @Test
  void aTestWithoutOurExtensionStaysAsItIs() {
    TestRun.of(WithoutExtension.class).assertPassed(1);
  }

  static class WithoutExtension {
    @Test
    void passes() {
      closeQuietly(failedListener());
    }
  }

  @Test
  void theConversationsOfAFailingTestAreShown() {
    assertThat(TestRun.of(Fails.class).failure().getSuppressed()[0].getMessage())
        .containsPattern(
            "\nListener\\{tcp .*, closed}, opened at .*OpenedInCodeTest\\$Fails\\.fails")
        .containsPattern("\nTap\\{tcp .*, closed}, opened at .*OpenedInCodeTest\\$Fails\\.fails")
        .containsPattern("\nClient\\{tcp .*, closed}, opened at .*OpenedInCodeTest\\$Fails\\.fails")
        .contains("  C: PING\n");
  }

  @ExtendWith(ScriptedExtension.class)
  static class Fails {
    @Test
    void fails() {
      try (Listener listener = Listener.playing("C: PING\nS: PONG").start();
          Tap tap = Tap.to(listener).start();
          Client client = Client.to(tap.address()).start()) {
        client.sendLine("PING");
        client.readLine();
        fail("mine");
      }
    }
  }

  @Test
  void ofManyThatWereClosedTheLastAreKept() {
    String text = TestRun.of(Many.class).failure().getSuppressed()[0].getMessage();
    assertThat(text).doesNotContain("C: message 0\n").contains("C: message 29\n");
    assertThat(text.split("opened at", -1)).hasSize(21);
  }

  @ExtendWith(ScriptedExtension.class)
  static class Many {
    @Test
    void fails() {
      for (int i = 0; i < 30; i++) {
        try (Listener listener = Listener.playing("C: ...").start();
            LineClient client = LineClient.of(listener)) {
          client.sendLine("message " + i);
        }
      }
      fail("mine");
    }
  }

  @Test
  void aFailureOfOneThatIsForgottenFailsTheTest() {
    assertThat(TestRun.of(FailsEarly.class).failure()).hasMessageContaining("mine");
  }

  @ExtendWith(ScriptedExtension.class)
  static class FailsEarly {
    @AfterAll
    static void passesToo() {
      Listener.silent().start().close();
    }

    @Test
    void passes() {
      closeQuietly(failedListener());
      for (int i = 0; i < 30; i++) {
        Listener.silent().start().close();
      }
    }
  }
}
