package dev.partyline.samples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the documentation: its blocks of code, and what stands around them. */
record Page(Path path, List<Block> blocks, String prose) {
  /** Where the project begins, from the folder in which Maven runs the tests of this module. */
  static final Path ROOT = Path.of("..");

  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  /**
   * A fenced block.
   *
   * @param language the first word after the fence, and empty if there is none
   * @param name the second one, which the check of an output calls it by
   */
  record Block(Page page, int line, String language, String name, String text) {
    @Override
    public String toString() {
      return page.path + ":" + line + " (" + language + ")";
    }
  }

  static List<Page> all() {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .map(Page::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Page of(Path path) {
    List<String> lines = read(path).lines().toList();
    Page page = new Page(path, new ArrayList<>(), "");
    StringBuilder prose = new StringBuilder();
    int fence = -1;
    for (int i = 0; i < lines.size(); i++) {
      boolean isFence = lines.get(i).startsWith("```");
      if (isFence && fence >= 0) {
        page.blocks.add(block(page, lines, fence, i));
      }
      if (isFence) {
        fence = fence < 0 ? i : -1;
      } else if (fence < 0) {
        prose.append(lines.get(i)).append('\n');
      }
    }
    return new Page(path, page.blocks, prose.toString());
  }

  private static Block block(Page page, List<String> lines, int start, int end) {
    String[] words = (lines.get(start).substring(3) + "  ").split(" ", 3);
    String text = String.join("\n", lines.subList(start + 1, end)) + "\n";
    return new Block(page, start + 1, words[0], words[1].strip(), text);
  }

  List<String> links() {
    return LINK.matcher(CODE.matcher(prose).replaceAll("code"))
        .results()
        .map(link -> link.group(1))
        .toList();
  }

  /** Returns what stands in the text as code. */
  List<String> inlineCode() {
    return CODE.matcher(prose).results().map(code -> code.group(2)).toList();
  }

  /** Returns the names by which GitHub lets a link lead to a heading. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").strip().replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path.toAbsolutePath(), e);
    }
  }
}
