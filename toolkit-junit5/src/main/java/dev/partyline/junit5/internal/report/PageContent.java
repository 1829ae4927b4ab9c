package dev.partyline.junit5.internal.report;

import dev.partyline.report.ReportPage;
import dev.partyline.report.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page, with the files that a long one has beside it. */
record PageContent(TestReport report) implements FileContent {
  @Override
  public void write(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    ReportPage.write(report, file.toAbsolutePath().resolveSibling(""), name);
  }

  private static String baseName(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.html$", "");
  }

  @Override
  public List<Path> files(Path file) throws IOException {
    Pattern blockName = Pattern.compile(Pattern.quote(baseName(file)) + "-\\d+\\.js");
    try (Stream<Path> all = Files.list(file.toAbsolutePath().resolveSibling(""))) {
      List<Path> files = new ArrayList<>(List.of(file));
      all.filter(each -> blockName.matcher(String.valueOf(each.getFileName())).matches())
          .forEach(files::add);
      return files;
    }
  }
}
