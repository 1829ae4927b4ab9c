package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Side;

/** The addresses between which the frames of a conversation go; both of one family. */
record AddressPair(FrameAddress client, FrameAddress server) {
  FrameAddress of(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  boolean isIpv6() {
    return client.isIpv6();
  }
}
