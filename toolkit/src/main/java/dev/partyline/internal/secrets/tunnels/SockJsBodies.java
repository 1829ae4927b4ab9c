package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.FrameReader.FramePayload;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.internal.secrets.stream.TextScan;
import dev.partyline.internal.secrets.tunnels.PayloadMessages.PayloadMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frames of SockJS in bodies of HTTP/1.1, where a client has no WebSocket: each is a line,
 * which an event source begins with {@code data:}.
 */
final class SockJsBodies {
  private static final Pattern FRAME = Pattern.compile("(?:data: ?)?(a?\\[\\s?\"[^\\n]*+)");

  private SockJsBodies() {}

  static PayloadMessages of(Layer side, List<HttpMessage> messages) {
    Layer.Builder all = Layer.in(side);
    for (int i = 0; i < messages.size(); i++) {
      HttpMessage message = messages.get(i);
      for (FramePayload part : message.body()) {
        all.add(part.offset(), part.endOffset());
      }
      // A body whose end is unknown is all that is before the next message.
      int next = i + 1 < messages.size() ? messages.get(i + 1).offset() : side.size();
      all.add(message.endOffset(), next);
      all.addDecoded(PayloadMessages.LINE_END, next, next);
    }
    Layer bodies = all.build();
    List<PayloadMessage> frames = new ArrayList<>();
    TextScan scan = new TextScan(bodies.text());
    Matcher frame = FRAME.matcher(bodies.text());
    for (int start = 0; start < scan.length(); start = scan.lineEnd(start) + 1) {
      char first = scan.charAt(start);
      boolean canBeFrame = first == '[' || first == 'a' || first == 'd';
      if (canBeFrame && frame.region(start, scan.lineEnd(start)).lookingAt()) {
        frames.add(new PayloadMessage(frame.start(1), frame.end(), false));
      }
    }
    return new PayloadMessages(bodies, frames);
  }
}
