package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.NoSocketLeaks;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What clients with a pool leave open when their server closes. */
@EnabledOnOs(OS.LINUX)
class ClosingPoolsTest {
  private static final String KEPT =
      "C: GET / HTTP/1.1\nC: ...\nC:\nS: HTTP/1.1 200 OK\nS: Content-Length: 0\nS:\n";

  @Test
  void aPoolThatClosesWithItsServerDoesNotLeak() {
    assertThat(JUnitRun.messageOf(Closing.class, Map.of())).isEmpty();
  }

  @NoSocketLeaks
  static class Closing {
    @Test
    void theClientOfTheJdkCloses(@ScriptedListener(KEPT) Listener web) throws Exception {
      HttpRequest request = HttpRequest.newBuilder(url(web)).build();
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  private static URI last = URI.create("");

  @Test
  void theCacheOfHttpUrlConnectionLeaks() {
    assertThat(JUnitRun.messageOf(Caching.class, Map.of())).contains("CLOSE_WAIT");
    // The next request takes the connection from the cache, and closes it because it is over.
    assertThatThrownBy(() -> status(last)).isInstanceOf(ConnectException.class);
  }

  @NoSocketLeaks
  static class Caching {
    @Test
    void theConnectionIsKept(@ScriptedListener(KEPT) Listener web) throws IOException {
      last = url(web);
      assertThat(status(last)).isEqualTo(200);
    }
  }

  private static int status(URI url) throws IOException {
    return ((HttpURLConnection) url.toURL().openConnection()).getResponseCode();
  }

  private static URI url(Listener web) {
    return URI.create("http://127.0.0.1:" + web.port() + "/");
  }
}
