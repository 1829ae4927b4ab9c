package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Choices;
import dev.partyline.script.player.ConversationGenerator;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptFilesTest {
  @TempDir private Path folder;

  @Provide
  Arbitrary<List<Conversation>> conversations() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(60)
        .map(numbers -> ConversationGenerator.generate(Choices.of(numbers)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property(tries = 100)
  void whatIsReadIsWhatWasSaved(@ForAll("conversations") List<Conversation> conversations)
      throws IOException {
    Path temporary = Files.createTempDirectory("transcripts");
    try {
      TranscriptFiles files = TranscriptFiles.in(temporary).redacting(Redaction.none());
      List<Path> written = files.write(Recording.of(conversations.toArray(Conversation[]::new)));
      assertThat(written).hasSameSizeAs(conversations);
      assertThat(files.read().conversations()).isEqualTo(conversations);
    } finally {
      try (var all = Files.list(temporary)) {
        for (Path file : all.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(temporary);
    }
  }

  private static Conversation said(String text) {
    return Conversation.of(List.of(new Event.Sent(Side.CLIENT, 7, Bytes.utf8(text))));
  }

  @Test
  void secretsAreMaskedAndTheFileSaysSo() throws IOException {
    Path file = TranscriptFiles.in(folder).write(Recording.of(said("AUTH sesame\r\n"))).get(0);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # Masked: an asterisk stands for each byte of a secret.
            [+0.000000007] C: AUTH ******
            """);
    assertThat(TranscriptFiles.in(folder).read().conversations())
        .containsExactly(said("AUTH ******\r\n"));
  }

  @Test
  void aShorterRecordingLeavesNothingOfALongerOne() throws IOException {
    TranscriptFiles files = TranscriptFiles.in(folder.resolve("new"));
    files.write(Recording.of(said("a"), said("b")));
    Files.writeString(folder.resolve("new").resolve("notes.txt"), "mine");
    files.write(Recording.of(said("c")));
    assertThat(files.read().conversations()).containsExactly(said("c"));
    assertThat(folder.resolve("new")).isDirectoryContaining(p -> p.endsWith("notes.txt"));
  }

  @Test
  void aFolderOfSuchANameStays() throws IOException {
    Path other = Files.createDirectory(folder.resolve("connection-2.wire"));
    TranscriptFiles files = TranscriptFiles.in(folder);
    files.write(Recording.of(said("a")));
    assertThat(other).isEmptyDirectory();
    assertThat(files.read().conversations()).containsExactly(said("a"));
    assertThatThrownBy(() -> files.write(Recording.of(said("a"), said("b"))))
        .hasMessageEndingWith("it is a folder");
  }

  @Test
  void aRecordingWithoutConnectionsIsReadAgain() {
    TranscriptFiles files = TranscriptFiles.in(folder.resolve("new"));
    assertThatThrownBy(files::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "folder (%s) must exist, with a recording that was written to it",
            folder.resolve("new"));
    assertThat(files.write(Recording.of())).isEmpty();
    assertThat(files.read().conversations()).isEmpty();
    files.write(Recording.of(said("a")));
    files.write(Recording.of());
    assertThat(files.read().conversations()).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    TranscriptFiles files = TranscriptFiles.in(folder);
    files.write(Recording.of(said("a"), said("b")));
    Files.delete(folder.resolve("connection-1.wire"));
    assertThatThrownBy(files::read)
        .hasMessageEndingWith("without a gap, but has [connection-2.wire]");
  }
}
