package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The HTTP clients of the JVM, answered by a script. */
class HttpClientsTest {
  private static final Script WEB =
      Script.parse(
          """
          every connection
            repeat
              when
                C: GET /hello HTTP/1.1
                C: ...
                C:
                S: HTTP/1.1 200 OK
                S: Content-Length: ${body-length}
                S:
                S| hello
              when
                C: GET ${path} HTTP/1.1
                C: ...
                C:
                S: HTTP/1.1 404 Not Found
                S: Content-Length: 0
                S:
          """);

  private final OkHttpClient ok = new OkHttpClient();

  @AfterEach
  void closeConnections() {
    ok.connectionPool().evictAll();
    ok.dispatcher().executorService().shutdown();
  }

  @Test
  void okhttp_asks_twice_over_one_connection() throws IOException {
    try (Listener web = Listener.playing(WEB).start()) {
      for (int i = 0; i < 2; i++) {
        try (Response response = ok.newCall(request(web, "/hello")).execute()) {
          assertThat(response.body().string()).isEqualTo("hello");
        }
      }
      assertThat(web).hasConnections(1);
      assertThat(web).client().sentInOrder("User-Agent: okhttp/", "GET /hello HTTP/1.1");
      assertThat(web).finishedScript();
    }
  }

  @Test
  void okhttp_gets_a_404() throws IOException {
    try (Listener web = Listener.playing(WEB).start();
        Response response = ok.newCall(request(web, "/nothing")).execute()) {
      assertThat(response.code()).isEqualTo(404);
    }
  }

  @Test
  void the_client_of_the_jdk_gets_its_answer() throws Exception {
    try (Listener web = Listener.playing(WEB).overIpv6().start()) {
      URI uri = URI.create("http://[::1]:" + web.port() + "/hello");
      HttpRequest request =
          HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build();
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("hello");
      assertThat(web).within(ofSeconds(5)).client().sentLine("GET /hello HTTP/1.1");
    }
  }

  @Test
  void a_method_that_the_script_does_not_know_fails_it_at_once() {
    try (Listener web = Listener.playing(WEB).start()) {
      Request delete =
          new Request.Builder().url("http://127.0.0.1:" + web.port() + "/hello").delete().build();
      assertThatThrownBy(() -> ok.newCall(delete).execute()).isInstanceOf(IOException.class);
      assertThat(web.runs()).anySatisfy(each -> assertThat(each.failed()).isTrue());
    }
  }

  private static Request request(Listener web, String path) {
    return new Request.Builder().url("http://127.0.0.1:" + web.port() + path).build();
  }
}
