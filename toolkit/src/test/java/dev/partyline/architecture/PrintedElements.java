package dev.partyline.architecture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.player.Action;
import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.Expectation;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http.Http1Header;
import dev.partyline.view.http.Http1Message;
import dev.partyline.view.http2.Http2;
import dev.partyline.view.http2.Http2Frame;
import dev.partyline.view.resp.Resp;
import dev.partyline.view.websocket.WebSocket;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Conversations with one secret, and all that can be made of them and printed. */
final class PrintedElements {
  static final String SECRET = "Zq7rX2mLw9kTp4Vd";
  private static final String JSON = "{\"user\":\"me\",\"password\":\"" + SECRET + "\"}";

  private PrintedElements() {}

  static void assertHidden(String text) {
    for (int i = 0; i + 5 <= SECRET.length(); i++) {
      assertThat(text).doesNotContain(SECRET.substring(i, i + 5));
    }
  }

  static List<Conversation> conversations() {
    return List.of(
        http("POST /?token=" + SECRET + " HTTP/1.1|Host: a|Content-Type: application/json|", JSON),
        chunked(),
        ConversationBuilder.tcp()
            .client("GET / HTTP/1.1|Host: a||")
            .server(
                Bytes.utf8(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + gzip(JSON).size()
                            + "\r\n\r\n")
                    .plus(gzip(JSON)))
            .conversation(),
        // The flaw quotes what stands in place of a version.
        ConversationBuilder.tcp().client("AUTH " + "\"my " + SECRET + "\"|").conversation(),
        ConversationBuilder.tcp()
            .client("*2|$4|AUTH|$16|" + SECRET + "|")
            .server("+OK|")
            .conversation(),
        ConversationBuilder.tcp()
            .server("220 mail|")
            .client("AUTH LOGIN|")
            .server("334 VXNlcm5hbWU6|")
            .client("bWU=|")
            .server("334 UGFzc3dvcmQ6|")
            .client(SECRET + "|")
            .conversation(),
        webSocket(),
        http2());
  }

  private static Conversation http(String head, String body) {
    return ConversationBuilder.tcp()
        .client(head + "Authorization: Bearer " + SECRET + "|Content-Length: " + body.length())
        .client("||" + body)
        .server(
            "HTTP/1.1 200 password="
                + SECRET
                + "|Set-Cookie: sid="
                + SECRET
                + "|Content-Length: 0||")
        .conversation();
  }

  private static Conversation chunked() {
    int cut = JSON.indexOf(SECRET) + 8;
    return ConversationBuilder.tcp()
        .client("POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||")
        .client(Integer.toHexString(cut) + ";last=no|" + JSON.substring(0, cut) + "|")
        .client(Integer.toHexString(JSON.length() - cut) + "|" + JSON.substring(cut) + "|0||")
        .conversation();
  }

  private static Bytes gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static Conversation webSocket() {
    int cut = JSON.indexOf(SECRET) + 8;
    return ConversationBuilder.tcp()
        .client("GET / HTTP/1.1|Host: a|Connection: upgrade|Upgrade: websocket||")
        .server("HTTP/1.1 101 OK|Connection: upgrade|Upgrade: websocket||")
        .client(frame(0x01, JSON.substring(0, cut)).plus(frame(0x80, JSON.substring(cut))))
        .client(frame(0x81, JSON))
        .conversation();
  }

  private static Bytes frame(int head, String payload) {
    byte[] bytes = payload.getBytes(ISO_8859_1);
    byte[] key = {7, 99, -3, 40};
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= key[i % key.length];
    }
    return Bytes.of((byte) head, (byte) (0x80 | bytes.length))
        .plus(Bytes.of(key))
        .plus(Bytes.of(bytes));
  }

  private static Conversation http2() {
    Bytes block =
        Bytes.join(
            List.of(
                literal(":method", "POST"),
                literal(":path", "/?token=" + SECRET),
                literal("authorization", "Bearer " + SECRET)));
    // The first frame has no fields of its own: all are in the one that continues it.
    return ConversationBuilder.tcp()
        .client("PRI * HTTP/2.0||SM||")
        .client(frame(4, 0, 0, Bytes.EMPTY))
        .client(frame(1, 0, 1, Bytes.EMPTY))
        .client(frame(9, 4, 1, block))
        .client(frame(0, 1, 1, Bytes.utf8(JSON)))
        .conversation();
  }

  private static Bytes frame(int type, int flags, int streamId, Bytes payload) {
    return Bytes.of(
            (byte) 0,
            (byte) 0,
            (byte) payload.size(),
            (byte) type,
            (byte) flags,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) streamId)
        .plus(payload);
  }

  private static Bytes literal(String name, String value) {
    return Bytes.of((byte) 0, (byte) name.length())
        .plus(Bytes.utf8(name))
        .plus(Bytes.of((byte) value.length()))
        .plus(Bytes.utf8(value));
  }

  /** Returns one of all that views and players make of a conversation. */
  static List<Object> of(Conversation conversation) {
    List<Object> elements = new ArrayList<>(conversation.events());
    Http1 http = Http1.of(conversation);
    elements.add(http);
    elements.addAll(http.exchanges());
    Stream.concat(http.requests().stream(), http.responses().stream())
        .forEach(message -> addMessage(message, elements));
    elements.addAll(http.flaws());
    Http2 http2 = Http2.of(conversation);
    elements.add(http2);
    elements.addAll(http2.frames());
    http2.frames().stream().map(Http2Frame::fields).forEach(elements::addAll);
    elements.addAll(http2.flaws());
    WebSocket webSocket = WebSocket.of(conversation);
    elements.add(webSocket);
    elements.addAll(webSocket.frames());
    elements.addAll(webSocket.flaws());
    Resp resp = Resp.of(conversation);
    elements.add(resp);
    resp.messages()
        .forEach(
            message -> {
              elements.add(message);
              elements.add(message.value());
              elements.addAll(message.value().items());
            });
    elements.addAll(resp.flaws());
    addPlayed(conversation, elements);
    return elements;
  }

  private static void addMessage(Http1Message message, List<Object> elements) {
    elements.add(message);
    elements.add(message.startLine());
    for (Http1Header header : message.headers()) {
      elements.addAll(List.of(header, header.line(), header.value()));
    }
    elements.add(message.body());
    elements.addAll(message.body().chunks());
    elements.add(message.body().decoded(1 << 16));
  }

  private static void addPlayed(Conversation conversation, List<Object> elements) {
    Bytes sent =
        conversation.events().stream()
            .filter(Event.Sent.class::isInstance)
            .map(event -> ((Event.Sent) event).bytes())
            .reduce(Bytes.EMPTY, Bytes::plus);
    Cursor.Row row = new Cursor.Row(Cursor.State.CURRENT, "C: " + sent.utf8());
    elements.add(row);
    elements.add(
        new Cursor(
            List.of(row), sent.utf8(), Optional.of(Side.CLIENT), List.of(sent.utf8()), sent, 0, 0));
    elements.add(
        new ScriptRun(
            1, Side.SERVER, Optional.empty(), false, sent.utf8(), Map.of("all", sent.utf8())));
    elements.add(Expectation.line("${all}").match(sent));
    elements.add(new Action.Send(sent));
    elements.add(new Verdict.Replace(1, sent));
  }
}
