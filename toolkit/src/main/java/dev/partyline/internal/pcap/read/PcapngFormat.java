package dev.partyline.internal.pcap.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The format of Wireshark (draft-ietf-opsawg-pcapng): sections of blocks, of either byte order. */
final class PcapngFormat implements CaptureFormat {
  /** It reads the same in either byte order. */
  static final int SECTION_HEADER = 0x0a0d0d0a;

  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int NAME_RESOLUTION = 4;
  private static final int ENHANCED_PACKET = 6;

  /** The type and the length before the body, and the length again after it. */
  private static final int FRAME_BYTES = 12;

  private static final int BODY_OFFSET = 8;
  private static final int MAX_INTERFACES = 100_000;

  private final CaptureInput input;
  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private final NameRecords nameRecords = new NameRecords();

  PcapngFormat(CaptureInput input) {
    this.input = input;
  }

  @Override
  public Map<String, String> names() {
    return nameRecords.names();
  }

  @Override
  public boolean next(CapturedPacket packet) throws IOException, DamagedCaptureException {
    input.beginRecord();
    while (input.has(FRAME_BYTES)) {
      int type = input.buffer().getInt(input.buffer().position());
      if (type == SECTION_HEADER) {
        startSection();
      }
      long length = Integer.toUnsignedLong(input.buffer().getInt(input.buffer().position() + 4));
      if (length < FRAME_BYTES || length % 4 != 0) {
        throw new DamagedCaptureException("a block claims " + length + " bytes");
      }
      if (readBlock(type, length, packet)) {
        return true;
      }
      input.beginRecord();
    }
    if (input.buffer().hasRemaining()) {
      throw new DamagedCaptureException("the file ends in the header of a block");
    }
    return false;
  }

  private void startSection() throws DamagedCaptureException {
    ByteBuffer buffer = input.buffer();
    input.setOrder(ByteOrder.BIG_ENDIAN);
    int magic = buffer.getInt(buffer.position() + BODY_OFFSET);
    if (magic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
      input.setOrder(ByteOrder.LITTLE_ENDIAN);
    } else if (magic != BYTE_ORDER_MAGIC) {
      throw new DamagedCaptureException("a section has no byte order");
    }
    interfaces.clear();
  }

  /** Reads a block and goes to its end; returns whether it had a packet. */
  private boolean readBlock(int type, long length, CapturedPacket packet)
      throws IOException, DamagedCaptureException {
    if (!isRead(type)) {
      if (!input.skip(length)) {
        throw cut(length);
      }
      return false;
    }
    if (length > CaptureInput.MAX_BYTES) {
      throw new DamagedCaptureException("a block of type " + type + " claims " + length + " bytes");
    }
    if (!input.has((int) length)) {
      throw cut(length);
    }
    ByteBuffer buffer = input.buffer();
    int start = buffer.position();
    int end = start + (int) length;
    if (buffer.getInt(end - 4) != (int) length) {
      throw new DamagedCaptureException("the two lengths of a block of type " + type + " differ");
    }
    ByteBuffer body = buffer.duplicate().order(buffer.order());
    body.limit(end - 4).position(start + BODY_OFFSET);
    buffer.position(end);
    return readBody(type, body, packet);
  }

  private DamagedCaptureException cut(long length) {
    return new DamagedCaptureException("the file ends in a block of " + length + " bytes");
  }

  private static boolean isRead(int type) {
    return switch (type) {
      case INTERFACE_DESCRIPTION, PACKET, SIMPLE_PACKET, NAME_RESOLUTION, ENHANCED_PACKET -> true;
      default -> false;
    };
  }

  private boolean readBody(int type, ByteBuffer body, CapturedPacket packet)
      throws DamagedCaptureException {
    switch (type) {
      case INTERFACE_DESCRIPTION -> addInterface(body);
      case NAME_RESOLUTION -> nameRecords.addAll(body);
      case SIMPLE_PACKET -> readSimplePacket(body, packet);
      default -> readPacket(type, body, packet);
    }
    return type != INTERFACE_DESCRIPTION && type != NAME_RESOLUTION;
  }

  private void addInterface(ByteBuffer body) throws DamagedCaptureException {
    requireBytes(body, CaptureInterface.MIN_BODY_BYTES);
    if (interfaces.size() == MAX_INTERFACES) {
      throw new DamagedCaptureException("there are more than " + MAX_INTERFACES + " interfaces");
    }
    interfaces.add(CaptureInterface.parse(body));
  }

  private void readPacket(int type, ByteBuffer body, CapturedPacket packet)
      throws DamagedCaptureException {
    requireBytes(body, 20);
    int start = body.position();
    // The obsolete block counts drops in the second half of what is the interface now.
    long number =
        type == PACKET ? body.getShort(start) & 0xffff : Integer.toUnsignedLong(body.getInt(start));
    CaptureInterface source = interfaceOf(number);
    long units =
        Integer.toUnsignedLong(body.getInt(start + 4)) << 32
            | Integer.toUnsignedLong(body.getInt(start + 8));
    long length = Integer.toUnsignedLong(body.getInt(start + 12));
    long originalLength = Integer.toUnsignedLong(body.getInt(start + 16));
    set(packet, source, body, start + 20, length, originalLength);
    packet.setTime(source.timestamps().nanos(units));
    BlockOptions options = new BlockOptions(body, start + 20 + ((int) length + 3 & ~3));
    while (options.next()) {
      if (options.code() == BlockOptions.COMMENT) {
        packet.addComment(options.text());
      }
    }
  }

  /** It has no time of its own, and belongs to the first interface. */
  private void readSimplePacket(ByteBuffer body, CapturedPacket packet)
      throws DamagedCaptureException {
    requireBytes(body, 4);
    CaptureInterface source = interfaceOf(0);
    int start = body.position();
    long originalLength = Integer.toUnsignedLong(body.getInt(start));
    long length = Math.min(originalLength, body.remaining() - 4L);
    if (source.snapLength() > 0) {
      length = Math.min(length, source.snapLength());
    }
    set(packet, source, body, start + 4, length, originalLength);
  }

  private void set(
      CapturedPacket packet,
      CaptureInterface source,
      ByteBuffer body,
      int offset,
      long length,
      long originalLength)
      throws DamagedCaptureException {
    if (length > body.limit() - offset) {
      throw new DamagedCaptureException(
          "a packet claims " + length + " bytes, more than its block has");
    }
    packet.set(input.array(), offset, (int) length, originalLength);
    packet.setLink(source.linkType());
  }

  private CaptureInterface interfaceOf(long number) throws DamagedCaptureException {
    if (number >= interfaces.size()) {
      throw new DamagedCaptureException(
          "a packet is of interface " + number + ", which is not described");
    }
    return interfaces.get((int) number);
  }

  private static void requireBytes(ByteBuffer body, int byteCount) throws DamagedCaptureException {
    if (body.remaining() < byteCount) {
      throw new DamagedCaptureException("a block has " + body.remaining() + " bytes only");
    }
  }
}
