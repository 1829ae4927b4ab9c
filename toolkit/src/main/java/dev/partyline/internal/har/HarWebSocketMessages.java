package dev.partyline.internal.har;

import dev.partyline.view.websocket.WebSocket;
import dev.partyline.view.websocket.WebSocketFrame;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts the messages of WebSocket together from their frames, and decompresses them. */
final class HarWebSocketMessages implements AutoCloseable {
  private final Conversation conversation;
  private final UnaryOperator<Bytes> redaction;
  private final Map<Side, Begun> begun = new EnumMap<>(Side.class);
  private final Map<Side, MessageInflater> inflaters = new EnumMap<>(Side.class);
  private final List<WebSocketMessage> messages = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /** A message whose frames so far are these. */
  private record Begun(WebSocketFrame first, List<Bytes> parts) {}

  private HarWebSocketMessages(Conversation conversation, UnaryOperator<Bytes> redaction) {
    this.conversation = conversation;
    this.redaction = redaction;
  }

  /**
   * Returns an exchange with the messages that follow it.
   *
   * @param redaction masks what was compressed
   */
  static HarExchange addTo(
      HarExchange exchange,
      Conversation conversation,
      WebSocket frames,
      UnaryOperator<Bytes> redaction) {
    try (HarWebSocketMessages reader = new HarWebSocketMessages(conversation, redaction)) {
      frames.frames().forEach(reader::add);
      reader
          .begun
          .values()
          .forEach(
              each ->
                  reader.remarks.add(
                      "the last message of the " + each.first.side() + " is incomplete"));
      List.copyOf(reader.begun.values()).forEach(each -> reader.end(each, each.first));
      frames.flaws().forEach(flaw -> reader.remarks.add(flaw.toString()));
      // A message that is incomplete is not the last one in time.
      reader.messages.sort(Comparator.comparingLong(WebSocketMessage::nanos));
      return exchange.withMessages(List.copyOf(reader.messages)).plusRemarks(reader.remarks);
    }
  }

  private void add(WebSocketFrame frame) {
    switch (frame.kind()) {
      case CLOSE ->
          addMessage(
              frame,
              frame.opcode(),
              ((frame.closeCode().isPresent() ? frame.closeCode().getAsInt() + " " : "")
                      + frame.closeReason())
                  .strip());
      case PING, PONG, RESERVED -> addMessage(frame, frame.opcode(), WireText.of(frame.payload()));
      case TEXT, BINARY, CONTINUATION -> addPart(frame);
    }
  }

  private void addPart(WebSocketFrame frame) {
    boolean continues = frame.kind() == WebSocketFrame.Kind.CONTINUATION;
    Begun message = continues ? begun.remove(frame.side()) : null;
    if (message == null) {
      message = new Begun(frame, new ArrayList<>());
    }
    message.parts.add(frame.payload());
    if (!isKept(frame)) {
      inflater(frame.side()).skip();
    }
    if (frame.fin()) {
      end(message, frame);
    } else {
      begun.put(frame.side(), message);
    }
  }

  private MessageInflater inflater(Side side) {
    return inflaters.computeIfAbsent(side, any -> new MessageInflater());
  }

  private boolean isKept(WebSocketFrame frame) {
    return conversation.gaps().stream()
        .noneMatch(
            gap ->
                gap.side() == frame.side()
                    && gap.offset() < frame.endOffset()
                    && gap.endOffset() > frame.offset());
  }

  private void end(Begun message, WebSocketFrame last) {
    WebSocketFrame first = message.first;
    Bytes payload = message.parts.size() == 1 ? message.parts.get(0) : Bytes.join(message.parts);
    boolean isText = first.kind() == WebSocketFrame.Kind.TEXT;
    if (first.deflated()) {
      Optional<Bytes> inflated = inflater(first.side()).inflate(payload);
      if (inflated.isEmpty()) {
        isText = false;
        remarks.add(
            "the message that begins at byte "
                + first.offset()
                + " of the "
                + first.side()
                + " is compressed, in Base64: it, or one that it depends on, cannot be inflated");
      }
      payload = inflated.map(redaction).orElse(payload);
    }
    addMessage(last, first.opcode(), isText ? WireText.of(payload) : base64(payload));
  }

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  private void addMessage(WebSocketFrame last, int opcode, String data) {
    long nanos = conversation.timestampNanos(last.side(), last.endOffset() - 1);
    messages.add(new WebSocketMessage(last.side(), nanos, opcode, data));
  }

  @Override
  public void close() {
    inflaters.values().forEach(MessageInflater::close);
  }
}
