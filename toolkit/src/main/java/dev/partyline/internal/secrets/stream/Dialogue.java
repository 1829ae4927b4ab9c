package dev.partyline.internal.secrets.stream;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What both sides sent, and which of it came first. */
public final class Dialogue {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final SideLog client;
  private final SideLog server;
  private final boolean ofDatagrams;

  /**
   * Bytes that were not kept.
   *
   * @param offset where they were, in those that were kept
   * @param byteCount how many there were
   */
  public record Missing(int offset, long byteCount) {}

  /** What one side sent, where bytes are missing, and how much its peer had sent at each chunk. */
  private static final class SideLog {
    final List<Missing> missing = new ArrayList<>();
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

  private Dialogue(SideLog client, SideLog server, boolean ofDatagrams) {
    this.client = client;
    this.server = server;
    this.ofDatagrams = ofDatagrams;
  }

  public static Dialogue of(Conversation conversation) {
    SideLog client = new SideLog(keptBytes(conversation, Side.CLIENT));
    SideLog server = new SideLog(keptBytes(conversation, Side.SERVER));
    conversation.forEachEvent(
        event -> {
          SideLog own = event.side() == Side.CLIENT ? client : server;
          SideLog peer = own == client ? server : client;
          if (event instanceof Event.Sent sent) {
            own.add(sent.bytes(), peer.size());
          } else if (event instanceof Event.Dropped dropped) {
            own.missing.add(new Missing(own.size(), dropped.byteCount()));
          }
        });
    return new Dialogue(client, server, conversation.transport() == Transport.UDP);
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
  public static Dialogue of(Side side, Bytes bytes) {
    SideLog known = new SideLog(bytes.size());
    known.add(bytes, 0);
    return side == Side.CLIENT
        ? new Dialogue(known, new SideLog(0), false)
        : new Dialogue(new SideLog(0), known, false);
  }

  private SideLog log(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  public MaskedStream stream(Side side) {
    return log(side).stream;
  }

  /** Returns what of a side was not kept. */
  public List<Missing> missing(Side side) {
    return log(side).missing;
  }

  public boolean isOfDatagrams() {
    return ofDatagrams;
  }

  /** Returns each chunk that a side sent, such as a datagram, by itself. */
  public List<Layer> chunks(Side side) {
    List<Layer> chunks = new ArrayList<>();
    for (int start : log(side).peerSizes.keySet()) {
      Integer next = log(side).peerSizes.higherKey(start);
      int end = next == null ? log(side).size() : next;
      chunks.add(Layer.in(stream(side)).add(start, end).build());
    }
    return chunks;
  }

  /** Returns how much the peer had sent before a side sent the byte at an offset. */
  public int peerSizeAt(Side side, int offset) {
    Map.Entry<Integer, Integer> chunk = log(side).peerSizes.floorEntry(offset);
    return chunk == null ? 0 : chunk.getValue();
  }
}
