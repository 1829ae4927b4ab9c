package dev.partyline.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without a free descriptor, what failed is told once, no peer is blamed, and everything works
 * again when there are some: in a JVM of its own, which loads classes from a jar, as those of users
 * do.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class FewDescriptorsTest {
  private static final String NONE_LEFT =
      "Too many open files; this JVM has no file descriptor left: close what it has open, or raise"
          + " its limit (ulimit -n)";

  @TempDir static Path directory;

  @BeforeAll
  static void packClasses() throws IOException, URISyntaxException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jar()))) {
      add(Path.of(Listener.class.getProtectionDomain().getCodeSource().getLocation().toURI()), jar);
      String program = FewDescriptors.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new ZipEntry(program));
      jar.write(FewDescriptors.class.getResourceAsStream("/" + program).readAllBytes());
    }
  }

  private static Path jar() {
    return directory.resolve("partyline.jar");
  }

  private static void add(Path classes, JarOutputStream jar) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
  }

  /** Returns what the program prints that may have 64 descriptors. */
  private static List<String> run(String what, String transport) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                // A wait for what a process prints cannot be interrupted.
                "ulimit -n 64; exec timeout -k 1 100 \"$@\"",
                "bash",
                java,
                "-cp",
                jar().toString(),
                FewDescriptors.class.getName(),
                what,
                transport)
            .redirectErrorStream(true)
            .start();
    try {
      return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void the_first_use_without_one_does_not_spoil_the_next() throws IOException {
    List<String> lines = run("first", "TCP");
    assertThat(lines.get(0))
        .startsWith("dev.partyline.wire.LoopbackException: cannot open sockets: ")
        .endsWith("(" + NONE_LEFT.replaceFirst(";", ");"));
    assertThat(lines).endsWith("pong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP", "UNIX", "UDP"})
  void neither_a_client_nor_its_script_blames_the_server(String transport) throws IOException {
    String exception = "dev.partyline.wire.LoopbackException: cannot ";
    List<String> lines = run("client", transport);
    assertThat(lines).hasSize(4).endsWith("connected");
    assertThat(lines.subList(0, 2))
        .allMatch(line -> line.startsWith(exception + "connect to "))
        .allMatch(line -> line.endsWith(": " + NONE_LEFT));
    assertThat(lines.get(2)).startsWith(exception + "listen on ").endsWith(": " + NONE_LEFT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP", "UNIX"})
  void a_listener_says_once_that_it_cannot_accept_and_accepts_later(String transport)
      throws IOException {
    List<String> lines = run("listener", transport);
    assertThat(lines).hasSize(3).startsWith("1", "2");
    assertThat(lines.get(2))
        .startsWith("java.lang.AssertionError: listener on ")
        .contains(" cannot accept: ")
        .endsWith(NONE_LEFT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TCP", "UNIX"})
  void a_tap_says_that_it_cannot_connect_rather_than_that_it_was_refused(String transport)
      throws IOException {
    List<String> lines = run("tap", transport);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("kind=RST").contains("Too many open files");
    assertThat(lines.get(1)).startsWith("java.lang.AssertionError: ").endsWith(NONE_LEFT);
  }
}
