package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures as they really happen: the first thing that their page names is their cause. */
class ReportScenesTest {
  private static final Map<String, String> CAUSES =
      Map.of(
          "partial-read", "fault “slice at 3 from server” hit cache #1 at offset 3 of the server",
          "lost-answer",
              "fault “stall from server” hit network #1 at offset 0 of the server, 0 of 65 bytes delivered",
          "wrong-order",
              "broker #1: the script failed, wrong bytes: expected C: HELLO control, received C: HELLO data",
          "reset-in-body",
              "fault “reset after 150 bytes” hit mirror #1 at offset 150 of the server, 150 of 440 bytes",
          "hung-client", "mail #1: the test waits in ");

  @Test
  void theFirstThingOnThePageIsTheCause(@TempDir Path folder) throws Exception {
    try (Browser browser = Browser.start()) {
      for (ReportScenes.Scene scene : ReportScenes.all()) {
        browser.open(ReportPage.write(scene.report().call(), folder));
        assertThat(browser.text("document.querySelector('#findings li').textContent"))
            .as(scene.name())
            .startsWith(CAUSES.get(scene.name()));
        assertThat(browser.text("document.getElementById('panels').textContent"))
            .as(scene.name())
            .contains("ReportScenes");
        assertThat(browser.text("document.body.textContent")).doesNotContain("c2VjcmV0");
        assertThat(browser.problems()).as(scene.name()).isEmpty();
      }
    }
  }
}
