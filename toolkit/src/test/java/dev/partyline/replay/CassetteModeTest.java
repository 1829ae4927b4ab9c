package dev.partyline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** When a cassette is recorded, and when it is replayed. */
class CassetteModeTest extends CassetteFolder {
  @Test
  void aMissingFileIsRecordedOnlyWhereThatIsWanted() {
    assertThat(CassetteMode.ONCE.replays(file(), true, true)).isTrue();
    assertThat(CassetteMode.ONCE.replays(file(), false, false)).isFalse();
    assertThat(CassetteMode.ALWAYS.replays(file(), true, true)).isFalse();
    assertThat(CassetteMode.REPLAY.replays(file(), true, false)).isTrue();
    assertThatThrownBy(() -> CassetteMode.ONCE.replays(file(), false, true))
        .hasMessage(
            "cassette (%s) does not exist, and nothing is recorded where the environment has"
                + " CI=true: run the test elsewhere, and commit the file",
            file());
    assertThatThrownBy(() -> CassetteMode.REPLAY.replays(file(), false, false))
        .hasMessage(
            "cassette (%s) does not exist, and mode 'replay' does not record it: 'once' does",
            file());
  }

  @Test
  void aNameStaysInTheResourcesOfTheTests() {
    for (String name : List.of("../../../../esc.wire", "/../esc.wire", "//esc.wire")) {
      assertThatThrownBy(() -> CassetteSpec.of(CassetteModeTest.class, name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("name (" + name + ") must be that of a file in ")
          .hasMessageEndingWith("resources");
    }
    assertThat(CassetteSpec.of(CassetteModeTest.class, "../session.wire").file().normalize())
        .endsWithRaw(Path.of("src/test/resources/dev/partyline/session.wire"));
  }

  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void theSystemPropertyIsForAllCassettes() {
    System.setProperty("partyline.cassette", "replay");
    try {
      assertThatThrownBy(() -> cassette().start(CassetteRuns::noServer))
          .hasMessageContaining("mode 'replay' does not record it");
      System.setProperty("partyline.cassette", "sometimes");
      assertThatThrownBy(() -> cassette().start(CassetteRuns::noServer))
          .hasMessage("-Dpartyline.cassette=sometimes must be 'once', 'replay' or 'always'");
    } finally {
      System.clearProperty("partyline.cassette");
    }
  }
}
