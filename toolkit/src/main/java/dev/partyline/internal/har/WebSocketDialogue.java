package dev.partyline.internal.har;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Messages of WebSocket as a conversation that sends them without compression, because a secret is
 * often in the message after the one that tells of it.
 */
final class WebSocketDialogue {
  private static final String UPGRADE = "Upgrade: websocket\r\n\r\n";
  private static final Bytes REQUEST = Bytes.utf8("GET / HTTP/1.1\r\n" + UPGRADE);
  private static final Bytes RESPONSE =
      Bytes.utf8("HTTP/1.1 101 Switching Protocols\r\n" + UPGRADE);
  private static final int FIN = 0x80;
  private static final int LENGTH_OF_8_BYTES = 127;
  private static final int HEAD_BYTES = 10;

  private final List<Event> events = new ArrayList<>();

  WebSocketDialogue() {
    events.add(new Event.Sent(Side.CLIENT, 0, REQUEST));
    events.add(new Event.Sent(Side.SERVER, 0, RESPONSE));
  }

  void add(Side side, int opcode, Bytes payload) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.put((byte) (FIN | opcode)).put((byte) LENGTH_OF_8_BYTES).putLong(payload.size());
    events.add(new Event.Sent(side, 0, Bytes.of(head.array()).plus(payload)));
  }

  /** Returns the payloads as they are after masking, in the order in which they were added. */
  List<Bytes> masked(UnaryOperator<Conversation> redaction) {
    Conversation masked = redaction.apply(Conversation.of(events));
    Map<Side, Integer> offsets = new EnumMap<>(Side.class);
    List<Bytes> payloads = new ArrayList<>();
    for (Event event : events) {
      int size = ((Event.Sent) event).bytes().size();
      int end = offsets.merge(event.side(), size, Integer::sum);
      int start = Math.min(end, end - size + HEAD_BYTES);
      payloads.add(masked.bytes(event.side(), start, end));
    }
    // The first two are the upgrade.
    return payloads.subList(2, payloads.size());
  }
}
