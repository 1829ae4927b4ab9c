package dev.partyline.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.store.HarFile.HarEntry;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A file has what was sent, whatever it was and in whatever pieces. */
class HarPropertyTest {
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "M-SEARCH");
  private static final List<String> TYPES =
      List.of("", "text/plain", "text/html; charset=ISO-8859-1", "image/png", "a/b; charset=x");

  /** What one exchange has, as it was sent. */
  private record SentExchange(String method, String url, Bytes asked, int status, Bytes answered) {}

  @Property(tries = 60)
  void methodsUrlsStatusesAndBodiesAreThoseThatWereSent(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    AtomicLong clock = new AtomicLong();
    Recorder recorder = new Recorder(() -> clock.addAndGet(random.nextInt(2_000_000)));
    List<SentExchange> sent = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      ConversationRecorder conversation =
          recorder.open(Transport.TCP, "127.0.0.1:41230", "127.0.0.1:8080");
      boolean isPipelined = random.nextBoolean();
      ByteArrayOutputStream waiting = new ByteArrayOutputStream();
      for (int j = random.nextInt(5); j >= 0; j--) {
        SentExchange exchange = exchange(random);
        sent.add(exchange);
        send(random, conversation, Side.CLIENT, request(random, exchange));
        waiting.writeBytes(response(random, exchange).toArray());
        if (!isPipelined || j == 0) {
          send(random, conversation, Side.SERVER, Bytes.of(waiting.toByteArray()));
          waiting.reset();
        }
      }
    }

    HarFile file = HarFile.write(recorder.recording().exact());

    assertThat(file.entries()).map(HarPropertyTest::exchange).isEqualTo(sent);
  }

  private static SentExchange exchange(SplittableRandom random) {
    String host = random.nextBoolean() ? "shop" : "[::1]:81";
    String path = "/" + Integer.toString(random.nextInt(1000), 36) + "?a=%20&" + random.nextInt(9);
    return new SentExchange(
        METHODS.get(random.nextInt(METHODS.size())),
        "http://" + host + path,
        body(random),
        random.nextInt(3) == 0 ? random.nextInt(300, 304) : random.nextInt(400, 600),
        body(random));
  }

  private static SentExchange exchange(HarEntry entry) {
    boolean hasPostData = !entry.at("request.postData").equals("");
    return new SentExchange(
        entry.text("request.method"),
        entry.text("request.url"),
        hasPostData ? entry.body("request.postData") : Bytes.EMPTY,
        entry.number("response.status"),
        entry.body("response.content"));
  }

  private static Bytes body(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(random.nextInt(6) == 0 ? 200_000 : 40)];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      int limit = random.nextBoolean() ? 0x80 : 0x3000;
      StringBuilder text = new StringBuilder();
      for (byte ignored : bytes) {
        text.appendCodePoint(random.nextInt(limit));
      }
      return Bytes.utf8(text.toString());
    }
    return Bytes.of(bytes);
  }

  private static Bytes request(SplittableRandom random, SentExchange exchange) throws IOException {
    String host = exchange.url.replaceAll("http://|/.*", "");
    String target = exchange.url.substring("http://".length() + host.length());
    String line = exchange.method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    return message(random, line, exchange.asked);
  }

  private static Bytes response(SplittableRandom random, SentExchange exchange) throws IOException {
    String interim = random.nextInt(4) == 0 ? "HTTP/1.1 102 Processing\r\n\r\n" : "";
    return message(random, interim + "HTTP/1.1 " + exchange.status + " X\r\n", exchange.answered);
  }

  private static Bytes message(SplittableRandom random, String start, Bytes body)
      throws IOException {
    StringBuilder head = new StringBuilder(start);
    String type = TYPES.get(random.nextInt(TYPES.size()));
    head.append(type.isEmpty() ? "" : "Content-Type: " + type + "\r\n");
    Bytes coded = body;
    if (random.nextInt(3) == 0) {
      head.append("Content-Encoding: gzip\r\n");
      ByteArrayOutputStream gzip = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
        out.write(body.toArray());
      }
      coded = Bytes.of(gzip.toByteArray());
    }
    boolean isChunked = random.nextBoolean();
    head.append(
        isChunked
            ? "Transfer-Encoding: chunked\r\n\r\n"
            : "Content-Length: " + coded.size() + "\r\n\r\n");
    Bytes bytes = Bytes.of(head.toString().getBytes(ISO_8859_1));
    return bytes.plus(isChunked ? chunked(random, coded) : coded);
  }

  private static Bytes chunked(SplittableRandom random, Bytes body) {
    List<Bytes> parts = new ArrayList<>();
    for (int offset = 0; offset < body.size(); ) {
      int endOffset = Math.min(body.size(), offset + random.nextInt(1, 30_000));
      parts.add(Bytes.utf8(Integer.toHexString(endOffset - offset) + "\r\n"));
      parts.add(body.slice(offset, endOffset));
      parts.add(Bytes.utf8("\r\n"));
      offset = endOffset;
    }
    parts.add(Bytes.utf8("0\r\n\r\n"));
    return Bytes.join(parts);
  }

  private static void send(
      SplittableRandom random, ConversationRecorder conversation, Side side, Bytes bytes) {
    for (int offset = 0; offset < bytes.size(); ) {
      int endOffset = Math.min(bytes.size(), offset + random.nextInt(1, 70_000));
      conversation.recordSent(side, bytes.slice(offset, endOffset).toBuffer());
      offset = endOffset;
    }
  }
}
