package dev.partyline.junit5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What is printed and written of a test that runs for long, or that runs when the JVM exits. */
@ResourceLock(Resources.SYSTEM_ERR)
class DumpTest {
  private static final String SILENT = "C: ...";
  private static final Duration SOON = Duration.ofMillis(100);

  /** Open as soon as something was printed, so that the tests below end when they were shown. */
  private static volatile CountDownLatch printed = new CountDownLatch(1);

  @TempDir private Path reports;

  /** Returns what a run of tests prints. */
  private static String printedBy(Runnable run) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream original = System.err;
    CountDownLatch latch = new CountDownLatch(1);
    printed = latch;
    PrintStream copy =
        new PrintStream(bytes, true, UTF_8) {
          @Override
          public void println(String text) {
            super.println(text);
            latch.countDown();
          }
        };
    System.setErr(copy);
    try {
      run.run();
    } finally {
      System.setErr(original);
    }
    return bytes.toString(UTF_8);
  }

  /** Returns what is printed of a test that runs on until it was shown. */
  private static String dumpOf(Class<? extends RunningOn> test) {
    return HangingRun.of(
        1, SOON, time -> printedBy(() -> TestRun.of(dumpAfter(time), test).assertPassed(1)));
  }

  private static Map<String, String> dumpAfter(Duration time) {
    return Map.of("partyline.dumpAfter", time.toMillis() + "ms");
  }

  /** Runs until it was shown. */
  abstract static class RunningOn {
    private final long madeNanos = System.nanoTime();

    final void awaitDump() throws InterruptedException {
      HangingRun.hangNow(Duration.ofNanos(System.nanoTime() - madeNanos));
      long seconds = TimeoutFactor.stretch(Duration.ofSeconds(20)).toSeconds();
      assertThat(printed.await(seconds, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aTestThatRunsOnIsShownOnceAndGoesOn() {
    assertThat(dumpOf(RunsOn.class))
        .matches(
            "(?s)DumpTest\\$RunsOn\\.runsOn\\(\\) has been running for \\d+ms"
                + " \\(partyline\\.dumpAfter\\).*")
        .contains("at dev.partyline.junit5.DumpTest$RunsOn.runsOn(DumpTest.java:")
        .contains(
            "open connections\n  the client of your listener `web`, connection 1: client open")
        .contains("conversations\n@ScriptedListener field [web]")
        .containsOnlyOnce("has been running for");
  }

  static class RunsOn extends RunningOn {
    @ScriptedListener(SILENT)
    Listener web;

    @Test
    void runsOn() throws IOException, InterruptedException {
      try (Socket socket = new Socket(web.host(), web.port())) {
        assertThat(socket.isConnected()).isTrue();
        assertThat(
                web.recording()
                    .await(() -> web.recording().connections() == 1, Duration.ofSeconds(30)))
            .isTrue();
        awaitDump();
      }
    }
  }

  @Test
  void theDumpIsInAFileToo() throws IOException {
    Path folder =
        HangingRun.of(
            1,
            SOON,
            time -> {
              Path own = reports.resolve(time.toString());
              printedBy(() -> TestRun.launch(RunsOn.class, own, dumpAfter(time)));
              return own;
            });
    assertThat(file(folder, "dump.txt"))
        .startsWith("DumpTest$RunsOn.runsOn() has been running for ")
        .contains("the page of this test: ");
    assertThat(file(folder, "report.html")).contains("\"result\":\"running\"", "RunsOn.runsOn");
    assertThat(file(folder, "web.wire")).contains("# connection 1 over TCP");
  }

  @Test
  void aBeforeEachMethodIsShown() {
    assertThat(dumpOf(InBeforeEach.class))
        .contains("at dev.partyline.junit5.DumpTest$InBeforeEach.beforeEach(DumpTest.java:");
  }

  static class InBeforeEach extends RunningOn {
    @ScriptedListener(SILENT)
    static Listener web;

    @BeforeEach
    void beforeEach() throws InterruptedException {
      awaitDump();
    }

    @Test
    void passes() throws IOException {
      new Socket(web.host(), web.port()).close();
    }
  }

  @Test
  void theThreadOfAnAssertionWithATimeOutIsShown() {
    assertThat(dumpOf(Preemptively.class))
        .containsPattern("thread junit-timeout-thread-\\d+, ")
        .contains("Preemptively.lambda$hangs$");
  }

  static class Preemptively extends RunningOn {
    @ScriptedListener(SILENT)
    Listener web;

    @Test
    void hangs() throws IOException {
      new Socket(web.host(), web.port()).close();
      assertTimeoutPreemptively(
          TimeoutFactor.stretch(Duration.ofMinutes(1)), () -> awaitDump(), "was not shown");
    }
  }

  @Test
  void aQuickTestPrintsNothing() {
    assertThat(printedBy(() -> TestRun.of(Quick.class).assertPassed(1))).isEmpty();
  }

  @Test
  void switchedOffThereIsNoThread() {
    LooksForThread.earlier = watchdogs();
    assertThat(
            printedBy(() -> TestRun.of(Map.of("partyline.dumpAfter", "off"), LooksForThread.class)))
        .isEmpty();
    assertThat(LooksForThread.seen).isEmpty();
  }

  @Test
  void aRunThatIsOverLeavesNoThread() throws InterruptedException {
    LooksForThread.earlier = watchdogs();
    TestRun.of(Map.of("partyline.dumpAfter", "10m"), LooksForThread.class).assertPassed(1);
    assertThat(LooksForThread.seen).hasSize(1);
    Thread thread = LooksForThread.seen.iterator().next();
    thread.join(TimeoutFactor.stretch(Duration.ofSeconds(20)).toMillis());
    assertThat(thread.isAlive()).isFalse();
  }

  static class Quick {
    @ScriptedListener(SILENT)
    Listener web;

    @Test
    void passes() throws IOException {
      new Socket(web.host(), web.port()).close();
    }
  }

  /** That of an earlier run may not have ended yet. */
  private static Set<Thread> watchdogs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().equals("partyline-watchdog"))
        .collect(Collectors.toSet());
  }

  static class LooksForThread extends Quick {
    static Set<Thread> earlier = Set.of();
    static Set<Thread> seen = Set.of();

    @BeforeEach
    void look() {
      seen = watchdogs();
      seen.removeAll(earlier);
    }
  }

  @Test
  void aWrongDurationIsAnError() {
    assertThat(TestRun.of(Map.of("partyline.dumpAfter", "30"), Quick.class).failure())
        .hasMessageContaining(
            "partyline.dumpAfter (30) must be 'off', or must be a time above 0 with its unit");
  }

  @Test
  void aTestThatRunsWhenTheJvmIsTerminatedIsShownAndWritten() throws IOException {
    assertShownAtExit(HangsForEver.class, process -> process.toHandle().destroy());
  }

  @Test
  void aTestThatExitsTheJvmIsShownAndWritten() throws IOException {
    assertShownAtExit(Exits.class, process -> {});
  }

  private void assertShownAtExit(Class<?> test, Consumer<Process> end) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dpartyline.patience=20",
                DumpTest.class.getName(),
                reports.toString(),
                test.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      assertThat(output.readLine()).isEqualTo("connected");
      end.accept(process);
      assertThat(output.lines().collect(Collectors.joining("\n")))
          .contains(" was running when the JVM began to exit; what it was doing, also in ")
          .contains("open connections\n  the client of your listener `web`, connection 1");
    } finally {
      process.destroyForcibly();
    }
    assertThat(file(reports, "dump.txt")).contains("DumpTest$" + test.getSimpleName() + ".");
    assertThat(file(reports, "report.html")).contains("was running when the JVM began to exit");
    assertThat(file(reports, "web.wire")).contains("C: PING");
  }

  static class HangsForEver {
    @ScriptedListener(SILENT)
    Listener web;

    final Socket connect() throws IOException {
      Socket socket = new Socket(web.host(), web.port());
      socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
      web.recording().awaitBytes(Side.CLIENT, 6, Duration.ofSeconds(5));
      System.out.println("connected");
      return socket;
    }

    @Test
    void hangs() throws IOException {
      try (Socket socket = connect()) {
        socket.getInputStream().read();
      }
    }
  }

  static class Exits extends HangsForEver {
    @Test
    @Override
    void hangs() throws IOException {
      try (Socket socket = connect()) {
        System.exit(socket.isConnected() ? 1 : 0);
      }
    }
  }

  /** Runs a test class in this JVM, with its reports in a directory. */
  public static void main(String[] arguments) throws ClassNotFoundException {
    TestRun.launch(Class.forName(arguments[1]), Path.of(arguments[0]), Map.of());
  }

  private static String file(Path folder, String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files = all.filter(file -> file.endsWith(name)).toList();
      assertThat(files).hasSize(1);
      return Files.readString(files.get(0));
    }
  }
}
