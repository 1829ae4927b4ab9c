package dev.partyline.junit5.hunt;

import static dev.partyline.junit5.hunt.SuiteHuntTest.ask;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.TestRun;
import dev.partyline.junit5.internal.hunt.FailedConditions;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions under which a test has failed are kept in a file, and are tried first. */
class FailedConditionsTest {
  private static final String FIRST_LINE = "# The conditions under which tests have failed\n";

  @TempDir private Path folder;

  private final List<String> notices = new ArrayList<>();

  private Path file() {
    return folder.resolve("here").resolve("failed.txt");
  }

  private FailedConditions open() {
    return FailedConditions.of(Optional.of(file().toString()), notices::add);
  }

  private TestRun run(Class<?> test, String more) {
    return TestRun.of(
        Map.of("partyline.hunt.file", file().toString(), "partyline.hunt.except", more), test);
  }

  private static List<String> names(TestRun run) {
    return run.finishedEvents().stream()
        .filter(event -> event.getTestDescriptor().isTest())
        .map(event -> event.getTestDescriptor().getDisplayName().replaceAll("\\[\\d+] | \\(.*", ""))
        .toList();
  }

  @Test
  void a_test_in_every_weather_begins_with_what_it_has_failed_under() throws IOException {
    String test = ReadsOnce.class.getName() + ".asks(" + Listener.class.getName() + ")";
    TestRun first = run(ReadsOnce.class, "late client");
    assertThat(names(first))
        .startsWith("clear", "each message in halves")
        .doesNotContain("late client");
    assertThat(file())
        .content()
        .contains(test + ": each message in halves\n", test + ": one byte at a time\n");

    Files.writeString(
        file(), FIRST_LINE + test + ": late server\n" + test + ": one byte at a time\n");
    TestRun second = run(ReadsOnce.class, "");
    assertThat(names(second)).startsWith("clear", "one byte at a time");
    assertThat(file())
        .content()
        .doesNotContain("late server")
        .contains(test + ": each message in halves\n");
  }

  static class ReadsOnce {
    @InEveryWeather(
        only = {"each message in halves", "one byte at a time", "late server", "late client"})
    void asks(@ScriptedListener("C: PING\nS: PONG") Listener server) throws IOException {
      assertThat(ask(server.port(), false)).isEqualTo("PONG\r\n");
    }
  }

