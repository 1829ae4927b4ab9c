package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What both sides sent, and which of it came first. */
final class Dialogue {
  private final SideLog client;
  private final SideLog server;

  /** What one side sent, where bytes are missing, and how much its peer had sent at each chunk. */
  private static final class SideLog {
    final List<Bytes> parts = new ArrayList<>();
    final List<Integer> gapOffsets = new ArrayList<>();
    final TreeMap<Integer, Integer> peerSizes = new TreeMap<>();
    int size;
    MaskedStream stream = new MaskedStream(new byte[0]);

    void add(Bytes bytes, int peerSize) {
      peerSizes.putIfAbsent(size, peerSize);
      parts.add(bytes);
      size += bytes.size();
    }

    SideLog join() {
      stream = new MaskedStream(Bytes.join(parts).toArray());
      return this;
    }
  }

  private Dialogue(SideLog client, SideLog server) {
    this.client = client.join();
    this.server = server.join();
  }

  static Dialogue of(Conversation conversation) {
    SideLog client = new SideLog();
    SideLog server = new SideLog();
    conversation.forEachEvent(
        event -> {
          SideLog own = event.side() == Side.CLIENT ? client : server;
          SideLog peer = own == client ? server : client;
          if (event instanceof Event.Sent sent) {
            own.add(sent.bytes(), peer.size);
          } else if (event instanceof Event.Dropped) {
            own.gapOffsets.add(own.size);
          }
        });
    return new Dialogue(client, server);
  }

  /** Returns a dialogue of which only one side is known. */
  static Dialogue of(Side side, Bytes bytes) {
    SideLog known = new SideLog();
    known.add(bytes, 0);
    return side == Side.CLIENT
        ? new Dialogue(known, new SideLog())
        : new Dialogue(new SideLog(), known);
  }

  private SideLog log(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  MaskedStream stream(Side side) {
    return log(side).stream;
  }

  /** Returns where bytes of a side were not kept. */
  List<Integer> gapOffsets(Side side) {
    return log(side).gapOffsets;
  }

  /** Returns how much the peer had sent before a side sent the byte at an offset. */
  int peerSizeAt(Side side, int offset) {
    Map.Entry<Integer, Integer> chunk = log(side).peerSizes.floorEntry(offset);
    return chunk == null ? 0 : chunk.getValue();
  }
}
