package dev.partyline.loopback;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has reserved a port, and where. */
final class LeaseOrigin {
  private static final int MOST_FRAMES = 10;

  /** What stands between the caller and here. */
  private static final Set<String> OURS =
      Set.of(
          LeaseOrigin.class.getName(),
          PortLease.class.getName(),
          PortAllocator.class.getName(),
          Ports.class.getName());

  /** What reserves for an annotation, and is named by it. */
  private static final String EXTENSION = "dev.partyline.junit5.";

  /** What runs a test, whose frames are the same for all. */
  private static final List<String> RUNNERS =
      List.of("java.lang.reflect.", "jdk.internal.reflect.", "org.junit.");

  // A throwable takes the stack in microseconds, and makes its frames only when they are asked for.
  private final Throwable here = new Throwable();
  private volatile @Nullable String name;

  void name(String whose) {
    name = whose;
  }

  /** Returns {@code by} the name, and a line for each frame, as far as there are any. */
  String text() {
    String frames =
        frames(here.getStackTrace()).stream()
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
    String whose = name;
    return (whose == null ? "" : " by " + whose) + frames;
  }

  private static List<StackTraceElement> frames(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .dropWhile(frame -> OURS.contains(frame.getClassName()))
        .dropWhile(frame -> frame.getClassName().startsWith(EXTENSION))
        .takeWhile(frame -> RUNNERS.stream().noneMatch(frame.getClassName()::startsWith))
        .limit(MOST_FRAMES)
        .toList();
  }
}
