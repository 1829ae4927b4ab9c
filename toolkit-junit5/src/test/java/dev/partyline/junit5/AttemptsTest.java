package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Other extensions, and build tools, may repeat a test that has failed because of its script. */
class AttemptsTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final AtomicInteger ATTEMPT = new AtomicInteger();

  @TempDir private Path reports;

  @BeforeEach
  void reset() {
    ATTEMPT.set(0);
  }

  /** Runs a test twice at most: the first failure of its method aborts it, as others do that. */
  @ExtendWith(Retry.class)
  @Retention(RetentionPolicy.RUNTIME)
  @TestTemplate
  @interface Retrying {}

  static class Retry
      implements TestTemplateInvocationContextProvider, TestExecutionExceptionHandler {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
      return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
        ExtensionContext context) {
      return Stream.of(
          new TestTemplateInvocationContext() {}, new TestTemplateInvocationContext() {});
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      if (ATTEMPT.get() == 1) {
        throw new TestAbortedException("will be tried again", failure);
      }
      throw failure;
    }
  }

  @Test
  void a_test_is_tried_again_after_a_failure_of_its_script() {
    assertPassedAtSecondAttempt(WrongBytesOnce.class);
    assertPassedAtSecondAttempt(WrongBytesOnceAndStops.class);
    assertPassedAtSecondAttempt(UnfinishedOnce.class);
    UnfinishedOnce.unfinished.close();
    assertPassedAtSecondAttempt(UnusedOnce.class);
    assertPassedAtSecondAttempt(NoHitOnce.class);
    assertPassedAtSecondAttempt(WrongBytesOnceShared.class);
    assertPassedAtSecondAttempt(BackgroundFailureOnce.class);
    assertThatThrownBy(BackgroundFailureOnce.failing::close).hasStackTraceContaining("mine");
  }

  private void assertPassedAtSecondAttempt(Class<?> test) {
    ATTEMPT.set(0);
    assertThat(TestRun.of(test).failures()).as(test.getSimpleName()).isEmpty();
    assertThat(ATTEMPT).hasValue(2);
  }

  private static boolean isFirst() {
    return ATTEMPT.incrementAndGet() == 1;
  }

  static class WrongBytesOnce {
    @ScriptedListener(PING)
    Listener listener;

    @Retrying
    void asks() {
      ask(listener, isFirst() ? "POKE" : "PING");
    }
  }

  static class WrongBytesOnceAndStops extends WrongBytesOnce {
    @AfterEach
    void stop() {}
  }

  static class UnfinishedOnce {
    @ScriptedListener(value = PING, deadline = "100ms")
    Listener listener;

    static LineClient unfinished;

    @Retrying
    void asks() {
      if (isFirst()) {
        unfinished = LineClient.of(listener);
      } else {
        ask(listener, "PING");
      }
    }
  }

  static class UnusedOnce {
    @ScriptedListener(PING)
    Listener listener;

    @Retrying
    void asks() {
      if (!isFirst()) {
        ask(listener, "PING");
      }
    }
  }

  static class NoHitOnce {
    @ScriptedListener("C: ...")
    Listener listener;

    @Tapped(to = "listener", weather = "delay 1ms must fire")
    Tap tap;

    @Retrying
    void connects() {
      boolean first = isFirst();
      try (LineClient client = LineClient.of(tap.host(), tap.port())) {
        if (!first) {
          client.sendLine("PING");
        }
      }
    }
  }

  static class WrongBytesOnceShared {
    @ScriptedListener("every connection\n  C: PING\n  S: PONG")
    static Listener listener;

    @Retrying
    void asks() {
      ask(listener, isFirst() ? "POKE" : "PING");
    }
  }

  @ExtendWith(ScriptedExtension.class)
  static class BackgroundFailureOnce {
    static Listener failing;

    @Retrying
    void asks() {
      if (isFirst()) {
        failing =
            Listener.handling(
                    connection -> {
                      throw new IllegalStateException("mine");
                    })
                .start();
        try (LineClient client = LineClient.of(failing)) {
          client.receiveLine();
        }
      }
    }
  }

  @Test
  void what_a_later_step_may_still_finish_is_checked_after_it() {
    TestRun.of(FinishedByMethod.class, FinishedByExtension.class).assertPassed(2);
  }

  abstract static class FinishesLater {
    @ScriptedListener(value = "C: PING\nC: QUIT", deadline = "1m")
    Listener listener;

    LineClient client;

    @Test
    void begins() {
      client = LineClient.of(listener);
      client.sendLine("PING");
    }

    final void finish() {
      client.sendLine("QUIT");
      client.close();
    }
  }

  static class FinishedByMethod extends FinishesLater {
    @AfterEach
    void stop() {
      finish();
    }
  }

  static class FinishedByExtension extends FinishesLater {
    @RegisterExtension final Finisher finisher = new Finisher();
  }

  static class Finisher implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      ((FinishesLater) context.getRequiredTestInstance()).finish();
    }
  }

  @Test
  void each_attempt_keeps_its_files() throws IOException {
    ReportTest.run(WrongBytesOnce.class, reports);
    assertThat(files("listener.wire")).hasSize(1);
    ATTEMPT.set(0);
    ReportTest.run(AlwaysWrong.class, reports);
    ReportTest.run(AlwaysWrong.class, reports);
    ReportTest.run(AlwaysWrong.class, reports);
    List<Path> all = files("wrong.wire", "wrong-attempt-2.wire", "wrong-attempt-3.wire");
    assertThat(all).hasSize(3);
    assertThat(Files.readString(all.get(0))).contains("C: POKE 2");
    assertThat(files("connections.txt", "connections-attempt-2.txt", "connections-attempt-3.txt"))
        .hasSize(4);
  }

  static class AlwaysWrong {
    @ScriptedListener(PING)
    Listener wrong;

    @Test
    void asks() {
      ask(wrong, "POKE " + ATTEMPT.incrementAndGet());
    }
  }

  private List<Path> files(String... names) throws IOException {
    try (Stream<Path> all = Files.walk(reports)) {
      return all.filter(file -> List.of(names).contains(String.valueOf(file.getFileName())))
          .sorted()
          .toList();
    }
  }
}
