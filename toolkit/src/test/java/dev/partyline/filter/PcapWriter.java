package dev.partyline.filter;

import dev.partyline.wire.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * Writes flows as a capture file for tcpdump: a packet for each, the first at second 0, and so on.
 */
final class PcapWriter {
  /** pcap-linktype(7): packets start with the IP header. */
  private static final int LINKTYPE_RAW = 101;

  private static final int TCP = 6;
  private static final int UDP = 17;

  private PcapWriter() {}

  static byte[] of(List<Flow> flows) {
    ByteBuffer out = ByteBuffer.allocate(24 + 100 * flows.size());
    out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    out.putInt(65_535).putInt(LINKTYPE_RAW);
    for (int i = 0; i < flows.size(); i++) {
      byte[] packet = packet(flows.get(i));
      out.putInt(i).putInt(0).putInt(packet.length).putInt(packet.length).put(packet);
    }
    byte[] file = new byte[out.position()];
    out.flip().get(file);
    return file;
  }

  private static byte[] packet(Flow flow) {
    InetSocketAddress source = Objects.requireNonNull(flow.source());
    InetSocketAddress destination = Objects.requireNonNull(flow.destination());
    byte[] sourceBytes = source.getAddress().getAddress();
    byte[] destinationBytes = destination.getAddress().getAddress();
    boolean isTcp = flow.transport() == Transport.TCP;
    int transportLength = isTcp ? 20 : 8;
    boolean isIpv4 = sourceBytes.length == 4;
    ByteBuffer out = ByteBuffer.allocate((isIpv4 ? 20 : 40) + transportLength);
    if (isIpv4) {
      out.putShort((short) 0x4500).putShort((short) (20 + transportLength)).putInt(0);
      out.put((byte) 64).put((byte) (isTcp ? TCP : UDP)).putShort((short) 0);
    } else {
      out.putInt(0x60000000)
          .putShort((short) transportLength)
          .put((byte) (isTcp ? TCP : UDP))
          .put((byte) 64);
    }
    out.put(sourceBytes).put(destinationBytes);
    out.putShort((short) source.getPort()).putShort((short) destination.getPort());
    if (isTcp) {
      // A SYN: sequence number, none acknowledged, five words of header, the flag and a window.
      out.putInt(1).putInt(0).putShort((short) 0x5002).putShort((short) 1_024).putInt(0);
    } else {
      out.putShort((short) transportLength).putShort((short) 0);
    }
    return out.array();
  }
}
