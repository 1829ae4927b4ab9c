package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a fresh JVM to the first answer, in interleaved rounds, as ratios against a bare server. */
final class StartupBench {
  private static final int ROUNDS = 21;

  private StartupBench() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, List<Long>> times = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String kind : List.of("bare", "partyline", "mockwebserver")) {
        times.computeIfAbsent(kind, any -> new ArrayList<>()).add(answer(kind));
      }
    }
    double bare = Figures.median(times.get("bare"));
    times.forEach(
        (kind, all) ->
            System.out.printf(
                "first answer of a fresh JVM: %-14s %6.1f ms, %.2f of bare%n",
                kind, Figures.median(all) / 1e6, Figures.median(all) / bare));
  }

  private static long answer(String kind) throws IOException {
    long start = System.nanoTime();
    Process jvm = Jvm.start(FirstAnswer.class, kind);
    try {
      Jvm.line(jvm);
      return System.nanoTime() - start;
    } finally {
      jvm.destroyForcibly();
    }
  }
}
