package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long the search for secrets takes in a large body, beside printing it as a transcript and as
 * a hex dump, and the least heap in which each of them runs.
 *
 * <p>Each kind of body has a JVM of its own, because what was compiled for one is slow for another.
 */
final class SecretsBench {
  private static final int[] HEAPS_MIB = {256, 320, 384, 448, 512, 640, 768, 1024, 2048, 4096};

  private SecretsBench() {}

  /**
   * Runs with the MiB of a body, by default 64, and the names of kinds, by default all; after the
   * word heap it looks for the least heap rather than for the time.
   */
  public static void main(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean isHeap = words.remove("heap");
    int mib = words.isEmpty() ? 64 : Integer.parseInt(words.remove(0));
    for (String kind : words.isEmpty() ? List.copyOf(SecretsBodies.ALL.keySet()) : words) {
      System.out.println(isHeap ? heaps(kind, mib) : times(kind, mib));
    }
  }

  private static String times(String kind, int mib) throws IOException {
    double[] figures = figures(kind, mib);
    return String.format(
        "%-10s mask %.2f s: %.2f of the transcript (%.2f s), %.2f of the hex dump (%.2f s)",
        kind, figures[0], figures[3], figures[1], figures[4], figures[2]);
  }

  private static String heaps(String kind, int mib) throws Exception {
    return String.format(
        "%-10s least heap: mask %s, transcript %s, hex dump %s",
        kind,
        leastHeap("mask", kind, mib),
        leastHeap("transcript", kind, mib),
        leastHeap("hex", kind, mib));
  }

  private static double[] figures(String kind, int mib) throws IOException {
    String classPath = System.getProperty("java.class.path");
    try (Child child = Child.start(List.of("-Xmx6g"), classPath, SecretsJvm.class)) {
      return child.ask(kind, mib);
    }
  }

  private static String leastHeap(String what, String kind, int mib) throws Exception {
    for (int heap : HEAPS_MIB) {
      List<String> options =
          List.of(
              "-Xmx" + heap + "m",
              "-XX:+UseSerialGC",
              "-XX:+ExitOnOutOfMemoryError",
              "-cp",
              System.getProperty("java.class.path"));
      List<String> command =
          Jvm.command(options, SecretsJvm.class, what, kind, String.valueOf(mib));
      Process jvm =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = jvm.waitFor(60, TimeUnit.SECONDS);
      Child.terminate(jvm);
      if (ended && jvm.exitValue() == 0) {
        return heap + " MiB";
      }
    }
    return "above " + HEAPS_MIB[HEAPS_MIB.length - 1] + " MiB";
  }
}
