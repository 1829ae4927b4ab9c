package dev.partyline.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Capture files made by hand, of packets a millisecond apart. */
final class CaptureFile {
  private static final long START_MILLIS = 1_700_000_000_000L;

  private CaptureFile() {}

  /** Returns a classic file; what is longer than the limit is cut. */
  static byte[] pcap(
      ByteOrder order, boolean hasNanos, int linkType, int limit, List<byte[]> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(24).order(order);
    header.putInt(hasNanos ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
    out.writeBytes(header.putLong(0).putInt(limit).putInt(linkType).array());
    long millis = START_MILLIS;
    for (byte[] packet : packets) {
      int length = Math.min(limit, packet.length);
      ByteBuffer record = ByteBuffer.allocate(16 + length).order(order);
      record.putInt((int) (millis / 1_000));
      record.putInt((int) (millis % 1_000) * (hasNanos ? 1_000_000 : 1_000));
      record.putInt(length).putInt(packet.length).put(packet, 0, length);
      out.writeBytes(record.array());
      millis++;
    }
    return out.toByteArray();
  }

  static byte[] pcap(Packets.Link link, List<byte[]> packets) {
    return pcap(ByteOrder.LITTLE_ENDIAN, false, link.type(), 1 << 18, packets);
  }

  /** Returns a section of pcapng whose times are milliseconds, with some blocks in between. */
  static byte[] pcapng(ByteOrder order, int linkType, List<byte[]> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        block(
            order,
            0x0a0d0d0a,
            new byte[] {},
            body -> body.putInt(0x1a2b3c4d).putInt(1).putLong(-1)));
    byte[] resolution = option(order, 9, new byte[] {3});
    out.writeBytes(
        block(
            order,
            1,
            resolution,
            body -> body.putShort((short) 113).putShort((short) 0).putInt(0)));
    out.writeBytes(
        block(
            order,
            1,
            resolution,
            body -> body.putShort((short) linkType).putShort((short) 0).putInt(0)));
    out.writeBytes(block(order, 0x7777, new byte[] {}, body -> body.putInt(1)));
    long millis = START_MILLIS;
    for (byte[] packet : packets) {
      out.writeBytes(enhancedPacket(order, millis++, packet, new byte[] {}));
    }
    return out.toByteArray();
  }

  static byte[] enhancedPacket(ByteOrder order, long millis, byte[] packet, byte[] options) {
    return block(
        order,
        6,
        options,
        body ->
            body.putInt(1)
                .putInt((int) (millis >>> 32))
                .putInt((int) millis)
                .putInt(packet.length)
                .putInt(packet.length)
                .put(packet)
                .put(new byte[-packet.length & 3]));
  }

  static byte[] option(ByteOrder order, int code, byte... value) {
    ByteBuffer out = ByteBuffer.allocate(4 + (value.length + 3 & ~3)).order(order);
    return out.putShort((short) code).putShort((short) value.length).put(value).array();
  }

  /** What fills the body of a block. */
  interface Body {
    void fill(ByteBuffer body);
  }

  static byte[] block(ByteOrder order, int type, byte[] options, Body body) {
    ByteBuffer out = ByteBuffer.allocate(1 << 17).order(order);
    out.putInt(type).putInt(0);
    body.fill(out);
    out.put(options);
    int length = out.position() + 4;
    out.putInt(length).putInt(4, length);
    return Arrays.copyOf(out.array(), length);
  }
}
