package dev.partyline.internal.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Ways in which one connection carries another, each of which makes a dialogue of a dialogue. */
final class NestedShapes {
  private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final byte[] KEY = {1, 2, 3, 77};
  private static final int BINARY = 2;
  private static final int TEXT = 1;

  private NestedShapes() {}

  /** Returns the tunnels, which carry a stream of any protocol. */
  static Map<String, UnaryOperator<Conversation>> tunnels() {
    Map<String, UnaryOperator<Conversation>> all = new LinkedHashMap<>();
    all.put(
        "CONNECT",
        after("C:CONNECT db:1 HTTP/1.1\r\nHost: db:1\r\n\r\n|S:HTTP/1.1 200 OK\r\nVia: a\r\n\r\n"));
    all.put(
        "CONNECT refused first",
        after(
            "C:CONNECT db:1 HTTP/1.1\r\n\r\n|S:HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\nno"
                + "|C:CONNECT db:1 HTTP/1.1\r\na: b\r\n\r\n|S:HTTP/1.1 200 OK\r\n\r\n"));
    all.put(
        "CONNECT after a request",
        after(
            "C:GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n|S:HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
                + "|C:CONNECT db:1 HTTP/1.1\r\nHost: db:1\r\n\r\n|S:HTTP/1.1 200 OK\r\n\r\n"));
    all.put(
        "CONNECT after an empty line",
        after("C:\r\nCONNECT db:1 HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK\r\n\r\n"));
    all.put(
        "CONNECT after a response without an end",
        after(
            "C:GET http://a/ HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK\r\n\r\nhi"
                + "\r\n|C:CONNECT db:1 HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK\r\n\r\n"));
    all.put(
        "Upgrade of a request with a body",
        after(
            "C:POST /v1/exec/1/start HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp"
                + "\r\nContent-Length: 27\r\n\r\n{\"Detach\":false,\"Tty\":true}|S:HTTP/1.1 101 UPGRADED"
                + "\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"));
    all.put(
        "Upgrade of a request with a body in chunks",
        after(
            "C:POST / HTTP/1.1\r\nUpgrade: tcp\r\nTransfer-Encoding: chunked"
                + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n|S:HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Yes\r\n\r\n"));
    all.put(
        "Upgrade after a request with HEAD",
        after(
            "C:HEAD / HTTP/1.1\r\n\r\n|S:HTTP/1.1 200 OK\r\nContent-Length: 900"
                + "\r\n\r\n|C:GET / HTTP/1.1\r\nUpgrade: tcp\r\n\r\n|S:HTTP/1.1 101 Yes\r\n\r\n"));
    all.put(
        "Upgrade",
        after("C:GET / HTTP/1.1\r\nUpgrade: tcp\r\n\r\n|S:HTTP/1.1 101 UPGRADED\r\n\r\n"));
    all.put("SOCKS4", after("C:\4\1\0\31\1\2\3\4user\0|S:\0Z\0\0\0\0\0\0"));
    all.put("SOCKS4a", after("C:\4\1\0\31\0\0\0\1user\0db\0|S:\0Z\0\0\0\0\0\0"));
    all.put("SOCKS5", after("C:\5\1\0|S:\5\0|C:\5\1\0\3\2db\0\31|S:\5\0\0\1\1\2\3\4\0\31"));
    all.put(
        "SOCKS5 with login",
        after(
            "C:\5\2\0\2|S:\5\2|C:\1\1u\1p|S:\1\0|C:\5\1\0\1\1\2\3\4\0\31"
                + "|S:\5\0\0\4\1\2\3\4\1\2\3\4\1\2\3\4\1\2\3\4\0\31"));
    all.put("PROXY 1", after("C:PROXY TCP4 10.0.0.1 10.0.0.2 1 25\r\n"));
    all.put("PROXY 2", after("C:\r\n\r\n\0\r\nQUIT\n!\21\0\14\1\2\3\4\1\2\3\4\0\1\0\31"));
    all.put("WebSocket", inner -> webSocket(inner, BINARY, 7));
    return all;
  }

  private static UnaryOperator<Conversation> after(String dialogue) {
    List<Event> start = SecretShapes.dialogue(dialogue, "").events();
    return inner -> {
      List<Event> events = new ArrayList<>(start);
      events.addAll(inner.events());
      return Conversation.of(events);
    };
  }

  /** Each event becomes a message of text. */
  static Conversation textMessages(Conversation inner) {
    return webSocket(inner, TEXT, Integer.MAX_VALUE);
  }

  /** Each event becomes messages of at most so many bytes, each of which is in two frames. */
  static Conversation webSocket(Conversation inner, int opcode, int maxBytes) {
    List<Event> events = new ArrayList<>();
    events.add(SecretShapes.sent(Side.CLIENT, "GET / HTTP/1.1\r\n" + UPGRADE));
    events.add(SecretShapes.sent(Side.SERVER, "HTTP/1.1 101 Switching Protocols\r\n" + UPGRADE));
    for (Event event : inner.events()) {
      byte[] bytes = ((Event.Sent) event).bytes().toArray();
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      for (int offset = 0; offset < bytes.length; ) {
        int size = Math.min(maxBytes, bytes.length - offset);
        int half = size / 2;
        frame(frames, event.side(), opcode, bytes, offset, half);
        frame(frames, event.side(), 0x80, bytes, offset + half, size - half);
        offset += size;
      }
      events.add(new Event.Sent(event.side(), 0, Bytes.of(frames.toByteArray())));
    }
    return Conversation.of(events);
  }

  private static void frame(
      ByteArrayOutputStream frames, Side side, int head, byte[] bytes, int offset, int size) {
    int mask = side == Side.CLIENT ? 0x80 : 0;
    frames.write(head);
    frames.write(mask | 126);
    frames.write(size >> 8);
    frames.write(size);
    frames.writeBytes(mask == 0 ? new byte[0] : KEY);
    for (int i = 0; i < size; i++) {
      frames.write(bytes[offset + i] ^ (mask == 0 ? 0 : KEY[i % KEY.length]));
    }
  }

  /** Returns what a side sent, and after it what is in its frames, and in frames in these. */
  static String decoded(Conversation conversation, Side side) {
    return decoded(conversation.bytes(side).toArray());
  }

  private static String decoded(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    int head = text.indexOf("Upgrade: websocket");
    if (head < 0) {
      return text;
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    int offset = text.indexOf("\r\n\r\n", head) + 4;
    while (offset + 2 <= bytes.length) {
      boolean isMasked = (bytes[offset + 1] & 0x80) != 0;
      int code = bytes[offset + 1] & 0x7f;
      boolean isLong = code == 126;
      int size = isLong ? (bytes[offset + 2] & 0xff) << 8 | bytes[offset + 3] & 0xff : code;
      offset += (isLong ? 4 : 2) + (isMasked ? 4 : 0);
      for (int i = 0; i < size; i++) {
        payload.write(bytes[offset + i] ^ (isMasked ? KEY[i % KEY.length] : 0));
      }
      offset += size;
    }
    return text + decoded(payload.toByteArray());
  }
}
