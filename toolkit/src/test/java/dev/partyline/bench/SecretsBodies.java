package dev.partyline.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** Large bodies in which secrets are looked for, each in a conversation as it is recorded. */
final class SecretsBodies {
  /** What one read of a socket returns. */
  private static final int CHUNK_BYTES = 1 << 16;

  private static final String HEAD = "HTTP/1.1 200 OK\r\nServer: bench\r\n";

  private static final String RECORD =
      "{\"id\": %d, \"name\": \"Ann\", \"max_tokens\": 128, \"tags\": [\"a\", \"b\"], \"ok\": true}";

  /** The kinds of bodies, each with what makes one of about as many bytes. */
  static final Map<String, IntFunction<Conversation>> ALL = new LinkedHashMap<>();

  static {
    response("text-short", "", i -> "The quick brown fox " + i + " jumps.\n");
    response("text-long", "", i -> "The quick brown fox jumps over it. ".repeat(200) + i + "\n");
    response("json-names", "", i -> RECORD.formatted(i).replace(", ", ",\n  ") + ",\n");
    response("json-line", "", i -> RECORD.formatted(i) + ",");
    response("html", "", i -> "<tr><td class=\"a\" id=row" + i + ">x &amp; y</td></tr>\n");
    response("xml", "", i -> "<item key=\"k\" no=\"" + i + "\"><name>Ann</name><n>7</n></item>");
    response("base64", "", i -> Base64.getEncoder().encodeToString(random(i, 3000)));
    response("random", "", i -> new String(random(i, 4096), ISO_8859_1));
    response("quotes", "", i -> "\"".repeat(4096));
    response("braces", "", i -> "{".repeat(4096));
    response("equals", "", i -> "=".repeat(4096));
    response("passwords", "", i -> "password=".repeat(500));
    response(
        "chunked",
        "Transfer-Encoding: chunked\r\n",
        i -> "2000\r\n" + "The quick brown fox. \"a\":".repeat(400).substring(0, 8192) + "\r\n");
    response(
        "multipart",
        "Content-Type: multipart/form-data; boundary=b\r\n",
        i ->
            "--b\r\nContent-Disposition: form-data; name=\"f"
                + i
                + "\"\r\n\r\n"
                + "The quick brown fox. ".repeat(50)
                + "\r\n");
    ALL.put("http2", size -> client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", size, SecretsBodies::data));
    ALL.put(
        "resp",
        size ->
            client("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + size + "\r\n", size, SecretsBodies::text));
    ALL.put("resp-small", size -> client("", size, i -> "*2\r\n$3\r\nGET\r\n$5\r\nkey:a\r\n"));
    ALL.put("lines", size -> client("", size, i -> "The quick brown fox " + i + " jumps.\n"));
    ALL.put("websocket", SecretsBodies::webSocket);
  }

  private SecretsBodies() {}

  static Conversation of(String kind, int mib) {
    return ALL.get(kind).apply(mib << 20);
  }

  private static String text(int number) {
    return "The quick brown fox. ".repeat(100);
  }

  private static byte[] random(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void response(String kind, String header, IntFunction<String> part) {
    ALL.put(
        kind,
        size -> {
          List<Event> events = new ArrayList<>();
          add(events, Side.CLIENT, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0, part);
          add(events, Side.SERVER, HEAD + header + "\r\n", size, part);
          return Conversation.of(events);
        });
  }

  private static Conversation client(String start, int size, IntFunction<String> part) {
    List<Event> events = new ArrayList<>();
    add(events, Side.CLIENT, start, size, part);
    return Conversation.of(events);
  }

  /** The messages of a client, each of which it encodes with a key. */
  private static Conversation webSocket(int size) {
    List<Event> events = new ArrayList<>();
    String upgrade = "Upgrade: websocket\r\n\r\n";
    add(events, Side.CLIENT, "GET / HTTP/1.1\r\n" + upgrade, 0, SecretsBodies::text);
    add(
        events,
        Side.SERVER,
        "HTTP/1.1 101 Switching Protocols\r\n" + upgrade,
        0,
        SecretsBodies::text);
    add(events, Side.CLIENT, "", size, SecretsBodies::frame);
    return Conversation.of(events);
  }

  private static String frame(int number) {
    byte[] key = random(number, 4);
    char[] content = text(number).toCharArray();
    for (int i = 0; i < content.length; i++) {
      content[i] ^= (char) (key[i % key.length] & 0xff);
    }
    return "\u0081\u00fe"
        + (char) (content.length >> 8)
        + (char) (content.length & 0xff)
        + new String(key, ISO_8859_1)
        + new String(content);
  }

  private static String data(int number) {
    String content = "The quick brown fox. ".repeat(700);
    return "\0"
        + (char) (content.length() >> 8)
        + (char) (content.length() & 0xff)
        + "\0\0\0\0\0\1"
        + content;
  }

  /** Adds what a side sends: a start, and parts until there are so many bytes of them. */
  private static void add(
      List<Event> events, Side side, String start, int size, IntFunction<String> part) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes(start.getBytes(ISO_8859_1));
    int next = 0;
    for (int sent = 0; sent < size || chunk.size() > 0; sent += chunk.size(), chunk.reset()) {
      for (int left = size - sent; chunk.size() < Math.min(CHUNK_BYTES, left); ) {
        chunk.writeBytes(part.apply(next++).getBytes(ISO_8859_1));
      }
      events.add(new Event.Sent(side, events.size(), Bytes.of(chunk.toByteArray())));
    }
  }
}
