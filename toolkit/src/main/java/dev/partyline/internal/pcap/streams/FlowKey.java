package dev.partyline.internal.pcap.streams;

import dev.partyline.internal.text.IpText;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What all packets of a conversation have in common, in either direction: the addresses and ports,
 * of which the lower come first.
 */
record FlowKey(
    int protocol,
    int version,
    long lowerAddressHigh,
    long lowerAddressLow,
    int lowerPort,
    long upperAddressHigh,
    long upperAddressLow,
    int upperPort) {

  static FlowKey of(IpPacket packet, TransportSegment segment) {
    return isFromLower(packet, segment)
        ? new FlowKey(
            packet.protocol(),
            packet.version(),
            packet.sourceHigh(),
            packet.sourceLow(),
            segment.sourcePort(),
            packet.destinationHigh(),
            packet.destinationLow(),
            segment.destinationPort())
        : new FlowKey(
            packet.protocol(),
            packet.version(),
            packet.destinationHigh(),
            packet.destinationLow(),
            segment.destinationPort(),
            packet.sourceHigh(),
            packet.sourceLow(),
            segment.sourcePort());
  }

  /** Returns whether a packet goes from the lower to the upper address. */
  static boolean isFromLower(IpPacket packet, TransportSegment segment) {
    int order = Long.compareUnsigned(packet.sourceHigh(), packet.destinationHigh());
    if (order == 0) {
      order = Long.compareUnsigned(packet.sourceLow(), packet.destinationLow());
    }
    if (order == 0) {
      order = Integer.compare(segment.sourcePort(), segment.destinationPort());
    }
    return order <= 0;
  }

  byte[] lowerAddress() {
    return address(lowerAddressHigh, lowerAddressLow);
  }

  byte[] upperAddress() {
    return address(upperAddressHigh, upperAddressLow);
  }

  private byte[] address(long high, long low) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    return version == 4 ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
  }

  @Override
  public String toString() {
    return IpText.print(lowerAddress())
        + " port "
        + lowerPort
        + ", "
        + IpText.print(upperAddress())
        + " port "
        + upperPort;
  }
}
