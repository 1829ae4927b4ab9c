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
  private static final int CHUNK = 100_000;

  @TempDir private Path directory;

  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

  private Recorder recorder() {
    return new Recorder(() -> 0, RecordingPolicy.everything().inMemory(0).spillingTo(directory));
  }

  private void say(ConversationRecorder track, int value) {
    for (int i = 0; i < CHUNK; i++) {
      chunk.put(i, (byte) value);
    }
    track.sent(Side.CLIENT, chunk);
  }

  private static ConversationRecorder open(Recorder recorder) {
    return recorder.open(Transport.TCP, "a", "b");
  }

  private static Bytes filled(int value) {
    byte[] bytes = new byte[CHUNK];
    Arrays.fill(bytes, (byte) value);
    return Bytes.of(bytes);
  }

  /** The descriptors that this process has on files in the directory. */
  private List<String> descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(SpillStoreTest::target)
          .filter(at -> at.startsWith(directory.toString()))
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
    ConversationRecorder track = open(recorder());
    assertThat(descriptors()).isEmpty();
    say(track, 1);
    assertThat(directory).isEmptyDirectory();
    assertThat(descriptors()).isNotEmpty().allMatch(name -> name.endsWith(" (deleted)"));
    assertThat(track.snapshot().sentBy(Side.CLIENT)).isEqualTo(filled(1));
  }

  @Test
  void theFileGoesWhenNobodyHoldsTheRecording() throws IOException {
    Conversation last = spilled();
    System.gc();
    assertThat(last.sentBy(Side.CLIENT)).isEqualTo(filled(7));
    assertThat(descriptors()).isNotEmpty();
    last = Conversation.of(List.of());
    assertThat(last.events()).isEmpty();
    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(descriptors()).isEmpty();
            });
  }

  private Conversation spilled() {
    ConversationRecorder track = open(recorder());
    say(track, 7);
    track.closed();
    return track.snapshot();
  }

  @Test
  void anInterruptedThreadLosesNothingAndStaysInterrupted() {
    ConversationRecorder track = open(recorder());
    Thread.currentThread().interrupt();
    say(track, 1);
    assertThat(track.snapshot().sentBy(Side.CLIENT)).isEqualTo(filled(1));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aChannelThatAnInterruptClosedIsDoneWithout() throws Exception {
    ConversationRecorder track = open(recorder());
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                say(track, i);
              }
            });
    writer.start();
    while (writer.isAlive()) {
      writer.interrupt();
    }
    writer.join();
    Conversation conversation = track.snapshot();
    assertThat(conversation.count(Side.CLIENT)).isEqualTo(200L * CHUNK);
    for (int i = 0; i < 200; i++) {
      long from = (long) i * CHUNK;
      assertThat(conversation.bytes(Side.CLIENT, from, from + CHUNK)).isEqualTo(filled(i));
    }
  }

  @Test
  void whatCannotBeKeptIsCountedAndTold() {
    Path nowhere = directory.resolve("nowhere");
    Recorder recorder =
        new Recorder(() -> 0, RecordingPolicy.everything().inMemory(256).spillingTo(nowhere));
    ConversationRecorder track = open(recorder);
    track.sent(Side.SERVER, Bytes.utf8("kept").toBuffer());
    assertThatNoException().isThrownBy(() -> say(track, 1));
    say(track, 2);
    track.sent(Side.SERVER, Bytes.utf8("gone").toBuffer());
    Conversation conversation = track.snapshot();
    assertThat(recorder.problem().orElseThrow())
        .startsWith("the recording cannot be kept in a file in " + nowhere)
        .contains("NoSuchFileException", "Keep.headAndTail");
    assertThat(conversation.count(Side.CLIENT)).isEqualTo(2L * CHUNK);
    assertThat(conversation.dropped(Side.CLIENT)).isEqualTo(2L * CHUNK);
    assertThat(conversation.events())
        .containsExactly(
            new Event.Sent(Side.SERVER, 0, Bytes.utf8("kept")),
            new Event.Dropped(Side.CLIENT, 0, 2L * CHUNK),
            new Event.Dropped(Side.SERVER, 0, 4));
    assertThat(conversation.notes()).hasSize(1);
    assertThat(conversation.notes().get(0).text()).isEqualTo(recorder.problem().orElseThrow());
  }

  @Test
  void aFullDiskIsTold() {
    Path full = Path.of("/dev/full");
    Recorder recorder =
        new Recorder(() -> 0, RecordingPolicy.everything().inMemory(0).spillingTo(full));
    say(open(recorder), 1);
    assertThat(recorder.problem().orElseThrow()).contains("in /dev/full: ");
  }

  @Test
  void smallChunksCanBeReadBeforeTheyAreWritten() {
    ConversationRecorder track = open(recorder());
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      track.sent(Side.CLIENT, Bytes.utf8(i + ";").toBuffer());
      all.append(i).append(';');
      if (i % 10_000 == 9) {
        assertThat(track.snapshot().sentBy(Side.CLIENT).utf8()).isEqualTo(all.toString());
      }
    }
    assertThat(track.snapshot().sentBy(Side.CLIENT).utf8()).isEqualTo(all.toString());
  }
}
