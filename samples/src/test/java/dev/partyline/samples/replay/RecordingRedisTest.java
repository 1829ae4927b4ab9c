package dev.partyline.samples.replay;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.Cassette;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A session with a real Redis is recorded, and replayed after Redis was stopped. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RecordingRedisTest {
  @TempDir private Path folder;

  @BeforeEach
  void useAnotherFolder() {
    System.setProperty("partyline.resources", folder.toString());
  }

  @AfterEach
  void useTheFolderOfTheProject() {
    System.clearProperty("partyline.resources");
    System.clearProperty("partyline.cassette");
  }

  @Test
  void theFileStandsForTheServer() throws IOException {
    System.setProperty("partyline.cassette", "always");
    assertThat(JUnitRun.messageOf(TakingTeaTest.class, Map.of())).isEmpty();
    Path file = folder.resolve("dev/partyline/samples/replay/taking-tea.wire");
    assertShown("cassette-file", Files.readString(file));
    System.setProperty("partyline.cassette", "replay");
    assertThat(JUnitRun.messageOf(TakingTeaTest.class, Map.of())).isEmpty();
    String failure = JUnitRun.messageOf(TakingCoffee.class, Map.of());
    assertShown("cassette-difference", failure);
  }

  static class TakingCoffee {
    @Tapped(to = "127.0.0.1:6379")
    @Cassette("taking-tea.wire")
    private Tap tap;

    @Test
    void onePacketLess() throws IOException {
      assertThat(new Stock(tap.host(), tap.port()).take("coffee")).isEqualTo(11);
    }
  }
}
