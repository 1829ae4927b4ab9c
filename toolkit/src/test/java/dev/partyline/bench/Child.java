package dev.partyline.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that answers each line with a line of numbers, and ends when its input does. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private Child(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a JVM with little memory. */
  static Child start(Class<?> main, String... arguments) throws IOException {
    return start(List.of("-Xmx256m"), System.getProperty("java.class.path"), main, arguments);
  }

  /** Starts a JVM with some options and a class path. */
  static Child start(List<String> options, String classPath, Class<?> main, String... arguments)
      throws IOException {
    List<String> allOptions = new ArrayList<>(options);
    allOptions.addAll(List.of("-cp", classPath));
    List<String> command = Jvm.command(allOptions, main, arguments);
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  double[] ask(Object... words) throws IOException {
    String request = String.join(" ", Arrays.stream(words).map(String::valueOf).toList());
    commands.write(request + "\n");
    commands.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("no answer to " + request);
    }
    return Arrays.stream(answer.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @Override
  public void close() {
    terminate(process);
  }

  /** Answers a question. */
  @FunctionalInterface
  interface CommandHandler {
    double[] handle(String[] words) throws Exception;
  }

  /** The other end: answers questions until the parent ends, or a failure. */
  static void serve(CommandHandler handler) {
    try {
      answerAll(handler);
      System.exit(0);
    } catch (Exception e) {
      // A remaining thread would make the parent wait for ever.
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void answerAll(CommandHandler handler) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      StringBuilder answer = new StringBuilder();
      for (double number : handler.handle(line.split(" ", -1))) {
        answer.append(number).append(' ');
      }
      System.out.println(answer.toString().trim());
    }
  }

  /** Waits for the end of a process that was told to end. */
  static void terminate(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
