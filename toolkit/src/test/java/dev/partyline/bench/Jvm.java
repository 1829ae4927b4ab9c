package dev.partyline.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another JVM. */
final class Jvm {
  private Jvm() {}

  /** Starts one with the same class path. */
  static Process start(Class<?> main, String... arguments) throws IOException {
    return startWith(System.getProperty("java.class.path"), main, arguments);
  }

  /**
   * Returns the class path with the classes of another build first: those of {@code
   * -Dpartyline.bench.before}, such as {@code /tmp/before/toolkit/target/classes}.
   */
  static Optional<String> classPathBefore() {
    return Optional.ofNullable(System.getProperty("partyline.bench.before"))
        .map(before -> before + File.pathSeparator + System.getProperty("java.class.path"));
  }

  static Process startWith(String classPath, Class<?> main, String... arguments)
      throws IOException {
    return new ProcessBuilder(command(List.of("-cp", classPath), main, arguments))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Returns the command that starts one with these options. */
  static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Returns the first line that it prints. */
  static String readLine(Process jvm) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null) {
      throw new IOException("the JVM ended before it printed a line");
    }
    return line;
  }
}
