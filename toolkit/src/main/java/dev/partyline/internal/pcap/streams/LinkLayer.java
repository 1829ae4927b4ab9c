package dev.partyline.internal.pcap.streams;

import dev.partyline.internal.pcap.read.CapturedPacket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the IP header of a packet begins, by the LINKTYPE_ registry of tcpdump.org. */
final class LinkLayer {
  /** There is none: ARP, or something else that is not IP. */
  static final int NO_IP = -1;

  /** The link type is not read. */
  static final int UNKNOWN_LINK = -2;

  /** The packet was cut before its IP header. */
  static final int CUT = -3;

  /** It is in the first of what carries IP and is not read; each other one is one less. */
  private static final int FIRST_UNREAD = -4;

  private static final List<String> UNREAD =
      List.of("PPPoE", "MPLS", "MACsec", "802.1ah", "HSR", "TRILL", "NSH");

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;

  /** Below it, the field has a length, and a header of LLC follows (IEEE 802.3, 3.2.6). */
  private static final int MIN_ETHERTYPE = 0x0600;

  /** The header of LLC that SNAP has, with an EtherType after it (RFC 1042). */
  private static final long SNAP = 0xaaaa_0300_0000L;

  private static final int SNAP_BYTES = 8;

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

  /** Returns the name of what a packet is in, if that is why it has no index; null otherwise. */
  static @Nullable String unreadName(int ipOffset) {
    return ipOffset <= FIRST_UNREAD ? UNREAD.get(FIRST_UNREAD - ipOffset) : null;
  }

  private static int unread(String name) {
    return FIRST_UNREAD - UNREAD.indexOf(name);
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

  /** Skips the tags of VLANs, of which there may be several (QinQ), and a header of SNAP. */
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
    if (type < MIN_ETHERTYPE && hasSnap(packet, start)) {
      type = NetworkBytes.uint16(packet.array(), start + SNAP_BYTES - 2);
      start += SNAP_BYTES;
    }
    return switch (type) {
      case ETHERTYPE_IPV4, ETHERTYPE_IPV6 -> start;
      case 0x8847, 0x8848 -> unread("MPLS");
      case 0x8864 -> unread("PPPoE");
      case 0x88e5 -> unread("MACsec");
      case 0x88e7 -> unread("802.1ah");
      case 0x892f -> unread("HSR");
      case 0x22f3 -> unread("TRILL");
      case 0x894f -> unread("NSH");
      default -> NO_IP;
    };
  }

  private static boolean hasSnap(CapturedPacket packet, int start) {
    return packet.offset() + packet.length() - start >= SNAP_BYTES
        && NetworkBytes.int64(packet.array(), start) >>> Short.SIZE == SNAP;
  }

  /** 802.1Q, 802.1ad, and what was used before that was a standard. */
  private static boolean isVlan(int type) {
    return type == 0x8100 || type == 0x88a8 || type == 0x9100 || type == 0x9200;
  }
}