  @Test
  void a_file_has_names_alone_sorted_and_once() throws IOException {
    FailedConditions conditions = open();
    conditions.add("shop.ShopTest.sells()", "late server");
    conditions.add("shop.ShopTest.buys()", "late server");
    conditions.add("shop.ShopTest.buys()", "late server");
    assertThat(Files.readString(file()).lines().filter(line -> !line.startsWith("#")))
        .containsExactly("shop.ShopTest.buys(): late server", "shop.ShopTest.sells(): late server");
    assertThat(open().of("shop.ShopTest.buys()")).containsExactly("late server");
    conditions.remove("shop.ShopTest.buys()", "late server");
    assertThat(open().of("shop.ShopTest.buys()")).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void a_damaged_file_is_told_once_and_mended() throws IOException {
    Files.createDirectories(file().resolveSibling(""));
    Files.writeString(file(), FIRST_LINE + "a(): b\n\u00ff\0\nx", ISO_8859_1);
    FailedConditions conditions = open();
    assertThat(conditions.of("a()")).containsExactly("b");
    conditions.add("a()", "c");
    assertThat(notices)
        .containsExactly(
            "file ("
                + file()
                + ") must have lines such as 'ShopTest.buys(): late server'; line 3 is no such line"
                + " and is left out");
    notices.clear();
    assertThat(open().of("a()")).containsExactly("b", "c");
    assertThat(notices).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_read_or_written_is_told_and_fails_nothing() throws IOException {
    Files.createDirectories(file());
    FailedConditions conditions = open();
    assertThat(conditions.of("a()")).isEmpty();
    conditions.add("a()", "b");
    assertThat(notices).singleElement().asString().contains(file().toString(), "cannot be read");
    Files.delete(file());
    Files.delete(file().resolveSibling(""));
    Files.createFile(file().resolveSibling(""));
    notices.clear();
    open().add("a()", "b");
    assertThat(notices).singleElement().asString().contains("cannot be written");
    assertThat(names(run(ReadsOnce.class, ""))).startsWith("clear", "each message in halves");
  }

  @Test
  void a_file_that_is_none_of_ours_stays_as_it_is() throws IOException {
    Files.createDirectories(file().resolveSibling(""));
    String notes = "# Important notes: keep\nfirst(): thing\n";
    Files.writeString(file(), notes);
    FailedConditions conditions = open();
    assertThat(conditions.of("first()")).isEmpty();
    conditions.add("a()", "b");
    conditions.remove("first()", "thing");
    assertThat(file()).hasContent(notes);
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("it does not begin with '# The conditions under which tests have failed'");
  }

  @Test
  void a_pipe_is_told_and_blocks_nothing() throws Exception {
    Files.createDirectories(file().resolveSibling(""));
    Process mkfifo = new ProcessBuilder("mkfifo", file().toString()).inheritIO().start();
    assertThat(mkfifo.waitFor()).isZero();
    FailedConditions conditions = open();
    assertThat(conditions.of("a()")).isEmpty();
    conditions.add("a()", "b");
    assertThat(notices).singleElement().asString().contains("it is no regular file");
  }

  @Test
  void a_lock_that_another_process_keeps_is_told_and_blocks_nothing() throws Exception {
    open().add("a()", "b");
    Process keeper = startJvm(LockKeeper.class, file().toString());
    try {
      assertThat(keeper.getInputStream().read()).isEqualTo('!');
      FailedConditions conditions = open();
      assertThat(conditions.of("a()")).isEmpty();
      assertThat(notices).singleElement().asString().contains("another process has held its lock");
    } finally {
      keeper.destroy();
      assertThat(keeper.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(open().of("a()")).containsExactly("b");
  }

  /** A JVM that locks the file until it is ended. */
  static final class LockKeeper {
    private LockKeeper() {}

    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), WRITE)) {
        channel.lock();
        System.out.write('!');
        System.out.flush();
        // Ends when its parent ends it, or is gone.
        while (System.in.read() >= 0) {
          System.out.flush();
        }
      }
    }
  }

  @Test
  void nothing_is_kept_if_it_is_off() {
    FailedConditions off = FailedConditions.of(Optional.of("Off"), notices::add);
    off.add("a()", "b");
    assertThat(off.of("a()")).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void several_jvms_and_threads_write_it() throws Exception {
    List<Process> others = List.of(startWriter("one"), startWriter("two"));
    CountDownLatch done = new CountDownLatch(2);
    for (String name : List.of("three", "four")) {
      new Thread(
              () -> {
                Writer.write(file(), name);
                done.countDown();
              })
          .start();
    }
    done.await();
    for (Process each : others) {
      assertThat(each.waitFor()).isZero();
    }
    assertThat(Files.readString(file()).lines().filter(line -> !line.startsWith("#")))
        .hasSize(4 * Writer.ENTRIES);
  }

  private Process startWriter(String name) throws IOException {
    return startJvm(Writer.class, file().toString(), name);
  }

  private static Process startJvm(Class<?> program, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  /** A JVM that has found conditions. */
  static final class Writer {
    static final int ENTRIES = 50;

    private Writer() {}

    static void write(Path file, String name) {
      FailedConditions conditions =
          FailedConditions.of(
              Optional.of(file.toString()),
              notice -> {
                throw new AssertionError(notice);
              });
      for (int i = 0; i < ENTRIES; i++) {
        conditions.add(name + "." + i + "()", "late server");
      }
    }

    public static void main(String[] arguments) {
      write(Path.of(arguments[0]), arguments[1]);
    }
  }
}
