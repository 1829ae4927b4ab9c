package dev.partyline.internal.pcap.streams;

import dev.partyline.internal.pcap.read.CapturedPacket;

/** Where the IP header of a packet begins, by the LINKTYPE_ registry of tcpdump.org. */
final class LinkLayer {
  /** There is none: ARP, or something else that is not IP. */
  static final int NO_IP = -1;

  /** The link type is not read. */
  static final int UNKNOWN_LINK = -2;

  /** The packet was cut before its IP header. */
  static final int CUT = -3;

  /** It is in PPPoE (RFC 2516). */
  static final int PPPOE = -4;

  /** It has labels of MPLS (RFC 3032). */
  static final int MPLS = -5;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;

  private LinkLayer() {}

  /** Returns the index in the packet's array, or why there is none, which is negative. */
  static int ipOffset(CapturedPacket packet) {
    return switch (packet.linkType()) {
      case 0 -> afterFamily(packet);
      case 1 -> afterEtherType(packet, 12);
      // 12 and 14 are what systems have for LINKTYPE_RAW; 228 and 229 are IPV4 and IPV6.
      case 12, 14, 101, 228, 229 -> packet.offset();
      case 108 -> afterFamily(packet);
      case 113 -> afterEtherType(packet, 14);
      case 276 -> afterSll2(packet);
      default -> UNKNOWN_LINK;
    };
  }

  /** LINKTYPE_NULL has the order of the machine, LINKTYPE_LOOP that of the network. */
  private static int afterFamily(CapturedPacket packet) {
    if (packet.length() < 4) {
      return CUT;
    }
    byte[] array = packet.array();
    int offset = packet.offset();
    int high = NetworkBytes.uint16(array, offset);
    int low = NetworkBytes.uint16(array, offset + 2);
    int family = high == 0 ? low : Integer.reverseBytes(high << 16 | low);
    return switch (family) {
      // AF_INET, and AF_INET6 of Linux, of NetBSD and OpenBSD, of FreeBSD, and of macOS.
      case 2, 10, 24, 28, 30 -> offset + 4;
      default -> NO_IP;
    };
  }

  private static int afterSll2(CapturedPacket packet) {
    if (packet.length() < 20) {
      return CUT;
    }
    int start = packet.offset() + 20;
    return afterTags(packet, NetworkBytes.uint16(packet.array(), packet.offset()), start);
  }

  private static int afterEtherType(CapturedPacket packet, int typeOffset) {
    if (packet.length() < typeOffset + 2) {
      return CUT;
    }
    int start = packet.offset() + typeOffset + 2;
    return afterTags(packet, NetworkBytes.uint16(packet.array(), start - 2), start);
  }

  /** Skips the tags of VLANs, of which there may be several (QinQ). */
  private static int afterTags(CapturedPacket packet, int firstType, int firstStart) {
    int type = firstType;
    int start = firstStart;
    while (isVlan(type)) {
      if (packet.offset() + packet.length() - start < 4) {
        return CUT;
      }
      type = NetworkBytes.uint16(packet.array(), start + 2);
      start += 4;
    }
    return switch (type) {
      case ETHERTYPE_IPV4, ETHERTYPE_IPV6 -> start;
      case 0x8847, 0x8848 -> MPLS;
      case 0x8864 -> PPPOE;
      default -> NO_IP;
    };
  }

  /** 802.1Q, 802.1ad, and what was used before that was a standard. */
  private static boolean isVlan(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100 || type == 0x9200;
  }
}
