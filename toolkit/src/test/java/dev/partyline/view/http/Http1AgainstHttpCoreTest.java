package dev.partyline.view.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.junit.jupiter.api.Test;

/** The view and Apache HttpCore read the same in random messages, complete and cut off. */
class Http1AgainstHttpCoreTest {
  private static final int COUNT = 2000;

  /** What Apache reads of a message. */
  private record ApacheMessage(List<String> headers, Bytes body, List<String> trailers) {}

  @Test
  void readsTheSameRequests() throws Exception {
    for (int seed = 0; seed < COUNT; seed++) {
      Http1Generator generator = new Http1Generator(seed, true);
      byte[] bytes = generator.request(300);
      assertSameMessage(seed, bytes, Side.CLIENT);
      assertTruncated(seed, bytes, Side.CLIENT, generator.roll(bytes.length));
    }
  }

  @Test
  void readsTheSameResponses() throws Exception {
    for (int seed = 0; seed < COUNT; seed++) {
      Http1Generator generator = new Http1Generator(seed, true);
      byte[] bytes = generator.response(300);
      assertSameMessage(seed, bytes, Side.SERVER);
      assertTruncated(seed, bytes, Side.SERVER, generator.roll(bytes.length));
    }
  }

  private static void assertSameMessage(int seed, byte[] bytes, Side side) throws Exception {
    Http1Message message = view(bytes, side);
    String name = "seed " + seed + ": " + Bytes.of(bytes).escaped();
    assertThat(message.flaws()).as(name).isEmpty();
    assertThat(message.endOffset()).as(name).isEqualTo(bytes.length);
    ApacheMessage actual =
        new ApacheMessage(
            headers(message.headers()), message.body().bytes(), headers(message.trailers()));
    assertThat(actual).as(name).isEqualTo(apache(bytes, side));
  }

  private static void assertTruncated(int seed, byte[] bytes, Side side, int cutSize) {
    byte[] truncated = java.util.Arrays.copyOf(bytes, cutSize);
    String name = "seed " + seed + " cut at " + cutSize + ": " + Bytes.of(truncated).escaped();
    if (cutSize == 0) {
      return;
    }
    Http1Message message = view(truncated, side);
    assertThat(message.flaws()).as(name).hasSize(1);
    assertThat(message.isComplete()).as(name).isFalse();
    assertThat(message.flaws().get(0).offset()).as(name).isEqualTo(cutSize);
    // To Apache a head that ends after a colon is complete, and so are chunks that end in a size of
    // 0.
    if (message.flaws().get(0).description().contains("missing")) {
      assertThatThrownBy(() -> apache(truncated, side), name).isInstanceOf(IOException.class);
    }
  }

  private static Http1Message view(byte[] bytes, Side side) {
    List<Event> events = new ArrayList<>();
    if (side == Side.SERVER) {
      events.add(
          new Event.Sent(Side.CLIENT, 0, Http1Conversations.bytes("GET / HTTP/1.1|Host: a||")));
    }
    events.add(new Event.Sent(side, 0, Bytes.of(bytes)));
    Http1 http = Http1.of(Conversation.of(events));
    return side == Side.CLIENT ? http.requests().get(0) : http.responses().get(0);
  }

  private static List<String> headers(List<Http1Header> headers) {
    return headers.stream()
        .map(each -> each.name().bytes().escaped() + ": " + each.value().bytes().escaped())
        .toList();
  }

  private static List<String> headers(Header... headers) {
    List<String> lines = new ArrayList<>();
    for (Header each : headers) {
      lines.add(escaped(each.getName()) + ": " + escaped(each.getValue()));
    }
    return lines;
  }

  private static String escaped(String text) {
    return Bytes.of(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)).escaped();
  }

  private static ApacheMessage apache(byte[] bytes, Side side) throws Exception {
    InputStream in = new ByteArrayInputStream(bytes);
    SessionInputBufferImpl buffer = new SessionInputBufferImpl(8192);
    HttpMessage message =
        side == Side.CLIENT
            ? new DefaultHttpRequestParser().parse(buffer, in)
            : new DefaultHttpResponseParser().parse(buffer, in);
    List<String> headers = headers(message.getHeaders());
    if (message.containsHeader("Transfer-Encoding")) {
      ChunkedInputStream chunked = new ChunkedInputStream(buffer, in);
      Bytes body = Bytes.of(chunked.readAllBytes());
      return new ApacheMessage(headers, body, headers(chunked.getFooters()));
    }
    Header length = message.getFirstHeader("Content-Length");
    long size = length == null ? 0 : Long.parseLong(length.getValue());
    Bytes body = Bytes.of(new ContentLengthInputStream(buffer, in, size).readAllBytes());
    return new ApacheMessage(headers, body, List.of());
  }
}
