package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What both sides sent, and which of it came first. */
final class Dialogue {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final SideLog client;
  private final SideLog server;

  /** What one side sent, where bytes are missing, and how much its peer had sent at each chunk. */
  private static final class SideLog {
    final List<Integer> gapOffsets = new ArrayList<>();
    final TreeMap<Integer, Integer> peerSizes = new TreeMap<>();
    final MaskedStream stream;
    private final ByteBuffer bytes;

    SideLog(int capacity) {
      bytes = ByteBuffer.allocate(capacity);
      stream = new MaskedStream(bytes.array());
    }

    int size() {
      return bytes.position();
    }

    void add(Bytes chunk, int peerSize) {
      peerSizes.putIfAbsent(size(), peerSize);
      chunk.putInto(bytes);
    }
  }

  private Dialogue(SideLog client, SideLog server) {
    this.client = client;
    this.server = server;
  }

  static Dialogue of(Conversation conversation) {
    SideLog client = new SideLog(keptBytes(conversation, Side.CLIENT));
    SideLog server = new SideLog(keptBytes(conversation, Side.SERVER));
    conversation.forEachEvent(
        event -> {
          SideLog own = event.side() == Side.CLIENT ? client : server;
          SideLog peer = own == client ? server : client;
          if (event instanceof Event.Sent sent) {
            own.add(sent.bytes(), peer.size());
          } else if (event instanceof Event.Dropped) {
            own.gapOffsets.add(own.size());
          }
        });
    return new Dialogue(client, server);
  }

  private static int keptBytes(Conversation conversation, Side side) {
    long kept = conversation.byteCount(side) - conversation.droppedBytes(side);
    if (kept > MAX_BYTES) {
      throw new IllegalStateException(
          conversation
              + ": "
              + kept
              + " bytes of the "
              + side
              + " were kept, and secrets are looked for in 2 GiB at most; read a part of them, or"
              + " print the exact conversation");
    }
    return (int) kept;
  }

  /** Returns a dialogue of which only one side is known. */
  static Dialogue of(Side side, Bytes bytes) {
    SideLog known = new SideLog(bytes.size());
    known.add(bytes, 0);
    return side == Side.CLIENT
        ? new Dialogue(known, new SideLog(0))
        : new Dialogue(new SideLog(0), known);
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
