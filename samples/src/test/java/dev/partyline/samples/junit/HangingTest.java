package dev.partyline.samples.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import dev.partyline.samples.docs.ShownOutput;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A test that would hang for ever, and what its failure shows. */
class HangingTest {
  @Test
  void theFailureShowsWhereTheTestHangs(@TempDir Path reports) {
    JUnitRun run = JUnitRun.of(Hanging.class, reports, Map.of());
    ShownOutput.assertShown("hung-test", run.printed("theClientReadsOneByteTooMany"));
  }

  static class Hanging {
    // tag::hung-test[]
    @Test
    @Timeout(2)
    void theClientReadsOneByteTooMany(@ScriptedListener("C: PING\nS: PONG") Listener server)
        throws IOException {
      try (Socket client = new Socket(server.host(), server.port())) {
        client.getOutputStream().write("PING\r\n".getBytes(UTF_8));
        assertThat(client.getInputStream().readNBytes(7)).asString().startsWith("PONG");
      }
    }
    // end::hung-test[]
  }
}
