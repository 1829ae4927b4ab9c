package dev.partyline.script;

import dev.partyline.internal.secrets.MaskedStatements;
import dev.partyline.internal.secrets.SecretRules;
import dev.partyline.wire.Bytes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the text of a script comes from, its lines, and where its files are looked for. */
final class ScriptSource {
  private static final String MODULE_HINT =
      "; of a named module, its package must be open to dev.partyline.toolkit";

  private final String name;
  private final List<String> lines;
  private final int strayCrLine;
  private final @Nullable Path folder;
  private final @Nullable Class<?> anchor;

  private ScriptSource(String name, String text, @Nullable Path folder, @Nullable Class<?> anchor) {
    this.name = name;
    String[] rawLines = withoutBom(text).split("\n", -1);
    this.lines = lines(rawLines);
    this.strayCrLine = strayCrLine(rawLines);
    this.folder = folder;
    this.anchor = anchor;
  }

  static ScriptSource text(String text, @Nullable Class<?> anchor) {
    return new ScriptSource(
        anchor == null ? "script" : "script in " + anchor.getSimpleName(), text, null, anchor);
  }

  /** The source of steps that were built in Java. */
  static ScriptSource forBuilder() {
    return new ScriptSource("script", "", null, null);
  }

  static ScriptSource file(Path file) {
    String name = file.toString();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "script (" + file.toAbsolutePath() + ") must be a file, but there is none");
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      return new ScriptSource(name, decode(name, Files.readAllBytes(file)), folder, null);
    } catch (IOException e) {
      throw new IllegalArgumentException("script (" + file + ") cannot be read: " + e, e);
    }
  }

  static ScriptSource resource(Class<?> anchor, String name) {
    byte[] content = content(anchor.getResource(name));
    if (content == null) {
      throw new IllegalArgumentException(
          "script ("
              + name
              + ") must be a class-path resource beside "
              + anchor.getName()
              + ", or from the root with a leading '/', but there is none"
              + (anchor.getModule().isNamed() ? MODULE_HINT : ""));
    }
    return new ScriptSource(name, decode(name, content), null, anchor);
  }

  String name() {
    return name;
  }

  List<String> lines() {
    return lines;
  }

  /** Returns the first line that ends in CRLF where another one ends in LF, from 1; else 0. */
  int strayCrLine() {
    return strayCrLine;
  }

  /** Returns a line, counted from 1, with its secrets masked. */
  String maskedLine(int line) {
    List<String> before = lines.subList(0, Math.min(line, lines.size()));
    return line > lines.size()
        ? line(line)
        : MaskedStatements.of(before, SecretRules.STANDARD).lines().get(line - 1);
  }

  String line(int number) {
    return lines.get(number - 1);
  }

  /** Returns the content of the file or resource, or null: beside the script first. */
  @Nullable Bytes find(String file) {
    byte[] content = anchor == null ? null : content(anchor.getResource(file));
    if (content == null && folder != null) {
      content = content(folder, file);
    }
    if (content == null) {
      content = content(Path.of(""), file);
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (content == null && context != null) {
      content = content(context.getResource(file));
    }
    return content == null ? null : Bytes.of(content);
  }

  private static byte @Nullable [] content(Path folder, String file) {
    try {
      Path path = folder.resolve(file);
      return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
    } catch (IllegalArgumentException e) {
      // Not a valid path, but it may still be the name of a resource.
      return null;
    } catch (IOException e) {
      throw new IllegalArgumentException("file (" + file + ") cannot be read: " + e, e);
    }
  }

  private static byte @Nullable [] content(@Nullable URL resource) {
    // A folder of the class path would read as the list of its files.
    if (resource == null
        || resource.getPath().endsWith("/")
        || (resource.getProtocol().equals("file") && new File(resource.getPath()).isDirectory())) {
      return null;
    }
    try (InputStream in = resource.openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalArgumentException("resource (" + resource + ") cannot be read: " + e, e);
    }
  }

  private static String decode(String name, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "script (" + name + ") must be text in UTF-8; other bytes are written \\xHH", e);
    }
  }

  /** Returns the lines without their ends, LF or CRLF. */
  private static List<String> lines(String[] rawLines) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rawLines.length; i++) {
      boolean endsInCr = i < rawLines.length - 1 && rawLines[i].endsWith("\r");
      lines.add(endsInCr ? rawLines[i].substring(0, rawLines[i].length() - 1) : rawLines[i]);
    }
    return List.copyOf(lines);
  }

  /** Returns the first line that ends in CRLF where another one ends in LF, from 1; else 0. */
  private static int strayCrLine(String[] rawLines) {
    int firstCr = 0;
    int crCount = 0;
    for (int i = rawLines.length - 2; i >= 0; i--) {
      if (rawLines[i].endsWith("\r")) {
        firstCr = i + 1;
        crCount++;
      }
    }
    return crCount < rawLines.length - 1 ? firstCr : 0;
  }

  private static String withoutBom(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
