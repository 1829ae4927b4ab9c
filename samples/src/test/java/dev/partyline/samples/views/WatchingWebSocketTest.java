package dev.partyline.samples.views;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import dev.partyline.view.websocket.WebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The client of the JDK exchanges messages with MockWebServer; the tap records every frame. */
class WatchingWebSocketTest {
  @AutoClose private final MockWebServer server = new MockWebServer();

  @Tapped(to = "server")
  private Tap tap;

  /** Answers each message with the same text twice, and a close with a close. */
  private static final class Echo extends WebSocketListener {
    @Override
    public void onMessage(okhttp3.WebSocket socket, String text) {
      socket.send(text + text);
    }

    @Override
    public void onClosing(okhttp3.WebSocket socket, int code, String reason) {
      socket.close(code, "bye");
    }
  }

  @Test
  void aMessageInTwoFramesIsAnsweredInOne() throws Exception {
    server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Echo()).build());
    java.net.http.WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + tap.port()), new Silent())
            .get(10, TimeUnit.SECONDS);
    socket.sendText("hel", false).get(10, TimeUnit.SECONDS);
    socket.sendText("lo", true).get(10, TimeUnit.SECONDS);
    socket.sendClose(1000, "done").get(10, TimeUnit.SECONDS);
    // tag::websocket-frames[]
    assertThat(tap)
        .within(ofSeconds(5))
        .connection(1)
        .viewedAs(WebSocket::of)
        .shows("client WebSocket Text [MASKED] hel")
        .shows("client WebSocket Continuation [FIN] [MASKED] lo")
        .shows("server WebSocket Text [FIN] hellohello")
        .shows("server WebSocket Connection Close [FIN] 1000 bye");
    // end::websocket-frames[]
  }

  /** Ignores what it receives; the tap records it. */
  private static final class Silent implements java.net.http.WebSocket.Listener {}
}
