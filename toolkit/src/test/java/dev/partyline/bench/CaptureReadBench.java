package dev.partyline.bench;

import dev.partyline.store.Pcapng;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * How long it takes to read a capture of 16 connections in full segments, one in a hundred of which
 * is out of order, in a fresh JVM of 256 MiB, compared with {@code tcpflow -r}, which writes a file
 * for each direction. The time that it takes to delete the temporary file of the recording is not
 * counted, nor that for the files of tcpflow.
 *
 * <p>Run it with the size of the file in MiB, 1,024 by default.
 */
final class CaptureReadBench {
  private static final int CONNECTIONS = 16;
  private static final int DATA_BYTES = 1_448;
  private static final int ROUNDS = 3;

  private CaptureReadBench() {}

  public static void main(String[] arguments) throws Exception {
    long size = (arguments.length == 0 ? 1_024 : Long.parseLong(arguments[0])) << 20;
    Path directory = Files.createTempDirectory("capture-read");
    try {
      Path file = directory.resolve("bench.pcap");
      write(file, size);
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        double ours = readingSeconds(file);
        Path flows = directory.resolve("flows");
        double theirs =
            seconds(List.of("tcpflow", "-q", "-r", file.toString(), "-o", flows.toString()));
        deleteAll(flows);
        System.out.printf("  ours %6.2f s, tcpflow %6.2f s%n", ours, theirs);
        ratios.add(ours / theirs);
      }
      System.out.printf(
          "%d MiB: %.2f of the time of tcpflow (median)%n", size >> 20, Figures.median(ratios));
    } finally {
      deleteAll(directory);
    }
  }

  /** Returns how long it took from the start of the JVM until the recording was there. */
  private static double readingSeconds(Path file) throws Exception {
    List<String> options = List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"));
    Process jvm =
        new ProcessBuilder(Jvm.command(options, Reading.class, file.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = Jvm.readLine(jvm);
    System.out.println("  " + line);
    jvm.waitFor();
    return Double.parseDouble(line.substring(0, line.indexOf(" s: ")));
  }

  private static double seconds(List<String> command) throws Exception {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).inheritIO().start();
    int exitValue = process.waitFor();
    return exitValue == 0 ? (System.nanoTime() - start) / 1e9 : Double.NaN;
  }

  /** Reads the capture that is named, and prints what was found. */
  public static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) {
      Recording recording = Pcapng.read(Path.of(arguments[0]));
      PrintStream out = System.out;
      out.printf(
          "%.2f s: %d connections, %d dropped, %d bytes, %d of them missing %s%n",
          ManagementFactory.getRuntimeMXBean().getUptime() / 1e3,
          recording.connections(),
          recording.droppedConnections(),
          recording.byteCount(Side.CLIENT),
          recording.conversations().stream()
              .flatMap(conversation -> conversation.gaps().stream())
              .mapToLong(Gap::byteCount)
              .sum(),
          recording.problems());
    }
  }

  private static void write(Path file, long size) throws IOException {
    Random random = new Random(1);
    int[] next = new int[CONNECTIONS];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      ByteBuffer header = ByteBuffer.allocate(24).putInt(0xa1b2c3d4);
      out.write(header.putInt(0x00020004).putLong(0).putInt(1 << 18).putInt(1).array());
      byte[] data = new byte[DATA_BYTES];
      random.nextBytes(data);
      byte[] delayed = null;
      int number = 0;
      for (long written = 0; written < size; number++) {
        int connection = random.nextInt(CONNECTIONS);
        byte[] packet = packet(number, connection, next[connection], data);
        next[connection] += next[connection] == 0 ? 1 : DATA_BYTES;
        written += packet.length;
        if (delayed == null && random.nextInt(100) == 0) {
          delayed = packet;
          continue;
        }
        out.write(packet);
        if (delayed != null) {
          out.write(delayed);
          delayed = null;
        }
      }
    }
  }

  /** The first of a connection, with number 0, is a SYN. */
  private static byte[] packet(int number, int connection, int sequence, byte[] data) {
    int length = sequence == 0 ? 0 : data.length;
    ByteBuffer out = ByteBuffer.allocate(16 + 14 + 40 + length);
    out.putInt(1_700_000_000 + number / 100_000).putInt(number % 100_000 * 10);
    out.putInt(54 + length).putInt(54 + length);
    out.putLong(0x0200000000010200L).putInt(0x00000002).putShort((short) 0x0800);
    out.putInt(0x45000000 | 40 + length).putInt(number << 16).putInt(0x40060000);
    out.putInt(0x0a000001).putInt(0x0a000002);
    out.putShort((short) (40_000 + connection)).putShort((short) 80);
    out.putInt(sequence).putInt(0).putShort((short) (sequence == 0 ? 0x5002 : 0x5010));
    out.putShort((short) 8_192).putInt(0);
    return out.put(data, 0, length).array();
  }

  private static void deleteAll(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }
}
