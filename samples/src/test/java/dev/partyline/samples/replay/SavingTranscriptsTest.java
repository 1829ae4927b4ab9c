package dev.partyline.samples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.store.TranscriptFiles;
import dev.partyline.wire.Recording;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording is kept, and is the same when it is read. */
class SavingTranscriptsTest {
  @Test
  void whatIsReadIsWhatWasSaved(
      @ScriptedListener("every connection\n  C: ${x}\n  S: ${x}\n  S! close") Listener server,
      @TempDir Path folder) {
    say(server, "tea");
    say(server, "coffee");
    Recording recording = server.recording();
    // tag::save[]
    TranscriptFiles files = TranscriptFiles.in(folder).redacting(Redaction.none());
    files.write(recording);
    assertThat(files.read().conversations()).isEqualTo(recording.conversations());
    // end::save[]
    assertThat(folder.resolve("connection-2.wire")).content().contains("C: coffee");
  }

  private static void say(Listener server, String word) {
    try (Client client = Client.to(server.address()).start()) {
      client.sendLine(word);
      client.expectLine(word);
      assertThat(client.readToEnd().isEmpty()).isTrue();
    }
  }
}
