package dev.partyline.bench;

import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tap in a JVM of its own, because haproxy has a process of its own. */
final class TapJvm {
  private @Nullable Tap tap;
  private final TapSpec spec;

  private TapJvm(TapSpec spec) {
    this.spec = spec;
  }

  /**
   * Adds a tap, and beside it that of another build if there is one: {@link Jvm#classPathBefore}.
   *
   * @param policy how many bytes of head and of tail, or the directory to which everything spills
   */
  static void add(List<RelayUnderTest> relays, String name, int target, String policy)
      throws IOException {
    relays.add(RelayUnderTest.inJvm(name, start(List.of("-Xmx256m"), target, policy)));
    Optional<String> before = Jvm.classPathBefore();
    if (before.isPresent()) {
      Child jvm = start(List.of("-Xmx256m"), before.get(), target, policy);
      relays.add(RelayUnderTest.inJvm(name + ", before", jvm));
    }
  }

  /** Starts the JVM with some options. */
  static Child start(List<String> options, int target, String policy) throws IOException {
    return start(options, System.getProperty("java.class.path"), target, policy);
  }

  private static Child start(List<String> options, String classPath, int target, String policy)
      throws IOException {
    return Child.start(options, classPath, TapJvm.class, String.valueOf(target), policy);
  }

  public static void main(String[] arguments) throws Exception {
    RecordingPolicy policy =
        Character.isDigit(arguments[1].charAt(0))
            ? RecordingPolicy.headAndTail(
                Long.parseLong(arguments[1]), Long.parseLong(arguments[1]))
            : RecordingPolicy.everything().spillingTo(Path.of(arguments[1]));
    TapJvm jvm = new TapJvm(Tap.to(Integer.parseInt(arguments[0])).keeping(policy));
    Child.serve(
        words ->
            switch (words[0]) {
              case "open" -> new double[] {jvm.open()};
              case "count" -> new double[] {jvm.count()};
              case "close" -> new double[] {jvm.close()};
              default -> memory();
            });
  }

  private int open() {
    Tap fresh = spec.start();
    tap = fresh;
    return fresh.port();
  }

  /** Drops the tap and its recording; returns whether its file is left. */
  private int close() throws IOException, InterruptedException {
    closeTap();
    System.gc();
    for (int tries = 0; hasFile() && tries < 100; tries++) {
      // The file is deleted some time after the recording was garbage collected.
      Thread.sleep(20);
      System.gc();
    }
    return hasFile() ? 1 : 0;
  }

  /** A method of its own, because the variable of a running method would keep the tap. */
  private void closeTap() {
    Tap open = tap;
    tap = null;
    if (open != null) {
      open.close();
    }
  }

  private static boolean hasFile() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.anyMatch(each -> target(each).contains(".spill"));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  private double count() {
    Tap open = tap;
    if (open == null) {
      return 0;
    }
    if (!open.backgroundFailures().isEmpty()) {
      throw open.backgroundFailures().get(0);
    }
    Recording recording = open.recording();
    return recording.byteCount(Side.CLIENT) + recording.byteCount(Side.SERVER);
  }

  /** Returns the resident bytes of this process, and the bytes of its heap without garbage. */
  private static double[] memory() throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        long resident = Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        return new double[] {resident, runtime.totalMemory() - runtime.freeMemory()};
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
