package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

class PagesWithoutRoomTest extends PagesFolder {
  @Test
  void aTestThatPassesLeavesRoomForOneThatFails() throws IOException {
    Map<String, String> small =
        Map.of("partyline.report", "all", "partyline.report.maxSize", "220KiB");
    Throwable report = ReportTest.run(PassesOftenAndFails.class, reports, small);
    assertThat(report).hasMessageContaining("\nthe page of this test: ");
    assertThat(index())
        .anyMatch(line -> line.contains("files of tests that pass may have half of 220KiB"))
        .last()
        .asString()
        .contains("\"failed\"");
  }

  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class PassesOftenAndFails {
    @ScriptedListener(ANY)
    Listener shop;

    @RepeatedTest(5)
    void a() {
      tell(shop, "tea");
    }

    @Test
    void b() {
      tell(shop, "tea");
      fail("mine");
    }
  }

  @Test
  void whatDoesNotFitIsNotWrittenAndTheFailureAndTheIndexSaySo() throws IOException {
    Throwable report = run(FailsTwice.class, "partyline.report.maxSize", "20KiB");
    assertThat(names()).contains("shop.wire").doesNotContain("report.html");
    String problem = "all files of this run may have 20KiB, which partyline.report.maxSize sets";
    assertThat(report).hasMessageContaining("\nthe page of this test was not written (" + problem);
    assertThat(index())
        .singleElement()
        .asString()
        .startsWith("partylineNote(\"Not every test has its files: " + problem);
  }

  @Test
  void theFailureNamesEachFileThatDoesNotFit() {
    assertThat(run(FailsWithHttp.class, "partyline.report.maxSize", "0KiB"))
        .hasMessageContaining("not written to a file (all files of this run may have 0KiB")
        .hasMessageContaining("\nthe page of this test was not written (see above)\n")
        .hasMessageEndingWith("\nnot written (see above): shop.pcapng, shop.har");
  }

  static class FailsWithHttp {
    @ScriptedListener(ANY)
    Listener shop;

    @Test
    void fails() {
      tell(shop, "GET / HTTP/1.1");
      fail("mine");
    }
  }

  static class FailsTwice {
    @ScriptedListener(ANY)
    Listener shop;

    @RepeatedTest(2)
    void fails() {
      tell(shop, "tea");
      fail("mine");
    }
  }

  @Test
  void whereNothingCanBeWrittenTheReasonIsToldOnce() throws IOException {
    Files.writeString(reports.resolve("junit-jupiter"), "a file in place of a folder");
    assertThat(run(PagesTest.FailsInMethod.class))
        .hasMessageStartingWith("conversations\n")
        .hasMessageContaining(
            ", not written to a file (" + reports.resolve("junit-jupiter/dev.partyline.junit5"))
        .hasMessageContaining("FailsInMethod: Not a directory):\n")
        .hasMessageContaining("\nthe page of this test was not written (see above)\n");
  }

  @Test
  void aFolderWhoseNameIsTooLongIsNamedWithTheReason() {
    assertThat(run(HasALongName.class))
        .hasMessageMatching(
            "(?s).*, not written to a file \\(/.*fails"
                + "Long".repeat(70)
                + ".*: File name too long\\):.*");
  }

  static class HasALongName {
    @ScriptedListener(ANY)
    Listener shop;

    @Test
    void
        failsLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLongLong() {
      tell(shop, "tea");
      fail("mine");
    }
  }

  @Test
  void aPassingTestDoesNotFailBecauseItCannotWrite() throws IOException {
    Files.writeString(reports.resolve("junit-jupiter"), "a file in place of a folder");
    assertThat(run(PagesTest.Passes.class, "partyline.report", "all")).hasMessage(null);
  }
}
