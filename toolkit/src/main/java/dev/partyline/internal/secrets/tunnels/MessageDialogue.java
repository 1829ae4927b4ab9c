package dev.partyline.internal.secrets.tunnels;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.internal.secrets.stream.Layer;
import dev.partyline.wire.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What both sides send as messages, by WebSocket or by SockJS in bodies of HTTP.
 *
 * @param payload what is in all messages, each as a line
 * @param lines the same, with what is in frames of SockJS instead of them
 * @param binary the binary messages, which may be parts of one stream
 * @param messages each message by itself
 */
public record MessageDialogue(
    Dialogue payload, Dialogue lines, Dialogue binary, List<Layer> messages) {
  /** Reads frames of WebSocket. */
  public static MessageDialogue ofWebSocket(Dialogue frames) {
    PayloadMessages client = new WebSocketMessages(frames, Side.CLIENT).messages();
    PayloadMessages server = new WebSocketMessages(frames, Side.SERVER).messages();
    return of(frames, client, server);
  }

  static MessageDialogue of(Dialogue carrier, PayloadMessages client, PayloadMessages server) {
    Dialogue payload = carrier.carrying(client.payload(), server.payload());
    boolean hasSockJs = client.hasSockJs() || server.hasSockJs();
    return new MessageDialogue(
        payload,
        hasSockJs ? payload.carrying(client.lines(), server.lines()) : payload,
        payload.carrying(client.binary(), server.binary()),
        Stream.concat(client.each().stream(), server.each().stream()).toList());
  }

  /** Reads the frames of SockJS in the bodies of HTTP/1.1, if there are any. */
  public static Optional<MessageDialogue> ofSockJs(Dialogue http) {
    if (Arrays.stream(Side.values()).noneMatch(side -> canHaveSockJs(http, side))) {
      return Optional.empty();
    }
    List<HttpMessage> requests = HttpMessages.requests(http);
    List<HttpMessage> responses = HttpMessages.responses(http, requests);
    PayloadMessages client = SockJsBodies.of(http.layer(Side.CLIENT), requests);
    PayloadMessages server = SockJsBodies.of(http.layer(Side.SERVER), responses);
    return client.hasSockJs() || server.hasSockJs()
        ? Optional.of(of(http, client, server))
        : Optional.empty();
  }

  private static boolean canHaveSockJs(Dialogue http, Side side) {
    String text = http.layer(side).text();
    return text.contains("[") && text.contains("HTTP/1.");
  }
}
