package dev.partyline.ports;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who has leased a port, and where. */
final class LeaseOrigin {
  private static final int MAX_FRAMES = 10;

  /** The classes between the caller and this one in a stack. */
  private static final Set<String> OWN_CLASSES =
      Set.of(
          LeaseOrigin.class.getName(),
          PortLease.class.getName(),
          PortAllocator.class.getName(),
          Ports.class.getName());

  /** The package that leases for an annotation, and names the lease after it. */
  private static final String EXTENSION_PACKAGE = "dev.partyline.junit5.";

  /** The packages that run a test, whose frames are the same for all tests. */
  private static final List<String> RUNNER_PACKAGES =
      List.of("java.lang.reflect.", "jdk.internal.reflect.", "org.junit.");

  // A throwable takes the stack in microseconds, and makes its frames only if they are read.
  private final Throwable trace = new Throwable();
  private volatile @Nullable String name;

  void setName(String owner) {
    name = owner;
  }

  /** Returns {@code by} and the name, if there is one, and a line for each frame. */
  String describe() {
    String frames =
        relevantFrames(trace.getStackTrace()).stream()
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
    String owner = name;
    return (owner == null ? "" : " by " + owner) + frames;
  }

  private static List<StackTraceElement> relevantFrames(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .dropWhile(frame -> OWN_CLASSES.contains(frame.getClassName()))
        .dropWhile(frame -> frame.getClassName().startsWith(EXTENSION_PACKAGE))
        .takeWhile(frame -> RUNNER_PACKAGES.stream().noneMatch(frame.getClassName()::startsWith))
        .limit(MAX_FRAMES)
        .toList();
  }
}
