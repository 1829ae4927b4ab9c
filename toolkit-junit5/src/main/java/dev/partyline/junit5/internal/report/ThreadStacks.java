package dev.partyline.junit5.internal.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the threads of a test do now. */
public final class ThreadStacks {
  /** Where the thread waits, and in which library. */
  private static final int MAX_INNER_FRAMES = 25;

  /** What the test called. */
  private static final int MAX_OUTER_FRAMES = 15;

  /** A cause may be its own. */
  private static final int MAX_CAUSES = 10;

  private final List<String> testClasses;

  private ThreadStacks(List<String> testClasses) {
    this.testClasses = testClasses;
  }

  /**
   * Returns the stack of the thread that runs a test, and of every other thread that is in a method
   * of the test class, such as one of {@code assertTimeoutPreemptively}.
   */
  public static String of(ExtensionContext context, Thread testThread) {
    return of(context).describe(testThread);
  }

  /**
   * Returns where the test was when a failure was thrown, or the first of its causes that has been
   * thrown in a method of the test class; empty if none has.
   */
  public static String of(ExtensionContext context, Throwable failure) {
    ThreadStacks stacks = of(context);
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .map(Throwable::getStackTrace)
        .filter(stack -> stacks.lastTestFrame(stack) >= 0)
        .findFirst()
        .map(stacks::frames)
        .orElse("");
  }

  private static ThreadStacks of(ExtensionContext context) {
    return new ThreadStacks(
        context.getTestClass().stream()
            .flatMap(ThreadStacks::withSuperclasses)
            .map(Class::getName)
            .toList());
  }

  private static Stream<Class<?>> withSuperclasses(Class<?> type) {
    return Stream.iterate(
        type, each -> each != null && each != Object.class, Class<?>::getSuperclass);
  }

  private String describe(Thread testThread) {
    Map<Thread, StackTraceElement[]> stacks = new LinkedHashMap<>();
    stacks.put(testThread, testThread.getStackTrace());
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (thread != Thread.currentThread() && lastTestFrame(stack) >= 0) {
                stacks.putIfAbsent(thread, stack);
              }
            });
    return stacks.entrySet().stream()
        .map(each -> describe(each.getKey(), each.getValue()))
        .collect(Collectors.joining());
  }

  private String describe(Thread thread, StackTraceElement[] stack) {
    return "thread " + thread.getName() + ", " + thread.getState() + "\n" + frames(stack);
  }

  /** Leaves out what is below the test: JUnit and the build tool. */
  private String frames(StackTraceElement[] stack) {
    int lastTestFrame = lastTestFrame(stack);
    int end = lastTestFrame < 0 ? stack.length : lastTestFrame + 1;
    int omitted = Math.max(0, end - MAX_INNER_FRAMES - MAX_OUTER_FRAMES);
    return omitted == 0
        ? frames(stack, 0, end)
        : frames(stack, 0, MAX_INNER_FRAMES)
            + "    … "
            + omitted
            + " frames\n"
            + frames(stack, end - MAX_OUTER_FRAMES, end);
  }

  private static String frames(StackTraceElement[] stack, int start, int end) {
    return Arrays.stream(stack, start, end)
        .map(frame -> "    at " + String.valueOf(frame).replaceFirst("^app//", "") + "\n")
        .collect(Collectors.joining());
  }

  private int lastTestFrame(StackTraceElement[] stack) {
    for (int i = stack.length - 1; i >= 0; i--) {
      String name = stack[i].getClassName();
      if (testClasses.stream().anyMatch(type -> name.equals(type) || name.startsWith(type + "$"))) {
        return i;
      }
    }
    return -1;
  }
}
