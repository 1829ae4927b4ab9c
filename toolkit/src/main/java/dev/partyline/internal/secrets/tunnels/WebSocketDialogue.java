package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.stream.Stream;

/**
 * What both sides send by WebSocket.
 *
 * @param payload what is in all frames, each message as a line
 * @param lines the same, with what is in frames of SockJS instead of them
 * @param binary the binary messages, which may be parts of one stream
 * @param messages each message by itself
 */
public record WebSocketDialogue(
    Dialogue payload, Dialogue lines, Dialogue binary, List<Layer> messages) {
  /** Reads frames. */
  public static WebSocketDialogue of(Dialogue frames) {
    WebSocketMessages client = new WebSocketMessages(frames, Side.CLIENT);
    WebSocketMessages server = new WebSocketMessages(frames, Side.SERVER);
    Dialogue payload = frames.carrying(client.payload(), server.payload());
    boolean hasSockJs = client.hasSockJs() || server.hasSockJs();
    return new WebSocketDialogue(
        payload,
        hasSockJs ? payload.carrying(client.lines(), server.lines()) : payload,
        payload.carrying(client.binary(), server.binary()),
        Stream.concat(client.each().stream(), server.each().stream()).toList());
  }
}
