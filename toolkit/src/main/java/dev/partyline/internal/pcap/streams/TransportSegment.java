package dev.partyline.internal.pcap.streams;

import static dev.partyline.internal.pcap.streams.NetworkBytes.int32;
import static dev.partyline.internal.pcap.streams.NetworkBytes.uint16;
import static dev.partyline.internal.pcap.streams.NetworkBytes.uint8;

import java.nio.ByteBuffer;

/**
 * The header of a TCP segment (RFC 9293, 3.1) or a UDP datagram (RFC 768); one object reads all of
 * a capture.
 */
final class TransportSegment {
  private static final int TCP_HEADER_BYTES = 20;
  private static final int UDP_HEADER_BYTES = 8;
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;

  private int sourcePort;
  private int destinationPort;
  private int sequenceNumber;
  private int acknowledgmentNumber;
  private int flags;
  private byte[] array = {};
  private int dataOffset;
  private int capturedLength;
  private long dataLength;

  /** Reads the header in an IP packet of TCP or UDP; returns whether it makes sense. */
  boolean parse(IpPacket packet) {
    array = packet.array();
    return packet.protocol() == IpPacket.TCP ? parseTcp(packet) : parseUdp(packet);
  }

  private boolean parseTcp(IpPacket packet) {
    int start = packet.payloadOffset();
    if (packet.capturedLength() < TCP_HEADER_BYTES) {
      return false;
    }
    int headerBytes = (uint8(array, start + 12) >> 4) * 4;
    parsePorts(start);
    sequenceNumber = int32(array, start + 4);
    acknowledgmentNumber = int32(array, start + 8);
    flags = uint8(array, start + 13);
    setData(packet, headerBytes, packet.payloadLength() - headerBytes);
    return headerBytes >= TCP_HEADER_BYTES && dataLength >= 0;
  }

  private boolean parseUdp(IpPacket packet) {
    int start = packet.payloadOffset();
    if (packet.capturedLength() < UDP_HEADER_BYTES) {
      return false;
    }
    parsePorts(start);
    flags = 0;
    int length = uint16(array, start + 4);
    // It is 0 for more than 64 KiB (RFC 2675), and where the network card cuts it.
    long wireLength = length == 0 ? packet.payloadLength() : length;
    setData(
        packet, UDP_HEADER_BYTES, Math.min(wireLength, packet.payloadLength()) - UDP_HEADER_BYTES);
    return dataLength >= 0;
  }

  private void parsePorts(int start) {
    sourcePort = uint16(array, start);
    destinationPort = uint16(array, start + 2);
  }

  private void setData(IpPacket packet, int headerBytes, long length) {
    dataOffset = packet.payloadOffset() + headerBytes;
    dataLength = length;
    capturedLength =
        (int) Math.max(0, Math.min(length, (long) packet.capturedLength() - headerBytes));
  }

  int sourcePort() {
    return sourcePort;
  }

  int destinationPort() {
    return destinationPort;
  }

  int sequenceNumber() {
    return sequenceNumber;
  }

  int acknowledgmentNumber() {
    return acknowledgmentNumber;
  }

  boolean isFin() {
    return (flags & FIN) != 0;
  }

  boolean isSyn() {
    return (flags & SYN) != 0;
  }

  boolean isRst() {
    return (flags & RST) != 0;
  }

  boolean isAck() {
    return (flags & ACK) != 0;
  }

  /** Returns the bytes that it carries, those that were captured. */
  ByteBuffer data() {
    return ByteBuffer.wrap(array, dataOffset, capturedLength);
  }

  /** Returns how many bytes it carried on the wire. */
  long dataLength() {
    return dataLength;
  }

  int capturedLength() {
    return capturedLength;
  }
}
