package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written as a capture is read as what was recorded. */
class PcapngRoundTripTest {
  private static final Instant START = Instant.parse("2026-05-04T03:02:01.000000007Z");

  @Property(tries = 100)
  void aRecordingIsReadAsItWas(@ForAll long seed) throws IOException {
    Recording recording = recording(new Random(seed));
    Path file = Files.createTempFile("partyline", ".pcapng");
    try {
      Pcapng.write(recording.exact(), file);
      Recording read = Pcapng.read(file);
      assertThat(read.problems()).isEmpty();
      assertThat(events(read)).isEqualTo(events(recording));
      assertThat(read.startedAt()).isEqualTo(START.plusNanos(firstNanos(recording)));
    } finally {
      Files.delete(file);
    }
  }

  private static long firstNanos(Recording recording) {
    return recording.conversations().get(0).openedAtNanos();
  }

  private static List<List<Event>> events(Recording recording) {
    return recording.conversations().stream().map(Conversation::events).toList();
  }

  /** Records connections of different lengths, one after another, until each has ended. */
  private static Recording recording(Random random) {
    long[] nanos = {0};
    Recorder recorder = new Recorder(() -> nanos[0]);
    recorder.recordStart(START, 0);
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      nanos[0] += 1_000 + random.nextInt(1_000_000);
      String client = "127.0.0.1:" + (40_000 + i);
      ConversationRecorder connection = recorder.open(Transport.TCP, client, "127.0.0.1:80");
      Set<Side> open = EnumSet.allOf(Side.class);
      while (!open.isEmpty()) {
        nanos[0] += 1_000 + random.nextInt(1_000_000);
        Side side = new ArrayList<>(open).get(random.nextInt(open.size()));
        if (random.nextInt(6) == 0) {
          connection.recordFin(side);
          open.remove(side);
        } else {
          byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : 60_000)];
          random.nextBytes(bytes);
          connection.recordSent(side, ByteBuffer.wrap(bytes));
        }
      }
    }
    return recorder.recording();
  }
}
