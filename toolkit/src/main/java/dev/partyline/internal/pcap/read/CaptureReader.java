package dev.partyline.internal.pcap.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of a capture file, one at a time, up to its end or to the first place that is
 * damaged: {@link #problem()} tells which.
 */
public final class CaptureReader implements Closeable {
  private static final int MAX_SHOWN_BYTES = 16;

  private final FileChannel channel;
  private final CaptureInput input;
  private final CapturedPacket packet = new CapturedPacket();
  private @Nullable CaptureFormat format;
  private @Nullable String problem;
  private long packetCount;

  private CaptureReader(FileChannel channel) {
    this.channel = channel;
    this.input = new CaptureInput(channel);
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException if it is no capture file
   * @throws IOException if it cannot be read
   */
  public static CaptureReader open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      CaptureReader reader = new CaptureReader(channel);
      reader.readHeader(file);
      return reader;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void readHeader(Path file) throws IOException {
    int magic = input.has(4) ? input.buffer().getInt(0) : 0;
    if (magic == PcapngFormat.SECTION_HEADER) {
      format = new PcapngFormat(input);
    } else if (PcapFormat.hasMagic(magic)) {
      try {
        format = PcapFormat.of(input);
      } catch (DamagedCaptureException e) {
        onDamaged(e);
      }
    } else {
      throw notACapture(file);
    }
  }

  private IllegalArgumentException notACapture(Path file) {
    ByteBuffer start = input.buffer();
    byte[] shown = new byte[Math.min(MAX_SHOWN_BYTES, start.remaining())];
    start.get(start.position(), shown);
    String found =
        shown.length == 0
            ? "is empty"
            : "begins with " + HexFormat.ofDelimiter(" ").formatHex(shown);
    return new IllegalArgumentException(
        "file ("
            + file
            + ") must be a capture file, but it "
            + found
            + ": pcapng begins with 0a 0d 0d 0a, pcap with a1 b2 c3 d4 or, for nanoseconds, a1 b2 3c"
            + " 4d, in either byte order; one that is compressed has to be unpacked first");
  }

  /** Goes to the next packet; returns whether there is one. */
  public boolean next() throws IOException {
    if (format == null || problem != null) {
      return false;
    }
    try {
      boolean isThere = format.next(packet);
      packetCount += isThere ? 1 : 0;
      return isThere;
    } catch (DamagedCaptureException e) {
      onDamaged(e);
      return false;
    }
  }

  private void onDamaged(DamagedCaptureException e) {
    problem =
        "the file is damaged at byte "
            + input.recordOffset()
            + ", after packet "
            + packetCount
            + ": "
            + e.getMessage()
            + "; nothing after that was read";
  }

  /** Returns the packet that it is at. */
  public CapturedPacket packet() {
    return packet;
  }

  /** Returns the names that the file has for addresses, read so far; the keys are as IpText's. */
  public Map<String, String> names() {
    return format == null ? Map.of() : format.names();
  }

  /** Returns why it could not be read up to its end, if it could not. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
