package dev.partyline.replay;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A folder of a test in which a cassette is recorded. */
abstract class CassetteFolder {
  @TempDir Path folder;

  final Path file() {
    return folder.resolve("session.wire");
  }

  final CassetteSpec cassette() {
    return CassetteSpec.of(file());
  }
}
