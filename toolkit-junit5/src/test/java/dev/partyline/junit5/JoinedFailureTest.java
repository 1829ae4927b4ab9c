package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.partyline.assertions.PartylineAssertions;
import dev.partyline.loopback.Listener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/** A failure of the test itself says in its first line what our endpoints have found, too. */
class JoinedFailureTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final String VERDICT =
      " \\(the script of @ScriptedListener (field|parameter) \\[listener] failed: connection 1 from"
          + " \\S+ to \\S+: wrong bytes: the client sent something else\\)";

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static Throwable conversations(Throwable failure) {
    assertThat(failure.getSuppressed()).hasSize(1);
    return failure.getSuppressed()[0];
  }

  @Test
  void an_exception_of_the_test_is_named_with_the_script_that_failed() {
    Throwable failure = TestRun.of(Throws.class).failure();
    assertThat(firstLine(failure)).matches("IllegalStateException: mine" + VERDICT);
    assertThat(failure).hasMessageContainingAll("> here      C: PING", "received  C: PO");
    assertThat(failure.getCause()).isInstanceOf(IllegalStateException.class).hasMessage("mine");
    assertThat(failure.getStackTrace()).isEqualTo(failure.getCause().getStackTrace());
    assertThat(conversations(failure)).hasMessageStartingWith("conversations\n");
  }

  static class Throws {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void asks() {
      ask(listener, "POKE");
      throw new IllegalStateException("mine");
    }
  }

  @Test
  void what_an_assertion_on_the_script_has_told_is_not_told_again() {
    Throwable failure = TestRun.of(AssertsScript.class).failure();
    assertThat(firstLine(failure)).matches("the script was not finished .*" + VERDICT);
    assertThat(failure.getMessage()).containsOnlyOnce("> here      C: PING");

    // The assertion is on another listener than the one whose script failed.
    assertThat(TestRun.of(AssertsOther.class).failure())
        .hasMessageContainingAll("no client connected", "> here      C: PING");
  }

  static class AssertsScript {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void asks() {
      ask(listener, "POKE");
      PartylineAssertions.assertThat(listener).within(Duration.ofSeconds(5)).finishedScript();
    }
  }

  static class AssertsOther {
    @ScriptedListener(PING)
    Listener listener;

    @ScriptedListener("C: QUIT")
    Listener other;

    @Test
    void asks() {
      ask(listener, "POKE");
      PartylineAssertions.assertThat(other).finishedScript();
    }
  }

  @Test
  void the_values_that_an_ide_compares_are_kept() {
    Throwable failure = TestRun.of(Compares.class).failure();
    assertThat(firstLine(failure)).matches("expected: <PONG> but was: <\\(.*\\)>" + VERDICT);
    assertThat(failure)
        .isInstanceOfSatisfying(
            AssertionFailedError.class,
            error -> {
              assertThat(error.getExpected().getValue()).isEqualTo("PONG");
              assertThat(error.getActual().getStringRepresentation()).startsWith("(");
            });
  }

  static class Compares {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void asks() {
      assertEquals("PONG", ask(listener, "POKE"));
    }
  }

  @Test
  void several_failures_stay_several() {
    Throwable failure = TestRun.of(Several.class).failure();
    assertThat(firstLine(failure)).matches("Multiple Failures .*" + VERDICT + " \\(3 failures\\)");
    assertThat(failure)
        .hasCauseInstanceOf(MultipleFailuresError.class)
        .isInstanceOfSatisfying(
            MultipleFailuresError.class,
            error ->
                assertThat(error.getFailures().get(2))
                    .hasMessageContaining("the script of @ScriptedListener field [listener]"));
  }

  static class Several {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void asks() {
      ask(listener, "POKE");
      assertAll(() -> fail("one"), () -> fail("another"));
    }
  }

  @Test
  void a_message_of_many_lines_is_shown_in_one_and_as_it_is() {
    Throwable failure = TestRun.of(LongMessage.class).failure();
    assertThat(firstLine(failure)).matches("Expecting actual: \"\\(.*x{20}.*…" + VERDICT);
    assertThat(failure).hasMessageContaining("\nto contain:\n  \"PONG\"");
  }

  static class LongMessage {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void asks() {
      Assertions.assertThat("(" + "x".repeat(100) + ask(listener, "POKE")).contains("PONG");
    }
  }

  @Test
  void a_failure_of_a_test_that_followed_its_scripts_is_untouched() {
    Throwable failure = TestRun.of(FollowsIt.class).failure();
    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("mine");
    assertThat(conversations(failure)).hasMessageStartingWith("conversations\n");
  }

  static class FollowsIt {
    @ScriptedListener(PING)
    Listener listener;

    @ScriptedListener(PING)
    Listener unused;

    @Test
    void asks() {
      ask(listener, "PING");
      throw new IllegalStateException("mine");
    }
  }

  @Test
  void a_handler_that_failed_is_named_too() {
    Throwable failure = TestRun.of(HandlerFails.class).failure();
    assertThat(firstLine(failure))
        .matches(
            "IllegalStateException: mine \\(the handler of connection 1 .* failed: .*its own\\)");
    assertThat(failure.getSuppressed()[0]).hasStackTraceContaining("its own");
    assertThatThrownBy(HandlerFails.failing::close).hasStackTraceContaining("its own");
  }

  @ExtendWith(ScriptedExtension.class)
  static class HandlerFails {
    static Listener failing;

    @Test
    void asks() {
      failing =
          Listener.handling(
                  connection -> {
                    throw new UnsupportedOperationException("its own");
                  })
              .start();
      try (LineClient client = LineClient.of(failing)) {
        // The reset comes after the failure was noted.
        client.receiveLine();
      }
      throw new IllegalStateException("mine");
    }
  }

  @Test
  void a_test_that_was_interrupted_says_so() {
    Throwable failure = TestRun.of(TimesOut.class).failure();
    assertThat(firstLine(failure)).matches("TimeoutException: asks\\(\\) timed out .*" + VERDICT);
    assertThat(failure).hasCauseInstanceOf(TimeoutException.class);
  }

  static class TimesOut {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    @Timeout(1)
    void asks() throws InterruptedException {
      ask(listener, "POKE");
      new CountDownLatch(1).await();
    }
  }

  @Test
  void so_do_failures_of_constructors_and_of_the_methods_around_tests() {
    for (Class<?> test :
        List.of(
            InConstructor.class,
            InBeforeEach.class,
            InAfterEach.class,
            InBeforeAll.class,
            InAfterAll.class,
            InFactory.class)) {
      Throwable failure = TestRun.of(test).failure();
      assertThat(firstLine(failure))
          .as(test.getSimpleName())
          .matches("IllegalStateException: mine" + VERDICT);
      assertThat(conversations(failure)).hasMessageContaining("C: POKE");
    }
  }

  private static void askAndFail(Listener listener) {
    ask(listener, "POKE");
    throw new IllegalStateException("mine");
  }

  static class InConstructor {
    InConstructor(@ScriptedListener(PING) Listener listener) {
      askAndFail(listener);
    }

    @Test
    void isNeverReached() {}
  }

  static class InBeforeEach {
    @BeforeEach
    void begin(@ScriptedListener(PING) Listener listener) {
      askAndFail(listener);
    }

    @Test
    void isNeverReached() {}
  }

  static class InAfterEach {
    @Test
    void passes() {}

    @AfterEach
    void end(@ScriptedListener(PING) Listener listener) {
      askAndFail(listener);
    }
  }

  static class InBeforeAll {
    @BeforeAll
    static void begin(@ScriptedListener(PING) Listener listener) {
      askAndFail(listener);
    }

    @Test
    void isNeverReached() {}
  }

  static class InAfterAll {
    @Test
    void passes() {}

    @AfterAll
    static void end(@ScriptedListener(PING) Listener listener) {
      askAndFail(listener);
    }
  }

  static class InFactory {
    @TestFactory
    Stream<DynamicTest> none(@ScriptedListener(PING) Listener listener) {
      askAndFail(listener);
      return Stream.of();
    }
  }

  /** Fails after our check, because it is registered before our extension. */
  static class FailsLast implements AfterEachCallback, AfterAllCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      if (context.getRequiredTestClass() == FailsAfterEach.class) {
        throw new IllegalStateException("mine");
      }
    }

    @Override
    public void afterAll(ExtensionContext context) {
      if (context.getRequiredTestClass() == FailsAfterAll.class) {
        throw new IllegalStateException("mine");
      }
    }
  }

  @Test
  void a_failure_of_an_extension_after_the_check_has_the_conversations() {
    for (Class<?> test : List.of(FailsAfterEach.class, FailsAfterAll.class)) {
      Throwable failure = TestRun.of(test).failure();
      assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("mine");
      assertThat(conversations(failure)).hasMessageContaining("C: PING");
    }
  }

  @ExtendWith(FailsLast.class)
  static class FailsAfterEach {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void asks() {
      ask(listener, "PING");
    }
  }

  @ExtendWith(FailsLast.class)
  static class FailsAfterAll {
    @ScriptedListener(PING)
    static Listener listener;

    @Test
    void asks() {
      ask(listener, "PING");
    }
  }
}
