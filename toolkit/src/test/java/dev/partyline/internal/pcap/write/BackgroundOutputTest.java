package dev.partyline.internal.pcap.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BackgroundOutputTest {
  private static final Path FULL = Path.of("/dev/full");

  @Test
  void afterAFailureNothingIsWritten() throws IOException {
    assumeTrue(Files.exists(FULL));
    BackgroundOutput output = new BackgroundOutput(FULL);
    IOException first =
        catchThrowableOfType(IOException.class, () -> output.write(ByteBuffer.allocate(3 << 20)));
    IOException atClose = catchThrowableOfType(IOException.class, output::close);
    assertThat(first).hasMessageStartingWith("/dev/full cannot be written: ");
    assertThat(atClose.getCause()).as("no other write has failed").isSameAs(first.getCause());
  }
}
