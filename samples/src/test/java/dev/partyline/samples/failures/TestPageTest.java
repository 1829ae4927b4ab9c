package dev.partyline.samples.failures;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the captures of a test that fails. */
class TestPageTest {
  @Test
  void aFailureNamesItsPage(@TempDir Path reports) throws IOException {
    JUnitRun run = JUnitRun.of(Prices.class, reports, Map.of("partyline.publish", "failures"));
    assertShown("page-line", run.printed("teaCostsThreeForty"));
    try (Stream<Path> all = Files.walk(reports)) {
      assertShown(
          "page-files",
          all.filter(Files::isRegularFile)
              .map(file -> "target/" + reports.relativize(file))
              .sorted()
              .collect(Collectors.joining("\n")));
    }
  }

  @Test
  void allTestsHavePages(@TempDir Path reports) {
    JUnitRun.of(Prices.class, reports, Map.of("partyline.report", "all"));
    assertThat(reports).isDirectoryRecursivelyContaining("glob:**/teaHasAPrice(*/report.html");
  }

  static class Prices {
    @ScriptedListener("C: tea\nS: 3.50")
    Listener shop;

    // tag::prices[]
    @Tapped(to = "shop", weather = "delay 5ms")
    Tap tap;

    @Test
    void teaCostsThreeForty(@ScriptedClient(to = "tap") Client customer) {
      customer.sendLine("tea");
      assertThat(customer.readLine()).isEqualTo("3.40");
    }

    // end::prices[]

    @Test
    void teaHasAPrice(@ScriptedClient(to = "tap") Client customer) {
      customer.sendLine("tea");
      customer.expectLine("3.50");
    }
  }
}
