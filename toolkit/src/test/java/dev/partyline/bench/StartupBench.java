package dev.partyline.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * From a fresh JVM to the first answer, in interleaved rounds, as ratios against a bare server.
 *
 * <p>Each contestant has only what it needs on its class path, because the start of a JVM depends
 * on the jars that it opens.
 */
final class StartupBench {
  private static final int ROUNDS = 101;

  private StartupBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("partyline-bench");
    Path jar = folder.resolve("toolkit.jar");
    try {
      // As users get it: a jar rather than the directory of classes.
      int failed =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(System.out, System.err, "-c0f", jar.toString(), "-C", entry("/classes"), ".");
      if (failed != 0) {
        throw new IOException("no jar could be made of " + entry("/classes"));
      }
      String ours = path(jar.toString(), entry("/jspecify-"));
      String theirs =
          path(
              entry("/mockwebserver3-"),
              entry("/okhttp-jvm-"),
              entry("/okio-jvm-"),
              entry("/kotlin-stdlib-"));
      Map<String, String> classPaths = new LinkedHashMap<>();
      classPaths.put("bare", ours);
      classPaths.put("partyline", ours);
      classPaths.put("mockwebserver", theirs);
      measure(classPaths);
    } finally {
      Files.deleteIfExists(jar);
      Files.delete(folder);
    }
  }

  private static void measure(Map<String, String> classPaths)
      throws IOException, InterruptedException {
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, String> contestant : classPaths.entrySet()) {
        times
            .computeIfAbsent(contestant.getKey(), any -> new ArrayList<>())
            .add(answer(contestant.getKey(), contestant.getValue()));
      }
    }
    double median = Figures.median(bare(times));
    double quarter = Figures.lowerQuartile(bare(times));
    times.forEach(
        (kind, all) ->
            System.out.printf(
                "first answer of a fresh JVM: %-14s %6.1f ms, %.2f of bare (quickest quarter"
                    + " %.2f)%n",
                kind,
                Figures.median(all) / 1e6,
                Figures.median(all) / median,
                Figures.lowerQuartile(all) / quarter));
  }

  private static List<Long> bare(Map<String, List<Long>> times) {
    return times.getOrDefault("bare", List.of());
  }

  private static String path(String... entries) {
    return String.join(File.pathSeparator, entries) + File.pathSeparator + entry("/test-classes");
  }

  /** Returns the entry of our own class path that contains this. */
  private static String entry(String part) {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.replace(File.separatorChar, '/').contains(part)) {
        return entry;
      }
    }
    throw new IllegalStateException("the class path must have an entry with " + part);
  }

  private static long answer(String kind, String classPath)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process jvm = Jvm.startWith(classPath, FirstAnswer.class, kind);
    try {
      Jvm.readLine(jvm);
      return System.nanoTime() - start;
    } finally {
      // The exit of a JVM costs a processor milliseconds, which the next one would pay for.
      jvm.destroyForcibly().waitFor();
    }
  }
}
