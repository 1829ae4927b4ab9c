package dev.partyline.junit5.internal.leaks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.regex.Pattern;

/** Threads that outlive tests by design, and may own a selector that no test can close. */
final class LoopThreads {
  /**
   * The HTTP client of the JDK closes its selector when it is collected, before JDK 21 not
   * otherwise. Ours closes its own a second after its last user.
   */
  private static final Pattern LOOP_NAME =
      Pattern.compile("HttpClient-\\d+-SelectorManager|partyline-loop.*");

  private static final String OWN_PREFIX = "partyline-";

  /** JDK 17 gives the threads of the default group no name of their own. */
  private static final Pattern DEFAULT_GROUP_NAME = Pattern.compile("(Innocuous)?Thread-\\d+");

  private static final Set<String> JDK_GROUPS = Set.of("system", "InnocuousThreadGroup");

  private static final String GROUP_TASK = "sun.nio.ch.EPollPort";

  private LoopThreads() {}

  /** Returns whether a thread serves all tests, so that it says nothing which one started it. */
  static boolean isShared(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return thread instanceof ForkJoinWorkerThread
        || isLoop(thread)
        || thread.getName().startsWith(OWN_PREFIX)
        || group == null
        || JDK_GROUPS.contains(group.getName())
        || hasDefaultGroup(List.of(thread));
  }

  static boolean isLoop(Thread thread) {
    return LOOP_NAME.matcher(thread.getName()).matches();
  }

  /** Returns how many selectors these threads own. */
  static long selectorCount(Collection<Thread> threads) {
    return threads.stream().filter(LoopThreads::isLoop).count();
  }

  /**
   * Returns whether the default group of the JDK's asynchronous channels is among these threads. It
   * is opened by the first of these channels, and never closed.
   */
  static boolean hasDefaultGroup(Collection<Thread> threads) {
    return threads.stream()
        .filter(Thread::isDaemon)
        .filter(thread -> DEFAULT_GROUP_NAME.matcher(thread.getName()).matches())
        .flatMap(thread -> Arrays.stream(thread.getStackTrace()))
        .anyMatch(frame -> frame.getClassName().startsWith(GROUP_TASK));
  }
}
