package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.opentest4j.TestAbortedException;

/** A test that passes only when it is run again has the conversations of the run that failed. */
class RetriedTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final Map<String, AtomicInteger> RUNS = new ConcurrentHashMap<>();

  @TempDir private Path reports;

  private final Entries entries = new Entries();

  @BeforeEach
  void reset() {
    RUNS.clear();
  }

  private static int run(String test) {
    return RUNS.computeIfAbsent(test, any -> new AtomicInteger()).incrementAndGet();
  }

  /** What was published, by the names of tests. */
  private static final class Entries implements TestExecutionListener {
    private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
      entry
          .getKeyValuePairs()
          .values()
          .forEach(text -> texts.add(test.getDisplayName() + " " + text));
    }
  }

  private void launch(Class<?> test, Map<String, String> parameters) {
    TestRun.launch(test, reports, parameters, entries);
  }

  private List<Path> retriedFiles() throws IOException {
    try (Stream<Path> all = Files.walk(reports)) {
      return all.filter(file -> String.valueOf(file.getFileName()).startsWith("retried")).toList();
    }
  }

  /** Surefire and IDEs run the test again by its id, in the same JVM. */
  @Test
  void a_build_tool_runs_a_failed_test_again() throws IOException {
    launch(Flaky.class, Map.of());
    assertThat(entries.texts).isEmpty();
    launch(Flaky.class, Map.of());
    assertThat(entries.texts)
        .singleElement()
        .asString()
        .startsWith("asks() passed at attempt 2; it failed before")
        .contains("C: POKE");
    assertThat(retriedFiles())
        .singleElement()
        .satisfies(file -> assertThat(Files.readString(file)).contains("C: POKE"));
    launch(Flaky.class, Map.of());
    assertThat(entries.texts).hasSize(1);
  }

  static class Flaky {
    @ScriptedListener(PING)
    Listener server;

    @Test
    void asks() {
      ask(server, run("asks") == 1 ? "POKE" : "PING");
    }
  }

  @Test
  void an_extension_runs_a_failed_test_again() throws IOException {
    launch(PassesAtThird.class, Map.of());
    assertThat(entries.texts)
        .singleElement()
        .asString()
        .startsWith("[3] passed at attempt 3;")
        .contains("C: POKE 2");
    assertThat(Files.readString(retriedFiles().get(0))).contains("C: POKE 1", "C: POKE 2");
  }

  static class PassesAtThird {
    @ScriptedListener(PING)
    Listener server;

    @PioneersRetryingTest
    void asks() {
      int run = run("asks");
      ask(server, run < 3 ? "POKE " + run : "PING");
    }
  }

  /** A failed repetition is none that the next one makes good. */
  @Test
  void repetitions_are_tests_of_their_own() {
    launch(FirstRepetitionFails.class, Map.of());
    assertThat(RUNS.get("asks")).hasValue(3);
    assertThat(entries.texts).isEmpty();
  }

  static class FirstRepetitionFails {
    @ScriptedListener(PING)
    Listener server;

    @RepeatedTest(3)
    void asks() {
      ask(server, run("asks") == 1 ? "POKE" : "PING");
    }
  }

  @Test
  void tests_that_run_in_parallel_have_their_own() {
    launch(
        Parallel.class,
        Map.of(
            "junit.jupiter.execution.parallel.enabled",
            "true",
            "junit.jupiter.execution.parallel.mode.default",
            "concurrent"));
    assertThat(entries.texts).hasSize(2);
    assertThat(entries.texts).anySatisfy(text -> assertThat(text).contains("POKE one"));
    assertThat(entries.texts).anySatisfy(text -> assertThat(text).contains("POKE two"));
    assertThat(entries.texts)
        .noneMatch(text -> text.contains("POKE one") && text.contains("POKE two"));
  }

  static class Parallel {
    @ScriptedListener(PING)
    Listener server;

    @PioneersRetryingTest
    void one() {
      ask(server, run("one") == 1 ? "POKE one" : "PING");
    }

    @PioneersRetryingTest
    void two() {
      ask(server, run("two") == 1 ? "POKE two" : "PING");
    }
  }

  /** Does what {@code @RetryingTest(3)} of JUnit Pioneer does. */
  @Execution(ExecutionMode.SAME_THREAD)
  @ExtendWith(PioneersRetry.class)
  @Retention(RetentionPolicy.RUNTIME)
  @TestTemplate
  @interface PioneersRetryingTest {}

  static class PioneersRetry
      implements TestTemplateInvocationContextProvider, TestExecutionExceptionHandler {
    private static final int MAX_ATTEMPTS = 3;

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
      return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
        ExtensionContext context) {
      Retrier retrier = new Retrier();
      store(context).put(Retrier.class, retrier);
      return StreamSupport.stream(
          Spliterators.spliteratorUnknownSize(retrier, Spliterator.ORDERED), false);
    }

    private static ExtensionContext.Store store(ExtensionContext template) {
      return template.getStore(
          ExtensionContext.Namespace.create(PioneersRetry.class, template.getUniqueId()));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      Retrier retrier = store(context.getParent().orElseThrow()).get(Retrier.class, Retrier.class);
      throw retrier.failed(failure);
    }

    /** Hands out another attempt as long as the last one has failed. */
    private static final class Retrier implements Iterator<TestTemplateInvocationContext> {
      private int attempts;
      private int failures;

      private Throwable failed(Throwable failure) {
        failures++;
        return attempts == MAX_ATTEMPTS
            ? new AssertionError("attempt " + attempts + " of " + MAX_ATTEMPTS + " failed", failure)
            : new TestAbortedException("attempt " + attempts + " failed, will retry", failure);
      }

      @Override
      public boolean hasNext() {
        return attempts == 0 || attempts == failures && attempts < MAX_ATTEMPTS;
      }

      @Override
      public TestTemplateInvocationContext next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        attempts++;
        return new TestTemplateInvocationContext() {};
      }
    }
  }
}
