package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.RecordingPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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

  /** Returns a listener whose handler has failed, after it has closed the listener itself. */
  private static Listener listenerThatFailedAfterItsEnd() {
    CompletableFuture<Listener> own = new CompletableFuture<>();
    CompletableFuture<Thread> handler = new CompletableFuture<>();
    Listener listener =
        Listener.handling(
                connection -> {
                  handler.complete(Thread.currentThread());
                  own.join().close();
                  throw new IllegalStateException("mine");
                })
            .start();
    own.complete(listener);
    try (LineClient client = LineClient.of(listener)) {
      client.receiveLine();
      handler.join().join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return listener;
  }

  @Test
  void aFailureInTheBackgroundFailsTheTest() {
    assertThat(TestRun.of(LeavesItOpen.class).failure()).hasMessageContaining("mine");
  }

  @ExtendWith(ScriptedExtension.class)
  static class LeavesItOpen {
    @AutoClose Listener closedAfterTheVerdict;

    @Test
    void passes() {
      closedAfterTheVerdict = failedListener();
    }
  }

  @Test
  void a_failure_that_close_has_thrown_to_the_test_is_not_told_again() {
    TestRun.of(ExpectsIt.class).assertPassed(3);
  }

  @ExtendWith(ScriptedExtension.class)
  static class ExpectsIt {
    @Test
    void ofAListener() {
      assertThatThrownBy(failedListener()::close).hasMessageContaining("mine");
    }

    @Test
    void ofAnotherThread() {
      Listener listener = failedListener();
      assertThatThrownBy(() -> CompletableFuture.runAsync(listener::close).join())
          .hasStackTraceContaining("mine");
    }

    @Test
    void ofATap(@TempDir Path directory) throws IOException {
      RecordingPolicy policy =
          RecordingPolicy.everything().inMemory(0).spillingTo(directory.resolve("none"));
      try (Listener listener = Listener.playing("C: PING\nS: PONG").start()) {
        Tap tap = Tap.to(listener).keeping(policy).start();
        assertThat(LineClient.ask(tap, "PING")).isEqualTo("PONG");
        assertThatThrownBy(tap::close).hasMessageContaining("none");
      }
    }
  }

  @Test
  void a_failure_after_the_close_fails_the_test() {
    assertThat(TestRun.of(FailsAfterItsEnd.class).failure()).hasMessageContaining("mine");
  }

  @ExtendWith(ScriptedExtension.class)
  static class FailsAfterItsEnd {
    @Test
    void passes() {
      listenerThatFailedAfterItsEnd().close();
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
    private final Listener listener = listenerThatFailedAfterItsEnd();

    @Test
    void passes() {
      assertThat(listener.port()).isPositive();
    }
  }

  @ExtendWith(ScriptedExtension.class)
  static class InBeforeEach {
    private Listener listener;

    @BeforeEach
    void open() {
      listener = listenerThatFailedAfterItsEnd();
    }

    @Test
    void passes() {
      assertThat(listener.port()).isPositive();
    }
  }

  @ExtendWith(ScriptedExtension.class)
  static class InOtherThread {
    @Test
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void passes() {
      listenerThatFailedAfterItsEnd();
    }
  }

  @Test
  void aTestWithoutOurExtensionStaysAsItIs() {
    TestRun.of(WithoutExtension.class).assertPassed(1);
  }

  static class WithoutExtension {
    @Test
    void passes() {
      listenerThatFailedAfterItsEnd();
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
      listenerThatFailedAfterItsEnd();
      for (int i = 0; i < 30; i++) {
        Listener.silent().start().close();
      }
    }
  }
}
