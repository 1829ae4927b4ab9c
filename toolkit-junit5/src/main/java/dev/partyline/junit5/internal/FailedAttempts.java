package dev.partyline.junit5.internal;

import dev.partyline.junit5.internal.jupiter.TestAbort;
import dev.partyline.junit5.internal.report.TestFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How tests have failed that this JVM may run again: one that passes then has the conversations of
 * its failed attempts too, because it is no sound test. JUnit does not tell that a test runs again.
 */
final class FailedAttempts {
  /** Of a suite in which everything fails, the last are enough. */
  private static final int MAX_TESTS = 100;

  private static final Pattern INVOCATION = Pattern.compile("/\\[test-template-invocation:#\\d+]$");

  private static final Map<String, List<String>> TEXTS = new LinkedHashMap<>();

  private FailedAttempts() {}

  /** Notes that a test has failed, with the conversations that were added to its failure. */
  static void note(ExtensionContext context, Throwable failure) {
    String conversations =
        Arrays.stream(failure.getSuppressed())
            .filter(ConversationReport.class::isInstance)
            .map(Throwable::getMessage)
            .collect(Collectors.joining("\n"));
    if (!conversations.isEmpty()) {
      add(failedTest(context), failure + "\n" + conversations);
    }
  }

  private static void add(String test, String text) {
    synchronized (TEXTS) {
      TEXTS.computeIfAbsent(test, any -> new ArrayList<>()).add(text);
      if (TEXTS.size() > MAX_TESTS) {
        TEXTS.remove(TEXTS.keySet().iterator().next());
      }
    }
  }

  /**
   * Returns what has failed: a failed invocation of a template stays failed, but one that another
   * extension has aborted is an attempt, which the next invocation may make good.
   */
  private static String failedTest(ExtensionContext context) {
    boolean aborted = context.getExecutionException().filter(TestAbort::isAbort).isPresent();
    return aborted ? template(context) : context.getUniqueId();
  }

  private static String template(ExtensionContext context) {
    return INVOCATION.matcher(context.getUniqueId()).replaceFirst("");
  }

  /** Adds to a test that has passed how its earlier attempts have failed. */
  static void publish(ExtensionContext context, TestFiles files) {
    List<String> texts = new ArrayList<>();
    synchronized (TEXTS) {
      for (String test : List.of(template(context), context.getUniqueId())) {
        List<String> found = TEXTS.remove(test);
        texts.addAll(found == null ? List.of() : found);
      }
    }
    if (!texts.isEmpty()) {
      String path = files.text("retried.txt", String.join("\n\n", texts) + "\n");
      context.publishReportEntry(
          "partyline",
          "passed at attempt "
              + (texts.size() + 1)
              + "; it failed before with the conversations below"
              + path
              + "\n"
              + texts.get(texts.size() - 1));
    }
  }
}
