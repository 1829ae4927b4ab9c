package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.NoSocketLeaks;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The pool of OkHttp keeps connections, even those that the server has closed. */
@EnabledOnOs(OS.LINUX)
class EvictingPoolsTest {
  private static final OkHttpClient CLIENT = new OkHttpClient();

  @AfterEach
  void evict() {
    CLIENT.connectionPool().evictAll();
  }

  @Test
  void thePoolLeaks() {
    assertThat(JUnitRun.messageOf(Keeping.class, Map.of())).contains("CLOSE_WAIT");
  }

  @Test
  void anEvictedPoolDoesNotLeak() {
    assertThat(JUnitRun.messageOf(Evicting.class, Map.of())).isEmpty();
  }

  @NoSocketLeaks
  static class Keeping {
    @Test
    void theClientGets(
        @ScriptedListener(
                """
                C: GET / HTTP/1.1
                C: ...
                C:
                S: HTTP/1.1 200 OK
                S: Content-Length: 0
                S:
                """)
            Listener web)
        throws IOException {
      Request request = new Request.Builder().url("http://127.0.0.1:" + web.port()).build();
      CLIENT.newCall(request).execute().close();
    }
  }

  static class Evicting extends Keeping {
    @AfterEach
    void evict() {
      CLIENT.connectionPool().evictAll();
    }
  }
}
