package dev.partyline.view.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.List;

/** Conversations over HTTP, written by hand; {@code |} stands for CR LF, characters for bytes. */
final class Http1Conversations {
  private Http1Conversations() {}

  static Bytes bytes(String text) {
    return Bytes.of(text.replace("|", "\r\n").getBytes(ISO_8859_1));
  }

  /** Returns a conversation with each side in one piece, and the server's FIN last. */
  static Conversation conversation(String client, String server) {
    return Conversation.of(
        List.of(
            new Event.Sent(Side.CLIENT, 0, bytes(client)),
            new Event.Sent(Side.SERVER, 1, bytes(server)),
            new Event.Fin(Side.SERVER, 2)));
  }

  static Conversation client(Bytes bytes) {
    return Conversation.of(List.of(new Event.Sent(Side.CLIENT, 0, bytes)));
  }

  static Http1 http(String client, String server) {
    return Http1.of(conversation(client, server));
  }

  static Http1Request request(String client) {
    return http(client, "").requests().get(0);
  }

  /** Returns a response to a GET. */
  static Http1Response response(String server) {
    return http("GET / HTTP/1.1|Host: a||", server).responses().get(0);
  }
}
