package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wire script: what client and server send each other over a connection.
 *
 * <p>A listener plays it, a client plays it, a recording is matched with it, and a recording prints
 * as one. {@code C:} is what the client sends, {@code S:} what the server sends:
 *
 * <pre>
 * S: 220 mail.example ESMTP
 * C: EHLO ${host}
 * S: 250 mail.example greets ${host}
 * </pre>
 *
 * <p>Scripts are immutable, and equal when their steps are; comments, blank lines and the values
 * given by {@link #with} are not compared.
 */
public final class Script {
  private final List<Step> steps;
  private final Map<String, Bytes> values;
  private final ScriptSource source;
  private final Map<Step, Integer> numbers;

  Script(
      List<Step> steps,
      Map<String, Bytes> values,
      ScriptSource source,
      Map<Step, Integer> numbers) {
    this.steps = List.copyOf(steps);
    this.values = values;
    this.source = source;
    this.numbers = numbers;
  }

  /**
   * Reads a script from its text; files that it names are looked for in the working directory and
   * on the class path.
   *
   * @throws ScriptException if the text is not a valid script
   */
  public static Script parse(String text) {
    return ScriptParser.parse(ScriptSource.text(text, null));
  }

  /**
   * Reads a script from its text; files that it names are looked for beside a class first.
   *
   * @throws ScriptException if the text is not a valid script
   */
  public static Script parse(String text, Class<?> anchor) {
    return ScriptParser.parse(ScriptSource.text(text, anchor));
  }

  /**
   * Reads a script from a file in UTF-8; files that it names are looked for beside it first.
   *
   * @throws ScriptException if the file does not hold a valid script
   * @throws IllegalArgumentException if there is no such file, or it cannot be read
   */
  public static Script load(Path file) {
    return ScriptParser.parse(ScriptSource.file(file));
  }

  /**
   * Reads a script from a class-path resource in UTF-8.
   *
   * @param anchor the class beside which the resource lies
   * @param name its name; with a leading {@code /} from the root of the class path
   * @throws ScriptException if the resource does not hold a valid script
   * @throws IllegalArgumentException if there is no such resource
   */
  public static Script resource(Class<?> anchor, String name) {
    return ScriptParser.parse(ScriptSource.resource(anchor, name));
  }

  /**
   * Returns a script of these steps.
   *
   * @throws ScriptException if a step stands where it cannot
   */
  public static Script of(List<Step> steps) {
    Script script = new Script(steps, Map.of(), ScriptSource.forBuilder(), Map.of());
    BlockCheck.check(script);
    return script;
  }

  /** Returns a builder, to write the steps in Java. */
  public static ScriptBuilder builder() {
    return new ScriptBuilder();
  }

  /** Returns the steps at top level; blocks hold their own. */
  public List<Step> steps() {
    return steps;
  }

  /** Returns the values that names have before the first line. */
  public Map<String, Bytes> values() {
    return values;
  }

  /**
   * Returns the same script in which a name has a value: what the player sends contains it, what it
   * expects must be equal to it.
   *
   * @param name the name, as in <code>${name}</code>
   * @param value its value, in UTF-8
   */
  public Script with(String name, String value) {
    return with(name, Bytes.utf8(value));
  }

  /** Returns the same script in which a name has a value of bytes. */
  public Script with(String name, Bytes value) {
    if (!Identifiers.isName(name)) {
      throw new IllegalArgumentException(
          "name (" + name + ") must be letters, digits, '_' and '-', and not body-length");
    }
    Map<String, Bytes> newValues = new LinkedHashMap<>(values);
    newValues.put(name, value);
    return new Script(steps, Map.copyOf(newValues), source, numbers);
  }

  /** Returns whether it has a statement {@code tls}, and so decides itself when TLS starts. */
  public boolean startsTls() {
    return steps.stream().anyMatch(BlockCheck::startsTls);
  }

  /** Returns the text that parses to this script. */
  public String print() {
    return Printer.print(steps);
  }

  /** Returns an error at a step, for a script that cannot be played. */
  public ScriptException error(Step step, String problem) {
    int line = numbers.getOrDefault(step, 0);
    return line == 0
        ? new ScriptException(source, 0, 0, "'" + Printer.statement(step) + "': " + problem)
        : new ScriptException(source, line, indent(line) + 1, problem);
  }

  /** Returns an error at a part of a step, for a script that cannot be played. */
  public ScriptException error(Step step, String part, String problem) {
    int line = numbers.getOrDefault(step, 0);
    int offset = line == 0 ? -1 : source.line(line).indexOf(part);
    return offset < 0
        ? error(step, problem)
        : new ScriptException(source, line, offset + 1, problem);
  }

  private int indent(int line) {
    String text = source.line(line);
    return text.length() - text.stripLeading().length();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Script that && steps.equals(that.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  /** Returns the text that parses to this script. */
  @Override
  public String toString() {
    return print();
  }
}
