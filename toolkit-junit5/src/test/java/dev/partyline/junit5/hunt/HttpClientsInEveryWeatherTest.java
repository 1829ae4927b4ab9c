package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

/** The HTTP clients of the JVM survive each condition. */
class HttpClientsInEveryWeatherTest {
  /** A server that closes its connection after the second answer. */
  private static final String SHOP =
      """
      every connection
        C: GET /tea HTTP/1.1
        C: ...
        C:
        S: HTTP/1.1 200 OK
        S: Content-Type: text/plain; charset=utf-8
        S: Transfer-Encoding: chunked
        S:
        S: 5
        S: grün
        cut
        S: 3;size=small
        S: Tee
        S: 0
        S:
        C: POST /tea HTTP/1.1
        C: ...
        C:
        C| more tea
        S: HTTP/1.1 200 OK
        S: Content-Length: ${body-length}
        S: Connection: close
        S:
        S| no more
        S! close
        C: ...
      """;

  private static final String BROKEN =
      """
      every connection
        C: GET /tea HTTP/1.1
        C: ...
        C:
        S: HTTP/1.1 200 OK
        S: Transfer-Encoding: chunked
        S: Connection: close
        S:
        cut
        S: 8
        S: green te
        S: 1
        S: a
        S: 0
        S:
        C: ...
      """;

  /** How a test asks. */
  abstract static class Shop {
    /** Longer than the slices of all messages take on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final Duration LITTLE_PATIENCE = Duration.ofSeconds(1);

    abstract String get(String url, Duration patience) throws Exception;

    abstract String post(String url, String body) throws Exception;

    @InEveryWeather
    void asksTwiceOverOneConnection(@ScriptedListener(SHOP) Listener server) throws Exception {
      String url = "http://127.0.0.1:" + server.port() + "/tea";
      assertThat(get(url, PATIENCE)).isEqualTo("grünTee");
      assertThat(post(url, "more tea")).isEqualTo("no more");
      assertThat(server.recording().connections()).isEqualTo(1);
    }

    @InEveryWeather(
        broken = Side.SERVER,
        only = {
          "FIN in mid-message of the server",
          "RST in mid-message of the server",
          "silence in mid-message of the server",
          "FIN late in the last message of the server",
          "FIN before the last byte of the server",
          "very late message of the server"
        })
    void hasTheWholeAnswerOrAnErrorInTime(@ScriptedListener(BROKEN) Listener server)
        throws Exception {
      String answer;
      try {
        answer = get("http://127.0.0.1:" + server.port() + "/tea", LITTLE_PATIENCE);
      } catch (IOException | TimeoutException e) {
        return;
      }
      assertThat(answer).isEqualTo("green tea");
    }
  }

  @Test
  void the_client_of_the_jdk_passes() {
    Hunt.of(Jdk.class).assertPassed();
  }

  static class Jdk extends Shop {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Override
    String get(String url, Duration patience) throws Exception {
      return send(HttpRequest.newBuilder(URI.create(url)).build(), patience);
    }

    @Override
    String post(String url, String body) throws Exception {
      return send(
          HttpRequest.newBuilder(URI.create(url))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          PATIENCE);
    }

    /** The timeout of a request is over when the head of the answer has come. */
    private static String send(HttpRequest request, Duration patience) throws Exception {
      try {
        return CLIENT
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .get(patience.toMillis(), TimeUnit.MILLISECONDS)
            .body();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
  }

  @Test
  void okhttp_passes() {
    Hunt.of(Ok.class).assertPassed();
  }

  static class Ok extends Shop {
    private static final OkHttpClient CLIENT = new OkHttpClient();

    @Override
    String get(String url, Duration patience) throws IOException {
      return send(new Request.Builder().url(url).build(), patience);
    }

    @Override
    String post(String url, String body) throws IOException {
      return send(
          new Request.Builder().url(url).post(RequestBody.create(body.getBytes(UTF_8))).build(),
          PATIENCE);
    }

    private static String send(Request request, Duration patience) throws IOException {
      OkHttpClient client = CLIENT.newBuilder().readTimeout(patience).build();
      try (Response response = client.newCall(request).execute()) {
        return response.body().string();
      }
    }
  }

  @Test
  void the_client_of_apache_passes() {
    Hunt.of(Apache.class).assertPassed();
  }

  static class Apache extends Shop {
    private static final CloseableHttpClient CLIENT =
        HttpClients.custom().disableAutomaticRetries().build();

    @Override
    String get(String url, Duration patience) throws IOException {
      return send(new HttpGet(url), patience);
    }

    @Override
    String post(String url, String body) throws IOException {
      HttpPost post = new HttpPost(url);
      post.setEntity(new StringEntity(body, UTF_8));
      return send(post, PATIENCE);
    }

    private static String send(HttpUriRequestBase request, Duration patience) throws IOException {
      request.setConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(patience)).build());
      return CLIENT.execute(request, response -> EntityUtils.toString(response.getEntity(), UTF_8));
    }
  }
}
