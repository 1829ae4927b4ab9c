package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SpillStoreTest {
  private static final int CHUNK_BYTES = 100_000;

  @TempDir private Path directory;

  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);

  private Recorder recorder() {
    return new Recorder(() -> 0, RecordingPolicy.everything().inMemory(0).spillingTo(directory));
  }

  private void send(ConversationRecorder connection, int value) {
    for (int i = 0; i < CHUNK_BYTES; i++) {
      chunk.put(i, (byte) value);
    }
    connection.recordSent(Side.CLIENT, chunk);
  }

  private static ConversationRecorder open(Recorder recorder) {
    return recorder.open(Transport.TCP, "a", "b");
  }

  private static Bytes chunkOf(int value) {
    byte[] bytes = new byte[CHUNK_BYTES];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  /** Returns the file descriptors that this process has open in the directory. */
  private List<String> descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(SpillStoreTest::target)
          .filter(target -> target.startsWith(directory.toString()))
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void theFileIsOpenedOnDemandAndHasNoName() throws IOException {
    ConversationRecorder connection = open(recorder());
    assertThat(descriptors()).isEmpty();
    send(connection, 1);
    assertThat(directory).isEmptyDirectory();
    assertThat(descriptors()).isNotEmpty().allMatch(name -> name.endsWith(" (deleted)"));
    assertThat(connection.snapshot().bytes(Side.CLIENT)).isEqualTo(chunkOf(1));
  }

  @Test
  void theFileGoesWithTheRecording() throws IOException {
    Conversation conversation = spilledConversation();
    System.gc();
    assertThat(conversation.bytes(Side.CLIENT)).isEqualTo(chunkOf(7));
    assertThat(descriptors()).isNotEmpty();
    conversation = Conversation.of(List.of());
    assertThat(conversation.events()).isEmpty();
    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(descriptors()).isEmpty();
            });
  }

  private Conversation spilledConversation() {
    ConversationRecorder connection = open(recorder());
    send(connection, 7);
    connection.recordClosed();
    return connection.snapshot();
  }

  @Test
  void anInterruptedThreadLosesNothingAndStaysInterrupted() {
    ConversationRecorder connection = open(recorder());
    Thread.currentThread().interrupt();
    send(connection, 1);
    assertThat(connection.snapshot().bytes(Side.CLIENT)).isEqualTo(chunkOf(1));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aChannelThatAnInterruptClosedIsDoneWithout() throws Exception {
    ConversationRecorder connection = open(recorder());
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                send(connection, i);
              }
            });
    writer.start();
    while (writer.isAlive()) {
      writer.interrupt();
    }
    writer.join();
    Conversation conversation = connection.snapshot();
    assertThat(conversation.byteCount(Side.CLIENT)).isEqualTo(200L * CHUNK_BYTES);
    for (int i = 0; i < 200; i++) {
      long offset = (long) i * CHUNK_BYTES;
      assertThat(conversation.bytes(Side.CLIENT, offset, offset + CHUNK_BYTES))
          .isEqualTo(chunkOf(i));
    }
  }

  @Test
  void whatCannotBeKeptIsCountedAndReported() {
    Path missingDirectory = directory.resolve("nowhere");
    Recorder recorder =
        new Recorder(
            () -> 0, RecordingPolicy.everything().inMemory(256).spillingTo(missingDirectory));
    ConversationRecorder connection = open(recorder);
    connection.recordSent(Side.SERVER, Bytes.utf8("kept").toBuffer());
    assertThatNoException().isThrownBy(() -> send(connection, 1));
    send(connection, 2);
    connection.recordSent(Side.SERVER, Bytes.utf8("gone").toBuffer());
    Conversation conversation = connection.snapshot();
    assertThat(recorder.problem().orElseThrow())
        .startsWith("the recording cannot be kept in a file in " + missingDirectory)
        .contains("NoSuchFileException", "; 200004 bytes of it are missing: ")
        .contains("RecordingPolicy.headAndTail");
    assertThat(conversation.byteCount(Side.CLIENT)).isEqualTo(2L * CHUNK_BYTES);
    assertThat(conversation.droppedBytes(Side.CLIENT)).isEqualTo(2L * CHUNK_BYTES);
    assertThat(conversation.events())
        .containsExactly(
            new Event.Sent(Side.SERVER, 0, Bytes.utf8("kept")),
            new Event.Dropped(Side.CLIENT, 0, 2L * CHUNK_BYTES),
            new Event.Dropped(Side.SERVER, 0, 4));
    assertThat(conversation.notes()).hasSize(1);
    assertThat(conversation.notes().get(0).text())
        .startsWith("bytes are missing here: the recording cannot be kept in a file in ");
  }

  @Test
  void aFullDiskIsReported() {
    Path fullDevice = Path.of("/dev/full");
    Recorder recorder =
        new Recorder(() -> 0, RecordingPolicy.everything().inMemory(0).spillingTo(fullDevice));
    send(open(recorder), 1);
    assertThat(recorder.problem().orElseThrow()).contains("in /dev/full: ");
  }

  @Test
  void smallChunksCanBeReadBeforeTheyAreWritten() {
    ConversationRecorder connection = open(recorder());
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      connection.recordSent(Side.CLIENT, Bytes.utf8(i + ";").toBuffer());
      all.append(i).append(';');
      if (i % 10_000 == 9) {
        assertThat(connection.snapshot().bytes(Side.CLIENT).utf8()).isEqualTo(all.toString());
      }
    }
    assertThat(connection.snapshot().bytes(Side.CLIENT).utf8()).isEqualTo(all.toString());
  }
}
