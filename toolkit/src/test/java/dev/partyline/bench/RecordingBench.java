package dev.partyline.bench;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * How fast a recording takes 4 GiB in chunks of 256 KiB from one buffer, as the loop of a tap has
 * it, and whether it reads back.
 */
final class RecordingBench {
  private static final int CHUNK = 1 << 18;
  private static final long ALL = 4L << 30;

  private RecordingBench() {}

  public static void main(String[] arguments) {
    Map<String, RecordingPolicy> policies = new LinkedHashMap<>();
    policies.put("head and tail, 64 KiB each", RecordingPolicy.headAndTail(1 << 16, 1 << 16));
    policies.put("head and tail, 1 MiB each", RecordingPolicy.headAndTail(1 << 20, 1 << 20));
    Path tmpfs = Path.of("/dev/shm");
    if (Files.isDirectory(tmpfs)) {
      policies.put("everything, on tmpfs", RecordingPolicy.everything().spillingTo(tmpfs));
    }
    policies.put("everything, in java.io.tmpdir", RecordingPolicy.everything());
    for (int round = 1; round <= 3; round++) {
      for (Map.Entry<String, RecordingPolicy> policy : policies.entrySet()) {
        record(policy.getKey(), policy.getValue());
        System.gc();
      }
    }
  }

  private static void record(String name, RecordingPolicy keep) {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    for (int i = 0; i < CHUNK; i++) {
      chunk.put(i, (byte) (i * 31 >> 3));
    }
    Recorder recorder = new Recorder(Ticker.SYSTEM, keep);
    ConversationRecorder track = recorder.open(Transport.TCP, "a", "b");
    long start = System.nanoTime();
    for (long done = 0; done < ALL; done += CHUNK) {
      chunk.putLong(0, done);
      track.sent(Side.CLIENT, chunk);
    }
    long written = System.nanoTime() - start;
    start = System.nanoTime();
    long read = compare(track.snapshot(), chunk);
    double back = read / (double) (System.nanoTime() - start);
    System.out.printf(
        "%-30s %6.2f GB/s, read back and compared %5.2f GB/s (%d MiB kept)%n",
        name, ALL / (double) written, back, read >> 20);
    recorder.problem().ifPresent(System.out::println);
  }

  /** Compares the checksum of each whole chunk that was kept. */
  private static long compare(Conversation conversation, ByteBuffer chunk) {
    long read = 0;
    long gap = conversation.gaps().isEmpty() ? ALL : conversation.gaps().get(0).offset();
    long behind = conversation.gaps().isEmpty() ? ALL : conversation.gaps().get(0).end();
    for (long at = 0; at < ALL; at += CHUNK) {
      chunk.putLong(0, at);
      long from = at < gap ? at : Math.max(at, behind);
      long to = Math.min(at + CHUNK, from < gap ? gap : ALL);
      if (from < to) {
        long kept = checksum(conversation.bytes(Side.CLIENT, from, to).toBuffer());
        int begin = (int) (from - at);
        if (kept != checksum(chunk.duplicate().position(begin).limit((int) (to - at)))) {
          throw new IllegalStateException("what was recorded at " + from + " does not read back");
        }
        read += to - from;
      }
    }
    return read;
  }

  private static long checksum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return sum.getValue();
  }
}
