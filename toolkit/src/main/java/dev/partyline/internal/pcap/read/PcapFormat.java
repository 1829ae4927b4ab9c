package dev.partyline.internal.pcap.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The classic format of libpcap (draft-ietf-opsawg-pcap), of either byte order. */
final class PcapFormat implements CaptureFormat {
  private static final int FILE_HEADER_BYTES = 24;
  private static final int PACKET_HEADER_BYTES = 16;
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;

  /** Of a patched libpcap, with 8 more bytes for each packet. */
  private static final int MODIFIED = 0xa1b2cd34;

  /** How many bytes a patched packet header has more. */
  private static final int MODIFIED_BYTES = 8;

  private final CaptureInput input;
  private final int headerBytes;
  private final int fractionNanos;
  private final int linkType;
  private final long maxPacketBytes;

  private PcapFormat(CaptureInput input, int magic) {
    this.input = input;
    this.headerBytes = PACKET_HEADER_BYTES + (magic == MODIFIED ? MODIFIED_BYTES : 0);
    this.fractionNanos = magic == NANOSECONDS ? 1 : 1_000;
    ByteBuffer header = input.buffer();
    int start = header.position();
    long snapLength = Integer.toUnsignedLong(header.getInt(start + 16));
    this.maxPacketBytes = Math.min(CaptureInput.MAX_BYTES, Math.max(MAX_PACKET_BYTES, snapLength));
    // The upper bits tell the length of the frame check sequence.
    this.linkType = header.getInt(start + 20) & 0xffff;
    header.position(start + FILE_HEADER_BYTES);
  }

  /** Returns whether a file with these first four bytes has this format. */
  static boolean hasMagic(int bigEndian) {
    return isMagic(bigEndian) || isMagic(Integer.reverseBytes(bigEndian));
  }

  private static boolean isMagic(int number) {
    return number == MICROSECONDS || number == NANOSECONDS || number == MODIFIED;
  }

  static PcapFormat of(CaptureInput input) throws IOException, DamagedCaptureException {
    if (!input.has(FILE_HEADER_BYTES)) {
      throw new DamagedCaptureException(
          "the header of the file has " + input.buffer().remaining() + " of 24 bytes");
    }
    int magic = input.buffer().getInt(input.buffer().position());
    boolean isBigEndian = isMagic(magic);
    input.setOrder(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return new PcapFormat(input, isBigEndian ? magic : Integer.reverseBytes(magic));
  }

  @Override
  public boolean next(CapturedPacket packet) throws IOException, DamagedCaptureException {
    input.beginRecord();
    if (!input.has(headerBytes)) {
      if (input.buffer().hasRemaining()) {
        throw new DamagedCaptureException("the file ends in the header of a packet");
      }
      return false;
    }
    ByteBuffer buffer = input.buffer();
    int start = buffer.position();
    long seconds = Integer.toUnsignedLong(buffer.getInt(start));
    long fraction = Integer.toUnsignedLong(buffer.getInt(start + 4));
    long length = Integer.toUnsignedLong(buffer.getInt(start + 8));
    long originalLength = Integer.toUnsignedLong(buffer.getInt(start + 12));
    if (length > maxPacketBytes) {
      throw new DamagedCaptureException(
          "a packet claims " + length + " bytes, more than " + maxPacketBytes);
    }
    if (!input.has(headerBytes + (int) length)) {
      throw new DamagedCaptureException(
          "the file has "
              + Math.max(0, input.buffer().remaining() - headerBytes)
              + " of the "
              + length
              + " bytes of its last packet");
    }
    buffer = input.buffer();
    int offset = buffer.position() + headerBytes;
    packet.set(input.array(), offset, (int) length, originalLength);
    packet.setLink(linkType);
    packet.setTime(seconds * 1_000_000_000L + fraction * fractionNanos);
    buffer.position(offset + (int) length);
    return true;
  }
}
