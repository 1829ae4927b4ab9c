package dev.partyline.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.report.ByteBlocks;
import dev.partyline.internal.report.PageShell;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A report as a page: a ladder diagram of all conversations of the test over one time line, the
 * bytes of each read and write, what protocols read in them, scripts, faults, and how connections
 * ended.
 *
 * <p>The page is one file, {@code page.html}, that loads nothing from a network; of more than 1 MiB
 * of bytes the middle lies beside it, in {@code page-1.js} and so on. At most 4 MiB of a
 * conversation, 64 MiB of all, and 200,000 events are shown: of more, those at both ends.
 */
public final class ReportPage {
  private static final List<String> SCRIPTS =
      List.of(
          "text.js",
          "model.js",
          "findings.js",
          "ladder.js",
          "arrows.js",
          "strip.js",
          "bytes.js",
          "panels.js",
          "search.js",
          "keys.js");

  private ReportPage() {}

  /**
   * Writes the page of a report, in place of one that is there.
   *
   * @param folder where to, such as the folder of the other files of the test; it is created
   * @return the file of the page
   * @throws IOException if a file cannot be written
   */
  public static Path write(TestReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    PageData data = new PageData(report, folder);
    writeBlocks(data.blocks(), folder);
    return Files.write(folder.resolve("page.html"), html(data).getBytes(UTF_8));
  }

  static String html(PageData data) {
    return PageShell.html("page.html", List.of("page.css"), SCRIPTS, data.json());
  }

  private static void writeBlocks(ByteBlocks blocks, Path folder) throws IOException {
    try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, "page-[0-9]*.js")) {
      for (Path file : earlier) {
        Files.delete(file);
      }
    }
    for (int index = 0; index < blocks.count(); index++) {
      if (!blocks.isInline(index)) {
        Files.writeString(folder.resolve("page-" + index + ".js"), blocks.script(index));
      }
    }
  }
}
