package dev.partyline.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Packets made by hand: from the link layer to the data, each as it is on the wire. */
final class Packets {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int ACK = 16;

  private final Link link;
  private final boolean isIpv6;
  private int id = 1;

  /** What stands before the IP header, in the names of tcpdump. */
  enum Link {
    ETHERNET(1, "020000000001020000000002", true),
    VLAN(1, "02000000000102000000000281000007", true),
    SNAP(1, "0200000000010200000000020000aaaa03000000", true),
    QINQ(1, "02000000000102000000000288a8000581000007", true),
    SLL(113, "0000000100060200000000010000", true),
    SLL2(276, "", false),
    NULL(0, "", false),
    NULL_BIG_ENDIAN(0, "", false),
    LOOP(108, "", false),
    RAW(101, "", false);

    private final int type;
    private final String prefix;
    private final boolean endsWithType;

    Link(int type, String prefix, boolean endsWithType) {
      this.type = type;
      this.prefix = prefix;
      this.endsWithType = endsWithType;
    }

    int type() {
      return type;
    }

    private byte[] header(boolean isIpv6) {
      String etherType = isIpv6 ? "86dd" : "0800";
      String hex =
          switch (this) {
            case SLL2 ->
                etherType + "0000" + "00000001" + "0001" + "00" + "06" + "0200000000010000";
            case NULL -> isIpv6 ? "1e000000" : "02000000";
            case NULL_BIG_ENDIAN, LOOP -> isIpv6 ? "0000001e" : "00000002";
            default -> endsWithType ? prefix + etherType : prefix;
          };
      return HexFormat.of().parseHex(hex);
    }
  }

  Packets(Link link, boolean isIpv6) {
    this.link = link;
    this.isIpv6 = isIpv6;
  }

  Link link() {
    return link;
  }

  byte[] tcp(int sourcePort, int destinationPort, int seq, int ack, int flags, byte... data) {
    return link(ip(6, tcpSegment(sourcePort, destinationPort, seq, ack, flags, data)));
  }

  /** Returns a packet of a protocol that has another one in it after a header, without its link. */
  byte[] inside(int protocol, byte[] header, Packets inner, byte[] packet) {
    int linkBytes = inner.link.header(inner.isIpv6).length;
    byte[] payload = Arrays.copyOf(header, header.length + packet.length - linkBytes);
    System.arraycopy(packet, linkBytes, payload, header.length, packet.length - linkBytes);
    return link(ip(protocol, payload));
  }

  /** Returns a packet with a header between its IP header and its payload. */
  byte[] udpAfter(int protocol, byte[] header, byte... data) {
    byte[] datagram = datagram(50_000, 53, data);
    byte[] payload = Arrays.copyOf(header, header.length + datagram.length);
    System.arraycopy(datagram, 0, payload, header.length, datagram.length);
    return link(ip(protocol, payload));
  }

  private static byte[] tcpSegment(
      int sourcePort, int destinationPort, int seq, int ack, int flags, byte... data) {
    ByteBuffer out = ByteBuffer.allocate(24 + data.length);
    out.putShort((short) sourcePort).putShort((short) destinationPort).putInt(seq).putInt(ack);
    // Six words of header: four options of one byte are in it.
    out.put((byte) 0x60).put((byte) flags).putShort((short) 8_192).putInt(0).putInt(0x01010101);
    return out.put(data).array();
  }

  byte[] udp(int sourcePort, int destinationPort, byte... data) {
    return link(ip(17, datagram(sourcePort, destinationPort, data)));
  }

  private static byte[] datagram(int sourcePort, int destinationPort, byte... data) {
    ByteBuffer out = ByteBuffer.allocate(8 + data.length);
    out.putShort((short) sourcePort).putShort((short) destinationPort);
    return out.putShort((short) out.capacity()).putShort((short) 0).put(data).array();
  }

  /** Returns the fragments of a UDP datagram, each with so many bytes, a multiple of 8. */
  List<byte[]> fragments(int size, int sourcePort, int destinationPort, byte... data) {
    byte[] payload = datagram(sourcePort, destinationPort, data);
    List<byte[]> result = new ArrayList<>();
    for (int offset = 0; offset < payload.length; offset += size) {
      int end = Math.min(payload.length, offset + size);
      byte[] part = Arrays.copyOfRange(payload, offset, end);
      boolean hasMore = end < payload.length;
      result.add(
          link(isIpv6 ? ipv6Fragment(part, offset, hasMore) : ipv4(17, part, offset, hasMore)));
    }
    id++;
    return result;
  }

  private byte[] link(byte[] ip) {
    byte[] header = link.header(isIpv6);
    // Ethernet pads frames to 60 bytes.
    boolean isPadded = link == Link.ETHERNET && header.length + ip.length < 60;
    byte[] frame = Arrays.copyOf(header, isPadded ? 60 : header.length + ip.length);
    System.arraycopy(ip, 0, frame, header.length, ip.length);
    if (link == Link.SNAP) {
      ByteBuffer.wrap(frame).putShort(12, (short) (8 + ip.length));
    }
    return frame;
  }

  private byte[] ip(int protocol, byte... payload) {
    return isIpv6 ? ipv6(protocol, payload) : ipv4(protocol, payload, 0, false);
  }

  /** Has an option of four bytes. */
  private byte[] ipv4(int protocol, byte[] payload, int offset, boolean hasMore) {
    ByteBuffer out = ByteBuffer.allocate(24 + payload.length);
    out.put((byte) 0x46).put((byte) 0).putShort((short) out.capacity()).putShort((short) id);
    out.putShort((short) (offset / 8 | (hasMore ? 0x2000 : 0)));
    out.put((byte) 64).put((byte) protocol).putShort((short) 0);
    out.putInt(0x0a000001).putInt(0x0a000001).putInt(0x01010101);
    return out.put(payload).array();
  }

  /** Has hop-by-hop options before the payload. */
  private byte[] ipv6(int protocol, byte... payload) {
    ByteBuffer out = ByteBuffer.allocate(48 + payload.length);
    putIpv6Header(out, 0);
    out.put((byte) protocol).put((byte) 0).put(new byte[] {1, 4, 0, 0, 0, 0});
    return out.put(payload).array();
  }

  private byte[] ipv6Fragment(byte[] payload, int offset, boolean hasMore) {
    ByteBuffer out = ByteBuffer.allocate(48 + payload.length);
    putIpv6Header(out, 44);
    out.put((byte) 17).put((byte) 0).putShort((short) (offset | (hasMore ? 1 : 0))).putInt(id);
    return out.put(payload).array();
  }

  private static void putIpv6Header(ByteBuffer out, int nextHeader) {
    out.putInt(0x60000000).putShort((short) (out.capacity() - 40));
    out.put((byte) nextHeader).put((byte) 64);
    out.putLong(0x20010db8_00000000L).putLong(1).putLong(0x20010db8_00000000L).putLong(1);
  }
}
