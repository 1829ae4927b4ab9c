package dev.partyline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.MockWebServers;
import dev.partyline.loopback.Tap;
import dev.partyline.store.HarFile.HarEntry;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What OkHttp and MockWebServer have said to each other through a tap. */
class HarPeersTest {
  private static final String SECRET = "qwertyuiopasdfgh";

  private OkHttpClient client = new OkHttpClient();

  @AfterEach
  void closeClient() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  @Test
  void theirHttp2IsThereWithSecretsMasked() throws IOException {
    client = new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    try (MockWebServer server = new MockWebServer();
        Tap tap = MockWebServers.tap(server).start()) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      String root = "http://127.0.0.1:" + tap.port();
      for (String path : List.of("/a?x=1", "/b")) {
        server.enqueue(new MockResponse.Builder().code(201).body("hello").build());
        Request request =
            new Request.Builder()
                .url(root + path)
                .header("Authorization", "Bearer " + SECRET)
                .post(RequestBody.create("tea".repeat(20_000), null))
                .build();
        try (Response response = client.newCall(request).execute()) {
          assertThat(response.body().string()).isEqualTo("hello");
        }
      }
      closeClient();
      tap.recording().awaitClosed(Duration.ofSeconds(20));

      HarFile file = HarFile.write(tap.recording());
      assertThat(file.json()).doesNotContain(SECRET);
      assertThat(file.entries())
          .extracting(
              entry ->
                  entry.text("request.method")
                      + " "
                      + entry.text("request.url")
                      + " "
                      + entry.number("response.status")
                      + " "
                      + entry.text("response.content.text")
                      + entry.at("request.comment")
                      + entry.at("response.comment"))
          .containsExactly("POST " + root + "/a?x=1 201 hello", "POST " + root + "/b 201 hello");
      assertThat(file.entries().get(1).text("request.postData.text"))
          .isEqualTo("tea".repeat(20_000));
      assertThat(HarFile.write(tap.recording().exact()).json()).contains(SECRET);
    }
  }

  @Test
  void theirMessagesOfWebSocketAreThereInflated() throws IOException {
    String text = "green tea, ".repeat(500);
    try (MockWebServer server = new MockWebServer();
        Tap tap = MockWebServers.tap(server).start()) {
      server.enqueue(
          new MockResponse.Builder()
              .webSocketUpgrade(
                  new WebSocketListener() {
                    @Override
                    public void onMessage(WebSocket socket, String message) {
                      socket.send(message + message);
                      socket.close(1000, "bye");
                    }
                  })
              .addHeader("Sec-WebSocket-Extensions", "permessage-deflate")
              .build());
      String url = "http://127.0.0.1:" + tap.port() + "/chat";
      WebSocket socket =
          client.newWebSocket(
              new Request.Builder().url(url).build(),
              new WebSocketListener() {
                @Override
                public void onClosing(WebSocket closing, int code, String reason) {
                  closing.close(1000, "");
                }
              });
      socket.send(text);
      tap.recording().awaitClosed(Duration.ofSeconds(20));

      assertThat(tap.recording().byteCount(Side.SERVER)).isLessThan(text.length());
      HarEntry entry = HarFile.write(tap.recording()).entry();
      assertThat(entry.objects("_webSocketMessages"))
          .extracting(message -> message.get("type") + " " + message.get("data"))
          .containsSubsequence("send " + text, "receive " + text + text, "receive 1000 bye");
    }
  }
}
