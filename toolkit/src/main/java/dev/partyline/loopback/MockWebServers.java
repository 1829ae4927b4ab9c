package dev.partyline.loopback;

import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import mockwebserver3.MockWebServer;

/**
 * A tap in front of OkHttp's MockWebServer. It needs {@code com.squareup.okhttp3:mockwebserver3},
 * which does not come with Partyline.
 */
public final class MockWebServers {
  private MockWebServers() {}

  /**
   * Returns the spec of a tap in front of a server, which is started if it was not. The caller
   * closes the server, and its {@code url(…)} still leads past the tap.
   *
   * <pre>{@code
   * try (MockWebServer server = new MockWebServer();
   *     Tap tap = MockWebServers.tap(server).start()) {
   *   server.enqueue(new MockResponse.Builder().body("hello").build());
   *   get("http://" + tap.host() + ":" + tap.port() + "/");
   *   assertThat(tap).client().sentLine("GET / HTTP/1.1");
   * }
   * }</pre>
   *
   * @throws LoopbackException if it cannot be started
   */
  @SuppressWarnings("exports") // a caller with a server reads its module
  public static TapSpec tap(MockWebServer server) {
    if (!server.getStarted()) {
      try {
        server.start();
      } catch (IOException e) {
        throw new LoopbackException("cannot start " + server + ": " + e.getMessage(), e);
      }
    }
    return Tap.to(server.getSocketAddress());
  }
}
