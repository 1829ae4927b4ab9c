package dev.partyline.view;

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
 * MockWebServer and the view understand the same requests, as MockWebServer gets them and a tap
 * ahead of it records them.
 *
 * <p>How many: {@code -Dpartyline.requests=10000}. A failure names the seed that replays it.
 */
class Http1AgainstMockWebServerTest {
  private static final int COUNT = Integer.getInteger("partyline.requests", 500);
  private static final int ON_A_TAP = 20;
  private static final int LARGE = 10 << 20;

  private static final class Obliging extends Dispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder().code(200).build();
    }
  }

  @Test
  void agreesOnEveryRequest() throws Exception {
    int asked = 0;
    int largest = 0;
    for (int seed = 0; asked < COUNT; ) {
      try (MockWebServer server = new MockWebServer();
          Tap tap = MockWebServers.tap(server).start()) {
        server.setDispatcher(new Obliging());
        for (int i = 0; i < ON_A_TAP && asked < COUNT; i++, seed++) {
          int sent = talk(tap, seed);
          Conversation conversation = tap.recording().conversations().get(i);
          Http1 http = Http1.of(conversation);
          assertThat(http.flaws()).as("seed " + seed).isEmpty();
          assertThat(http.requests()).as("seed " + seed).hasSize(sent);
          assertThat(http.responses()).as("seed " + seed).hasSize(sent);
          for (Http1Request request : http.requests()) {
            agree("seed " + seed, request, server.takeRequest(10, TimeUnit.SECONDS));
            largest = Math.max(largest, (int) request.body().size());
          }
          asked += sent;
        }
      }
    }
    assertThat(largest).isGreaterThan(1 << 20);
  }

  /** Sends some requests one behind the other without waiting; returns how many. */
  private static int talk(Tap tap, int seed) throws IOException {
    Http1Generator scribbler = new Http1Generator(seed, false);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int count = 1 + scribbler.roll(12);
    for (int i = 0; i < count; i++) {
      boolean large = seed % 25 == 0 && i == 0;
      all.writeBytes(scribbler.request(large ? LARGE : scribbler.oneIn(9) ? 100_000 : 2000));
    }
    try (Socket socket = new Socket(tap.host(), tap.port())) {
      socket.setSoTimeout(20_000);
      all.writeTo(socket.getOutputStream());
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
    return count;
  }

  private static void agree(String seed, Http1Request seen, RecordedRequest got) {
    assertThat(seen.startLine().text()).as(seed).isEqualTo(got.getRequestLine());
    assertThat(seen.method()).as(seed).isEqualTo(got.getMethod());
    assertThat(seen.target().text()).as(seed).isEqualTo(got.getTarget());
    List<String> headers =
        seen.headers().stream().map(each -> each.name().text() + ": " + each.text()).toList();
    List<String> parsed = new ArrayList<>();
    got.getHeaders().forEach(each -> parsed.add(each.getFirst() + ": " + each.getSecond()));
    assertThat(headers).as(seed).isEqualTo(parsed);
    assertThat(seen.body().size()).as(seed).isEqualTo(got.getBodySize());
    byte[] body = got.getBody() == null ? new byte[0] : got.getBody().toByteArray();
    assertThat(seen.body().bytes()).as(seed).isEqualTo(Bytes.of(body));
    List<Integer> sizes =
        seen.body().chunks().stream().map(each -> (int) each.size()).filter(n -> n > 0).toList();
    assertThat(sizes)
        .as(seed)
        .isEqualTo(got.getChunkSizes() == null ? List.of() : got.getChunkSizes());
  }
}
