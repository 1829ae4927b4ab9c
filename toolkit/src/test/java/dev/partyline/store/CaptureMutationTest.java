package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.partyline.view.Dump;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capture files that are damaged anywhere are read without an exception, and at once. */
class CaptureMutationTest {
  private static final int COUNT = Integer.getInteger("partyline.fuzz", 10_000);
  private static final int[] LENGTHS = {0, 1, 4, 255, 0xffff, 0x7fffffff, 0x80000000, -1};

  @TempDir private Path directory;

  /** The seed of a failure is in its description. */
  @Test
  void damaged_captures_are_read() throws IOException {
    List<byte[]> originals = originals();
    Path file = directory.resolve("damaged.pcap");
    for (int seed = 0; seed < COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = damaged(originals.get(random.nextInt(originals.size())), random);
      Files.write(file, damaged);
      assertThatCode(() -> read(file)).as("seed %s", seed).doesNotThrowAnyException();
    }
  }

  /** The magic is left as it is, so that the file is still a capture. */
  private static void read(Path file) {
    Recording recording = Pcapng.read(file);
    for (Conversation conversation : recording.conversations()) {
      conversation.forEachEvent(event -> assertThat(event.nanos()).isNotNegative());
    }
    assertThat(Dump.ascii(recording.exact())).isNotNull();
    assertThat(recording.await(() -> false, Duration.ofDays(1))).isFalse();
  }

  private static List<byte[]> originals() {
    List<byte[]> result = new ArrayList<>();
    for (Packets.Link link : Packets.Link.values()) {
      for (boolean isIpv6 : new boolean[] {false, true}) {
        Packets packets = new Packets(link, isIpv6);
        List<byte[]> all = new ArrayList<>();
        all.addAll(packets.fragments(64, 5_000, 53, new byte[200]));
        all.addAll(RandomTraffic.of(7, packets, 0.1).packets());
        result.add(CaptureFile.pcap(link, all));
        result.add(CaptureFile.pcapng(ByteOrder.BIG_ENDIAN, link.type(), all));
      }
    }
    return result;
  }

  private static byte[] damaged(byte[] original, SplittableRandom random) {
    byte[] result = original.clone();
    int count = random.nextInt(1, 12);
    for (int i = 0; i < count; i++) {
      int offset = random.nextInt(4, result.length - 4);
      switch (random.nextInt(4)) {
        case 0 -> result[offset] = (byte) random.nextInt();
        case 1 -> result[offset] ^= (byte) (1 << random.nextInt(8));
        case 2 -> ByteBuffer.wrap(result).putInt(offset, LENGTHS[random.nextInt(LENGTHS.length)]);
        default -> {
          int from = random.nextInt(result.length);
          int length = random.nextInt(result.length - Math.max(from, offset));
          System.arraycopy(original, from, result, offset, length);
        }
      }
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(result, random.nextInt(4, result.length))
        : result;
  }
}
