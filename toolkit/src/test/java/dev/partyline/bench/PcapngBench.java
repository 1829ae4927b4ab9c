package dev.partyline.bench;

import dev.partyline.store.Pcapng;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a recording is written as pcapng, a plain write of as many bytes to the same disk beside
 * it. The file of the last round stays if there is an argument for that.
 */
final class PcapngBench {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int ROUNDS = 5;

  private PcapngBench() {}

  /**
   * Measures.
   *
   * @param arguments how many MiB to write, 1024 by default; how many of them the recording keeps
   *     in memory, none by default; the folder to write to; {@code keep} to keep the file
   */
  public static void main(String[] arguments) throws IOException {
    long totalBytes = (arguments.length > 0 ? Long.parseLong(arguments[0]) : 1024) << 20;
    long memoryBytes = (arguments.length > 1 ? Long.parseLong(arguments[1]) : 0) << 20;
    Path folder =
        Path.of(arguments.length > 2 ? arguments[2] : System.getProperty("java.io.tmpdir"));
    boolean keeps = arguments.length > 3;
    Recorder recorder =
        new Recorder(Ticker.SYSTEM, RecordingPolicy.everything().inMemory(memoryBytes));
    record(recorder, totalBytes);
    Path file = Files.createTempFile(folder, "partyline", ".pcapng");
    try {
      List<Double> ratios = new ArrayList<>();
      for (int round = -1; round < (keeps ? 0 : ROUNDS); round++) {
        long plain = writePlain(file, totalBytes);
        long start = System.nanoTime();
        Pcapng.write(recorder.recording().exact(), file);
        sync(file);
        long pcapng = System.nanoTime() - start;
        System.out.printf(
            "plain %5.2f GB/s, pcapng %5.2f GB/s, %.2f of it%n",
            totalBytes / (double) plain, totalBytes / (double) pcapng, plain / (double) pcapng);
        if (round >= 0) {
          ratios.add(plain / (double) pcapng);
        }
      }
      if (!ratios.isEmpty()) {
        System.out.printf(
            "pcapng has %.2f of the speed of a plain write%n", Figures.median(ratios));
      }
    } finally {
      if (keeps) {
        System.out.println(file);
      } else {
        Files.delete(file);
      }
    }
  }

  private static void record(Recorder recorder, long totalBytes) {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    for (int i = 0; i < CHUNK_BYTES; i++) {
      chunk.put(i, (byte) (i * 31 >> 3));
    }
    ConversationRecorder conversation =
        recorder.open(Transport.TCP, "127.0.0.1:40000", "127.0.0.1:50000");
    for (long sentBytes = 0; sentBytes < totalBytes; sentBytes += CHUNK_BYTES) {
      chunk.putLong(0, sentBytes);
      conversation.recordSent(Side.SERVER, chunk);
    }
    conversation.recordFin(Side.SERVER);
    conversation.recordFin(Side.CLIENT);
    recorder.problem().ifPresent(System.out::println);
  }

  private static long writePlain(Path file, long totalBytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 18);
    long start = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      for (long writtenBytes = 0; writtenBytes < totalBytes; ) {
        writtenBytes += channel.write(chunk.clear());
      }
      channel.force(false);
    }
    return System.nanoTime() - start;
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
  }
}
