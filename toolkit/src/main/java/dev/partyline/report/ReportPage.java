package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.report.ByteBlocks;
import dev.partyline.internal.report.PageShell;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A report as a page: a ladder diagram of all conversations of the test over one time line, the
 * bytes of each read and write, what protocols read in them, scripts, faults, and how connections
 * ended.
 *
 * <p>The page is one file, {@code page.html} if it is given no other name, that loads nothing from
 * a network; of more than 1 MiB of bytes the middle lies beside it, in {@code page-2.js} and so on.
 * At most 4 MiB of a conversation, 64 MiB of all, and 200,000 events are shown: of more, those at
 * both ends.
 */
public final class ReportPage {
  private static final List<String> SCRIPTS =
      List.of(
          "text.js",
          "model.js",
          "stack.js",
          "findings.js",
          "ladder.js",
          "arrows.js",
          "strip.js",
          "bytes.js",
          "panels.js",
          "search.js",
          "compare.js",
          "keys.js");

  private ReportPage() {}

  /**
   * Writes the page of a report as {@code page.html}, in place of one that is there.
   *
   * @param folder where to, such as the folder of the other files of the test; it is created
   * @return the file of the page
   * @throws IOException if a file cannot be written
   */
  public static Path write(TestReport report, Path folder) throws IOException {
    return write(report, folder, "page");
  }

  /**
   * Writes the page of a report, in place of one of that name that is there.
   *
   * @param folder where to; it is created
   * @param name the name of the file, with or without {@code .html}; names of further files begin
   *     with it
   * @return the file of the page
   * @throws IOException if a file cannot be written
   */
  public static Path write(TestReport report, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    String baseName = name.replaceFirst("\\.html$", "");
    PageData data = new PageData(report, folder, baseName);
    writeBlocks(data.blocks(), folder, baseName);
    return Files.write(folder.resolve(baseName + ".html"), html(data).getBytes(UTF_8));
  }

  static String html(PageData data) {
    return PageShell.html("page.html", List.of("page.css"), SCRIPTS, data.json());
  }

  private static void writeBlocks(ByteBlocks blocks, Path folder, String name) throws IOException {
    Pattern blockName = Pattern.compile(Pattern.quote(name) + "-[0-9]+\\.js");
    try (DirectoryStream<Path> earlier =
        Files.newDirectoryStream(
            folder,
            file ->
                blockName.matcher(file.getFileName() + "").matches()
                    && Files.isRegularFile(file))) {
      for (Path file : earlier) {
        Files.delete(file);
      }
    }
    for (int index = 0; index < blocks.count(); index++) {
      if (!blocks.isInline(index)) {
        Files.writeString(folder.resolve(name + "-" + index + ".js"), blocks.script(index));
      }
    }
  }
}
