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
 * How fast a recording takes 4 GiB in chunks of 256 KiB from one buffer, as from the loop of a tap,
 * and whether it reads back correctly.
 */
final class RecordingBench {
  private static final int CHUNK_BYTES = 1 << 18;
  private static final long TOTAL_BYTES = 4L << 30;

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

  private static void record(String name, RecordingPolicy policy) {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    for (int i = 0; i < CHUNK_BYTES; i++) {
      chunk.put(i, (byte) (i * 31 >> 3));
    }
    Recorder recorder = new Recorder(Ticker.SYSTEM, policy);
    ConversationRecorder conversationRecorder = recorder.open(Transport.TCP, "a", "b");
    long start = System.nanoTime();
    for (long sentBytes = 0; sentBytes < TOTAL_BYTES; sentBytes += CHUNK_BYTES) {
      chunk.putLong(0, sentBytes);
      conversationRecorder.recordSent(Side.CLIENT, chunk);
    }
    long written = System.nanoTime() - start;
    start = System.nanoTime();
    long read = compare(conversationRecorder.snapshot(), chunk);
    double readRate = read / (double) (System.nanoTime() - start);
    System.out.printf(
        "%-30s %6.2f GB/s, read back and compared %5.2f GB/s (%d MiB kept)%n",
        name, TOTAL_BYTES / (double) written, readRate, read >> 20);
    recorder.problem().ifPresent(System.out::println);
  }

  /** Compares the checksum of each complete chunk that was kept. */
  private static long compare(Conversation conversation, ByteBuffer chunk) {
    long read = 0;
    long gapOffset =
        conversation.gaps().isEmpty() ? TOTAL_BYTES : conversation.gaps().get(0).offset();
    long gapEndOffset =
        conversation.gaps().isEmpty() ? TOTAL_BYTES : conversation.gaps().get(0).endOffset();
    for (long chunkOffset = 0; chunkOffset < TOTAL_BYTES; chunkOffset += CHUNK_BYTES) {
      chunk.putLong(0, chunkOffset);
      long startOffset =
          chunkOffset < gapOffset ? chunkOffset : Math.max(chunkOffset, gapEndOffset);
      long endOffset =
          Math.min(chunkOffset + CHUNK_BYTES, startOffset < gapOffset ? gapOffset : TOTAL_BYTES);
      if (startOffset < endOffset) {
        long kept = checksum(conversation.bytes(Side.CLIENT, startOffset, endOffset).toBuffer());
        int startInChunk = (int) (startOffset - chunkOffset);
        if (kept
            != checksum(
                chunk.duplicate().position(startInChunk).limit((int) (endOffset - chunkOffset)))) {
          throw new IllegalStateException(
              "what was recorded at " + startOffset + " does not read back");
        }
        read += endOffset - startOffset;
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
