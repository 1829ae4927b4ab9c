package dev.partyline.samples.failures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.report.IndexFile;
import dev.partyline.report.ReportPage;
import dev.partyline.report.ReportSection;
import dev.partyline.report.TestReport;
import dev.partyline.report.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a test recorded as a page. */
class PageTest {
  @Test
  void aTestWritesItsPage(@TempDir Path folder) throws IOException {
    try (Listener shop = Listener.playing("C: tea\nS: 3.50\nC: bye").start();
        Client client = Client.to(shop.address()).start()) {
      client.sendLine("tea");
      client.expectLine("3.50");
      // tag::page[]
      TestReport report =
          TestReport.of("PricesTest.buysTea()", TestResult.FAILED)
              .failure("expected 3.40, was 3.50")
              .endedAt(System.nanoTime())
              .with(ReportSection.of("shop", shop));
      Path page = ReportPage.write(report, folder.resolve("PricesTest.buysTea"));
      IndexFile.open(folder.resolve("index.html")).add(report, page);
      // end::page[]
      assertThat(page).content().contains("PricesTest.buysTea()", "waits for C: bye");
      assertThat(folder.resolve("index.js")).content().contains("expected 3.40, was 3.50");
    }
  }
}
