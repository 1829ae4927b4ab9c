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
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What both sides sent, or what that carries, and which of it came first. */
public final class Dialogue {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final SideLayer client;
  private final SideLayer server;
  private final boolean ofDatagrams;

  /** What carries this dialogue, unless it is all that both sides sent. */
  private final @Nullable Dialogue carrier;

  /**
   * Bytes that were not kept.
   *
   * @param offset where they were, in those that were kept
   * @param byteCount how many there were
   */
  public record Missing(int offset, long byteCount) {}

  /**
   * One side.
   *
   * @param layer what it sent
   * @param missing where bytes are missing
   * @param peerSizes how much its peer had sent at each chunk
   */
  private record SideLayer(
      Layer layer, List<Missing> missing, NavigableMap<Integer, Integer> peerSizes) {}

  /** Collects what one side sent. */
  private static final class SideLog {
    private final List<Missing> missing = new ArrayList<>();
    private final TreeMap<Integer, Integer> peerSizes = new TreeMap<>();
    private final ByteBuffer bytes;

    SideLog(int capacity) {
      bytes = ByteBuffer.allocate(capacity);
    }

    int size() {
      return bytes.position();
    }

    void add(Bytes chunk, int peerSize) {
      peerSizes.putIfAbsent(size(), peerSize);
      chunk.putInto(bytes);
    }

    SideLayer toLayer() {
      return new SideLayer(Layer.whole(new MaskedStream(bytes.array())), missing, peerSizes);
    }
  }

  private Dialogue(
      SideLayer client, SideLayer server, boolean ofDatagrams, @Nullable Dialogue carrier) {
    this.client = client;
    this.server = server;
    this.ofDatagrams = ofDatagrams;
    this.carrier = carrier;
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
    boolean ofDatagrams = conversation.transport() == Transport.UDP;
    return new Dialogue(client.toLayer(), server.toLayer(), ofDatagrams, null);
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
    SideLayer unknown = new SideLog(0).toLayer();
    return side == Side.CLIENT
        ? new Dialogue(known.toLayer(), unknown, false, null)
        : new Dialogue(unknown, known.toLayer(), false, null);
  }

  /** Returns the dialogue of layers that this one carries. */
  public Dialogue carrying(Layer clientLayer, Layer serverLayer) {
    return new Dialogue(
        sideLayer(client, clientLayer), sideLayer(server, serverLayer), false, this);
  }

  private static SideLayer sideLayer(SideLayer carrier, Layer layer) {
    List<Missing> missing = new ArrayList<>();
    for (Missing gap : carrier.missing) {
      if (layer.isAround(gap.offset)) {
        missing.add(new Missing(layer.sizeBefore(gap.offset), gap.byteCount));
      }
    }
    return new SideLayer(layer, missing, new TreeMap<>());
  }

  /** Returns what each side sent before an offset. */
  public Dialogue until(int clientEndOffset, int serverEndOffset) {
    return carrying(client.layer.slice(0, clientEndOffset), server.layer.slice(0, serverEndOffset));
  }

  /** Returns what each side sent from an offset on. */
  public Dialogue from(int clientOffset, int serverOffset) {
    return carrying(
        client.layer.slice(clientOffset, client.layer.size()),
        server.layer.slice(serverOffset, server.layer.size()));
  }

  private SideLayer sideLayer(Side side) {
    return side == Side.CLIENT ? client : server;
  }

  public Layer layer(Side side) {
    return sideLayer(side).layer;
  }

  /** Returns what of a side was not kept. */
  public List<Missing> missing(Side side) {
    return sideLayer(side).missing;
  }

  /** Returns whether all that a side sent is known, and it sent anything. */
  public boolean isKnown(Side side) {
    return sideLayer(side).layer.size() > 0 && sideLayer(side).missing.isEmpty();
  }

  public boolean isOfDatagrams() {
    return ofDatagrams;
  }

  /** Returns each chunk that a side sent, such as a datagram, by itself. */
  public List<Layer> chunks(Side side) {
    List<Layer> chunks = new ArrayList<>();
    SideLayer own = sideLayer(side);
    for (int start : own.peerSizes.keySet()) {
      Integer next = own.peerSizes.higherKey(start);
      chunks.add(own.layer.slice(start, next == null ? own.layer.size() : next));
    }
    return chunks;
  }

  /** Returns how much the peer had sent before a side sent the byte at an offset. */
  public int peerSizeAt(Side side, int offset) {
    if (carrier != null) {
      int carrierPeerSize = carrier.peerSizeAt(side, layer(side).carrierOffset(offset));
      return layer(side.peer()).sizeBefore(carrierPeerSize);
    }
    Map.Entry<Integer, Integer> chunk = sideLayer(side).peerSizes.floorEntry(offset);
    return chunk == null ? 0 : chunk.getValue();
  }
}
