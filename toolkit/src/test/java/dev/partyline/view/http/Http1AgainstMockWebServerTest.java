package dev.partyline.view.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.MockWebServers;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/**
 * MockWebServer and the view understand the same requests: those that MockWebServer receives and a
 * tap before it records.
 *
 * <p>How many: {@code -Dpartyline.requests=10000}. A failure names the seed that replays it.
 */
class Http1AgainstMockWebServerTest {
  private static final int COUNT = Integer.getInteger("partyline.requests", 500);
  private static final int CONVERSATIONS_PER_TAP = 20;
  private static final int LARGE_BODY_BYTES = 10 << 20;

  private static final class OkDispatcher extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder().code(200).build();
    }
  }

  @Test
  void agreesOnEveryRequest() throws Exception {
    int requestCount = 0;
    int largest = 0;
    for (int seed = 0; requestCount < COUNT; ) {
      try (MockWebServer server = new MockWebServer();
          Tap tap = MockWebServers.tap(server).start()) {
        server.setDispatcher(new OkDispatcher());
        for (int i = 0; i < CONVERSATIONS_PER_TAP && requestCount < COUNT; i++, seed++) {
          int sentCount = sendRequests(tap, seed);
          Conversation conversation = tap.recording().conversations().get(i);
          Http1 http = Http1.of(conversation);
          assertThat(http.flaws()).as("seed " + seed).isEmpty();
          assertThat(http.requests()).as("seed " + seed).hasSize(sentCount);
          assertThat(http.responses()).as("seed " + seed).hasSize(sentCount);
          for (Http1Request request : http.requests()) {
            assertSameRequest("seed " + seed, request, server.takeRequest(10, TimeUnit.SECONDS));
            largest = Math.max(largest, (int) request.body().size());
          }
          requestCount += sentCount;
        }
      }
    }
    assertThat(largest).isGreaterThan(1 << 20);
  }

  /** Sends some requests one after the other without waiting; returns how many. */
  private static int sendRequests(Tap tap, int seed) throws IOException {
    Http1Generator generator = new Http1Generator(seed, false);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int count = 1 + generator.roll(12);
    for (int i = 0; i < count; i++) {
      boolean large = seed % 25 == 0 && i == 0;
      all.writeBytes(
          generator.request(large ? LARGE_BODY_BYTES : generator.oneIn(9) ? 100_000 : 2000));
    }
    try (Socket socket = new Socket(tap.host(), tap.port())) {
      socket.setSoTimeout(20_000);
      all.writeTo(socket.getOutputStream());
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
    return count;
  }

  private static void assertSameRequest(
      String seed, Http1Request request, RecordedRequest recordedRequest) {
    assertThat(request.startLine().text()).as(seed).isEqualTo(recordedRequest.getRequestLine());
    assertThat(request.method()).as(seed).isEqualTo(recordedRequest.getMethod());
    assertThat(request.target().text()).as(seed).isEqualTo(recordedRequest.getTarget());
    List<String> headers =
        request.headers().stream().map(each -> each.name().text() + ": " + each.text()).toList();
    List<String> recordedHeaders = new ArrayList<>();
    recordedRequest
        .getHeaders()
        .forEach(each -> recordedHeaders.add(each.getFirst() + ": " + each.getSecond()));
    assertThat(headers).as(seed).isEqualTo(recordedHeaders);
    assertThat(request.body().size()).as(seed).isEqualTo(recordedRequest.getBodySize());
    byte[] body =
        recordedRequest.getBody() == null ? new byte[0] : recordedRequest.getBody().toByteArray();
    assertThat(request.body().bytes()).as(seed).isEqualTo(Bytes.of(body));
    List<Integer> sizes =
        request.body().chunks().stream().map(each -> (int) each.size()).filter(n -> n > 0).toList();
    assertThat(sizes)
        .as(seed)
        .isEqualTo(
            recordedRequest.getChunkSizes() == null ? List.of() : recordedRequest.getChunkSizes());
  }
}
