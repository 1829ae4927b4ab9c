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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Puts the messages of WebSocket together from their frames, and decompresses them. */
final class HarWebSocketMessages implements AutoCloseable {
  private final Conversation conversation;
  private final Map<Side, Begun> begun = new EnumMap<>(Side.class);
  private final Map<Side, MessageInflater> inflaters = new EnumMap<>(Side.class);
  private final List<Received> received = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /** A message whose frames so far are these. */
  private record Begun(WebSocketFrame first, List<Bytes> parts) {}

  /** A message whose last frame was this, and how its payload is written once it is masked. */
  private record Received(
      WebSocketFrame last,
      int opcode,
      Bytes payload,
      Content content,
      Function<Bytes, String> text) {}

  private enum Content {
    /** As it was sent, and so masked with the conversation. */
    SENT,
    INFLATED,
    /** That of a control frame, or of a message that cannot be inflated, which is no dialogue. */
    OTHER
  }

  private HarWebSocketMessages(Conversation conversation) {
    this.conversation = conversation;
  }

  /**
   * Returns an exchange with the messages that follow it.
   *
   * @param redaction masks messages that were compressed, as a conversation
   */
  static HarExchange addTo(
      HarExchange exchange,
      Conversation conversation,
      WebSocket frames,
      UnaryOperator<Conversation> redaction) {
    try (HarWebSocketMessages reader = new HarWebSocketMessages(conversation)) {
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
      return exchange.withMessages(reader.messages(redaction)).plusRemarks(reader.remarks);
    }
  }

  private void add(WebSocketFrame frame) {
    switch (frame.kind()) {
      case CLOSE ->
          addControl(
              frame,
              ((frame.closeCode().isPresent() ? frame.closeCode().getAsInt() + " " : "")
                      + frame.closeReason())
                  .strip());
      case PING, PONG, RESERVED -> addControl(frame, WireText.of(frame.payload()));
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
    Content content = Content.SENT;
    if (first.deflated()) {
      Optional<Bytes> inflated = inflater(first.side()).inflate(payload);
      content = inflated.isPresent() ? Content.INFLATED : Content.OTHER;
      payload = inflated.orElse(payload);
      if (inflated.isEmpty()) {
        remarks.add(
            "the message that begins at byte "
                + first.offset()
                + " of the "
                + first.side()
                + " is compressed, in Base64: it, or one that it depends on, cannot be inflated");
      }
    }
    boolean isText = first.kind() == WebSocketFrame.Kind.TEXT && content != Content.OTHER;
    Function<Bytes, String> text = isText ? WireText::of : HarWebSocketMessages::base64;
    received.add(new Received(last, first.opcode(), payload, content, text));
  }

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  private void addControl(WebSocketFrame frame, String text) {
    received.add(new Received(frame, frame.opcode(), Bytes.EMPTY, Content.OTHER, any -> text));
  }

  private List<WebSocketMessage> messages(UnaryOperator<Conversation> redaction) {
    // A message that is incomplete is not the last one in time.
    received.sort(Comparator.comparingLong(this::nanos));
    boolean isInflated = received.stream().anyMatch(each -> each.content == Content.INFLATED);
    WebSocketDialogue dialogue = new WebSocketDialogue();
    for (Received each : received) {
      if (isInflated && each.content != Content.OTHER) {
        dialogue.add(each.last.side(), each.opcode, each.payload);
      }
    }
    Iterator<Bytes> masked = dialogue.masked(redaction).iterator();
    List<WebSocketMessage> messages = new ArrayList<>();
    for (Received each : received) {
      boolean isMasked = isInflated && each.content != Content.OTHER;
      messages.add(message(each, isMasked ? masked.next() : each.payload));
    }
    return messages;
  }

  private WebSocketMessage message(Received message, Bytes payload) {
    return new WebSocketMessage(
        message.last.side(), nanos(message), message.opcode, message.text.apply(payload));
  }

  private long nanos(Received message) {
    return conversation.timestampNanos(message.last.side(), message.last.endOffset() - 1);
  }

  @Override
  public void close() {
    inflaters.values().forEach(MessageInflater::close);
  }
}
