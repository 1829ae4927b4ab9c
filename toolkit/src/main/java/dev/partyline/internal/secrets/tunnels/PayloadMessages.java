package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Layer;
import java.util.ArrayList;
import java.util.List;

/** Messages of a side, and what is in those that are frames of SockJS. */
final class PayloadMessages {
  /** What ends a message in the payload of all. */
  static final byte[] LINE_END = {'\n'};

  private final Layer payload;
  private final List<PayloadMessage> messages;

  /** A message, and where it stands in the payload of all. */
  record PayloadMessage(int offset, int endOffset, boolean isBinary) {}

  PayloadMessages(Layer payload, List<PayloadMessage> messages) {
    this.payload = payload;
    this.messages = messages;
  }

  Layer payload() {
    return payload;
  }

  /** Returns what was sent in binary messages, as one stream. */
  Layer binary() {
    Layer.Builder stream = Layer.in(payload);
    for (PayloadMessage message : messages) {
      if (message.isBinary) {
        stream.add(message.offset, message.endOffset);
      }
    }
    return stream.build();
  }

  boolean hasSockJs() {
    return messages.stream().anyMatch(message -> sockJs(message).hasNext());
  }

  private SockJsFrame sockJs(PayloadMessage message) {
    return new SockJsFrame(payload, message.offset, message.endOffset);
  }

  /** Returns the payload with what is in frames of SockJS instead of them. */
  Layer lines() {
    Layer.Builder lines = Layer.in(payload);
    for (PayloadMessage message : messages) {
      SockJsFrame frame = sockJs(message);
      boolean isSockJs = frame.hasNext();
      if (!isSockJs) {
        lines.add(message.offset, message.endOffset);
        lines.addDecoded(LINE_END, message.endOffset, message.endOffset);
      }
      for (boolean hasNext = isSockJs; hasNext; hasNext = frame.hasNext()) {
        frame.addNextTo(lines);
        lines.addDecoded(LINE_END, message.endOffset, message.endOffset);
      }
    }
    return lines.build();
  }

  /** Returns each message by itself, and each string in a frame of SockJS. */
  List<Layer> each() {
    List<Layer> layers = new ArrayList<>();
    for (PayloadMessage message : messages) {
      layers.add(payload.slice(message.offset, message.endOffset));
      SockJsFrame frame = sockJs(message);
      while (frame.hasNext()) {
        Layer.Builder string = Layer.in(payload);
        frame.addNextTo(string);
        layers.add(string.build());
      }
    }
    return layers;
  }
}
