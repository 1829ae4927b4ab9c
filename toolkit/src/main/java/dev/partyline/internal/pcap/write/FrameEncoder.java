package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes frames of Ethernet with IPv4 or IPv6 and TCP or UDP, all checksums included. */
final class FrameEncoder {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int ETHERNET_BYTES = 14;
  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int TCP_BYTES = 20;
  private static final int UDP_BYTES = 8;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int TIME_TO_LIVE = 64;

  /** MSS 65495, SACK permitted, window scale 14: a window of 1 GiB, which is never full. */
  private static final Bytes SYN_OPTIONS = Bytes.hex("0204ffd7 0402 0103030e 0101");

  private static final int SYN_OPTION_BYTES = SYN_OPTIONS.size();
  private static final int MAX_WINDOW = 0xffff;

  private final byte[] target = new byte[ETHERNET_BYTES + IPV6_BYTES + 0xffff];

  /** Returns the array that has the frame that was encoded last. */
  byte[] frame() {
    return target;
  }

  private static int transportBytes(SyntheticFrame frame) {
    SyntheticFrame.Tcp tcp = frame.tcp();
    return tcp == null ? UDP_BYTES : TCP_BYTES + (tcp.isSyn() ? SYN_OPTION_BYTES : 0);
  }

  /** Encodes a frame, and returns how many bytes it has. */
  int encode(AddressPair addresses, SyntheticFrame frame, FrameSink.Payload payload) {
    FrameAddress source = addresses.of(frame.sender());
    FrameAddress destination = addresses.of(frame.sender().peer());
    ethernet(frame.sender(), addresses.isIpv6());
    int transportLength = transportBytes(frame) + frame.length();
    int protocol = frame.tcp() == null ? UDP : TCP;
    int transportOffset =
        addresses.isIpv6()
            ? ipv6(ETHERNET_BYTES, source, destination, protocol, transportLength)
            : ipv4(ETHERNET_BYTES, source, destination, protocol, transportLength);
    int payloadOffset = transportOffset + transportBytes(frame);
    payload.read(frame.offset(), frame.length(), target, payloadOffset);
    putShort(transportOffset, source.port());
    putShort(transportOffset + 2, destination.port());
    int addressBytes = 2 * source.ip().size();
    long pseudoHeader =
        Checksum.sum(target, transportOffset - addressBytes, addressBytes)
            + Checksum.sum(protocol)
            + Checksum.sum(transportLength);
    if (frame.tcp() == null) {
      udp(transportOffset, transportLength, pseudoHeader);
    } else {
      tcp(transportOffset, frame.tcp(), transportLength, pseudoHeader);
    }
    return transportOffset + transportLength;
  }

  /** The addresses are local ones (IEEE 802, 8.4): 02:00:00:00:00:01 is the client. */
  private void ethernet(Side sender, boolean isIpv6) {
    putInt(0, 0x0200_0000);
    putShort(4, sender.peer().ordinal() + 1);
    putInt(6, 0x0200_0000);
    putShort(10, sender.ordinal() + 1);
    putShort(12, isIpv6 ? 0x86dd : 0x0800);
  }

  private int ipv4(
      int offset, FrameAddress source, FrameAddress destination, int protocol, int length) {
    putShort(offset, 0x4500);
    putShort(offset + 2, IPV4_BYTES + length);
    putShort(offset + 4, 0);
    putShort(offset + 6, DONT_FRAGMENT);
    putShort(offset + 8, TIME_TO_LIVE << Byte.SIZE | protocol);
    putShort(offset + 10, 0);
    int endOffset = put(put(offset + 12, source.ip()), destination.ip());
    putShort(offset + 10, Checksum.of(Checksum.sum(target, offset, IPV4_BYTES)));
    return endOffset;
  }

  private int ipv6(
      int offset, FrameAddress source, FrameAddress destination, int protocol, int length) {
    putInt(offset, 0x6000_0000);
    putShort(offset + 4, length);
    putShort(offset + 6, protocol << Byte.SIZE | TIME_TO_LIVE);
    return put(put(offset + 8, source.ip()), destination.ip());
  }

  private void udp(int offset, int length, long pseudoHeader) {
    putShort(offset + 4, length);
    putShort(offset + 6, 0);
    int checksum = Checksum.of(pseudoHeader + Checksum.sum(target, offset, length));
    // 0 would mean that there is none (RFC 768).
    putShort(offset + 6, checksum == 0 ? 0xffff : checksum);
  }

  private void tcp(int offset, SyntheticFrame.Tcp tcp, int length, long pseudoHeader) {
    int headerBytes = TCP_BYTES + (tcp.isSyn() ? SYN_OPTION_BYTES : 0);
    putInt(offset + 4, tcp.sequence());
    putInt(offset + 8, tcp.acknowledgement());
    putShort(offset + 12, headerBytes / Integer.BYTES << 12 | tcp.flags());
    putShort(offset + 14, MAX_WINDOW);
    putInt(offset + 16, 0);
    if (tcp.isSyn()) {
      put(offset + TCP_BYTES, SYN_OPTIONS);
    }
    int checksum = Checksum.of(pseudoHeader + Checksum.sum(target, offset, length));
    putShort(offset + 16, checksum);
  }

  private int put(int offset, Bytes bytes) {
    for (int i = 0; i < bytes.size(); i++) {
      target[offset + i] = bytes.byteAt(i);
    }
    return offset + bytes.size();
  }

  private void putShort(int offset, int value) {
    SHORTS.set(target, offset, (short) value);
  }

  private void putInt(int offset, int value) {
    INTS.set(target, offset, value);
  }
}
