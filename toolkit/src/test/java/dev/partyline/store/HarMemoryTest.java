package dev.partyline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarMemoryTest {
  @TempDir private Path folder;

  @Test
  void bodiesThatAreLargerThanTheMemoryAreWritten() throws IOException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-cp",
                System.getProperty("java.class.path"),
                HarJvm.class.getName(),
                folder.resolve("large.har").toString(),
                "1024")
            .redirectErrorStream(true)
            .start();
    String printed = new String(jvm.getInputStream().readAllBytes(), UTF_8);
    long textBytes = 64 << 20;
    // Three bytes are four characters of Base64.
    assertThat(Long.parseLong(printed.strip())).isGreaterThan(textBytes + textBytes * 4 / 3);
  }
}
