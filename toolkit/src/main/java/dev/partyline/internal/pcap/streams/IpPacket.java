package dev.partyline.internal.pcap.streams;

import static dev.partyline.internal.pcap.streams.NetworkBytes.int64;
import static dev.partyline.internal.pcap.streams.NetworkBytes.uint16;
import static dev.partyline.internal.pcap.streams.NetworkBytes.uint32;
import static dev.partyline.internal.pcap.streams.NetworkBytes.uint8;

import org.jspecify.annotations.Nullable;

/** The headers of an IP packet (RFC 791, RFC 8200); one object reads all packets of a capture. */
final class IpPacket {
  static final int TCP = 6;
  static final int UDP = 17;

  private static final int IPV4_INSIDE = 4;
  private static final int IPV6_INSIDE = 41;

  private static final int IPV4_HEADER_BYTES = 20;
  private static final int IPV6_HEADER_BYTES = 40;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;

  private int version;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int protocol;
  private byte[] array = {};
  private int payloadOffset;

  /** Where what was captured ends. */
  private int end;

  /** How many bytes the payload had on the wire. */
  private long payloadLength;

  private boolean isFragment;
  private long fragmentId;
  private int fragmentOffset;
  private boolean hasMoreFragments;

  /**
   * Reads the headers of a packet.
   *
   * @param newArray has it
   * @param offset where it begins
   * @param capturedEnd where what was captured of it ends
   * @param wireLength how many bytes it had on the wire, padding of the link included
   * @return whether they are there, and make sense
   */
  boolean parse(byte[] newArray, int offset, int capturedEnd, long wireLength) {
    array = newArray;
    end = capturedEnd;
    isFragment = false;
    if (offset >= capturedEnd) {
      return false;
    }
    version = uint8(array, offset) >> 4;
    return switch (version) {
      case 4 -> parseIpv4(offset, wireLength);
      case 6 -> parseIpv6(offset, wireLength);
      default -> false;
    };
  }

  private boolean parseIpv4(int offset, long wireLength) {
    int headerBytes = (uint8(array, offset) & 15) * 4;
    if (headerBytes < IPV4_HEADER_BYTES || end - offset < headerBytes) {
      return false;
    }
    // A host whose network card cuts packets into segments leaves it at 0.
    int totalLength = uint16(array, offset + 2);
    long length = totalLength == 0 ? wireLength : Math.min(totalLength, wireLength);
    setPayload(offset + headerBytes, length - headerBytes);
    int fragment = uint16(array, offset + 6);
    fragmentId = uint16(array, offset + 4);
    fragmentOffset = (fragment & 0x1fff) * 8;
    hasMoreFragments = (fragment & 0x2000) != 0;
    isFragment = hasMoreFragments || fragmentOffset > 0;
    protocol = uint8(array, offset + 9);
    sourceHigh = 0;
    sourceLow = uint32(array, offset + 12);
    destinationHigh = 0;
    destinationLow = uint32(array, offset + 16);
    return payloadLength >= 0 && skipExtensions();
  }

  private boolean parseIpv6(int offset, long wireLength) {
    if (end - offset < IPV6_HEADER_BYTES) {
      return false;
    }
    int length = uint16(array, offset + 4);
    long rest = wireLength - IPV6_HEADER_BYTES;
    setPayload(offset + IPV6_HEADER_BYTES, length == 0 ? rest : Math.min(length, rest));
    protocol = uint8(array, offset + 6);
    sourceHigh = int64(array, offset + 8);
    sourceLow = int64(array, offset + 16);
    destinationHigh = int64(array, offset + 24);
    destinationLow = int64(array, offset + 32);
    return payloadLength >= 0 && skipExtensions();
  }

  private void setPayload(int offset, long length) {
    payloadOffset = offset;
    payloadLength = length;
    end = (int) Math.max(offset, Math.min(end, offset + length));
  }

  /**
   * Skips the extension headers of IPv6, up to that of a fragment; IPv4 has that of authentication
   * alone.
   */
  private boolean skipExtensions() {
    while (isExtension() && !isFragment) {
      if (end - payloadOffset < 8) {
        return false;
      }
      int headerBytes =
          switch (protocol) {
            case FRAGMENT -> 8;
            case AUTHENTICATION -> (uint8(array, payloadOffset + 1) + 2) * 4;
            default -> (uint8(array, payloadOffset + 1) + 1) * 8;
          };
      if (end - payloadOffset < headerBytes) {
        return false;
      }
      if (protocol == FRAGMENT) {
        int fragment = uint16(array, payloadOffset + 2);
        fragmentId = uint32(array, payloadOffset + 4);
        fragmentOffset = fragment & ~7;
        hasMoreFragments = (fragment & 1) != 0;
        isFragment = hasMoreFragments || fragmentOffset > 0;
      }
      protocol = uint8(array, payloadOffset);
      setPayload(payloadOffset + headerBytes, payloadLength - headerBytes);
    }
    return true;
  }

  private boolean isExtension() {
    return switch (protocol) {
      case AUTHENTICATION -> true;
      case HOP_BY_HOP, ROUTING, FRAGMENT, DESTINATION_OPTIONS -> version == 6;
      default -> false;
    };
  }

  /** Returns whether the payload is another IP packet (RFC 2003, RFC 2473, RFC 4213). */
  boolean isTunnel() {
    return protocol == IPV4_INSIDE || protocol == IPV6_INSIDE;
  }

  /** Goes on with the packet in the payload; returns whether it makes sense. */
  boolean parseInner() {
    return parse(array, payloadOffset, end, payloadLength);
  }

  /** Returns the name of what the payload is in and is not read; null if there is no such thing. */
  @Nullable String unreadName() {
    return switch (protocol) {
      case 47 -> "GRE";
      case 50 -> "ESP";
      case 55 -> "minimal encapsulation";
      case 97 -> "EtherIP";
      case 108 -> "IPComp";
      case 115 -> "L2TP";
      case 137 -> "MPLS";
      default -> null;
    };
  }

  /** Goes on with the payload of all fragments; returns whether it makes sense. */
  boolean setReassembled(byte[] payload, int length, int newProtocol) {
    array = payload;
    payloadOffset = 0;
    end = length;
    payloadLength = length;
    protocol = newProtocol;
    isFragment = false;
    return skipExtensions();
  }

  int version() {
    return version;
  }

  /** Returns the first half of the address of IPv6; 0 for IPv4. */
  long sourceHigh() {
    return sourceHigh;
  }

  long sourceLow() {
    return sourceLow;
  }

  /** Returns the first half of the address of IPv6; 0 for IPv4. */
  long destinationHigh() {
    return destinationHigh;
  }

  long destinationLow() {
    return destinationLow;
  }

  int protocol() {
    return protocol;
  }

  byte[] array() {
    return array;
  }

  int payloadOffset() {
    return payloadOffset;
  }

  /** Returns how many bytes of the payload were captured. */
  int capturedLength() {
    return end - payloadOffset;
  }

  long payloadLength() {
    return payloadLength;
  }

  boolean isFragment() {
    return isFragment;
  }

  boolean isCutFirstFragment() {
    return isFragment && fragmentOffset == 0 && capturedLength() < payloadLength;
  }

  long fragmentId() {
    return fragmentId;
  }

  int fragmentOffset() {
    return fragmentOffset;
  }

  boolean hasMoreFragments() {
    return hasMoreFragments;
  }
}
