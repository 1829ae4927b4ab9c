package dev.partyline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processors of this machine, and how long processes have used them. */
final class Processor {
  private Processor() {}

  /** Lets all threads of a process run on the first processor only, from now on. */
  static void pin(long pid) throws IOException {
    Process taskset =
        new ProcessBuilder("taskset", "-apc", "0", String.valueOf(pid))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (taskset.waitFor() != 0) {
        throw new IOException("process " + pid + " could not be pinned to a processor");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long the threads of a process have run, in nanoseconds. */
  static long nanos(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      long total = 0;
      for (Path thread : threads.toList()) {
        total += threadNanos(thread);
      }
      return total;
    }
  }

  private static long threadNanos(Path thread) throws IOException {
    Path file = thread.resolve("schedstat");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).split(" ", -1)[0]);
  }
}
