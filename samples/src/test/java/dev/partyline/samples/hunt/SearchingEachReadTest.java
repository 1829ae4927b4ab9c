package dev.partyline.samples.hunt;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.SliceEverywhere;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that looks for the end of a header in each read: where it fails is drawn. */
class SearchingEachReadTest {
  @TempDir private Path reports;

  static class Reading {
    // tag::slicing-everywhere[]
    @SliceEverywhere(sides = Side.SERVER)
    void readsAHeader(
        @ScriptedListener("S: Length: 10\nS:\nS| 0123456789\nS! close") Listener server)
        throws IOException {
      assertThat(header(server)).isEqualTo("Length: 10");
    }

    /** This is wrong: two reads may have the end of the header together. */
    private static String header(Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        InputStream in = socket.getInputStream();
        StringBuilder header = new StringBuilder();
        byte[] room = new byte[256];
        for (int count = in.read(room); count >= 0; count = in.read(room)) {
          String text = new String(room, 0, count, US_ASCII);
          int end = text.indexOf("\r\n\r\n");
          if (end >= 0) {
            return header.append(text, 0, end).toString();
          }
          header.append(text);
        }
        return "no header";
      }
    }
    // end::slicing-everywhere[]
  }

  @Test
  void whereItFailsIsDrawn() {
    Map<String, Throwable> failures = JUnitRun.of(Reading.class, reports, Map.of()).failures();
    assertShown(
        "sliced-everywhere",
        failures.values().stream()
            .map(failure -> String.valueOf(failure.getMessage()))
            .filter(text -> text.startsWith("it fails when"))
            .collect(joining()));
  }
}
