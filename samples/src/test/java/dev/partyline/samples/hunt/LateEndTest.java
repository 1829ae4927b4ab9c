package dev.partyline.samples.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool that looks before it gives out a connection, and sees nothing of an end that is late. */
class LateEndTest {
  static class Asking {
    @InEveryWeather(more = "slow close 600ms from server")
    void asksTwice(
        @ScriptedListener(
                """
                connection
                  C: ONE
                  S: one
                  S! finish
                  C: ...
                connection
                  C: TWO
                  S: two
                """)
            Listener server)
        throws IOException {
      try (LinePool pool = new LinePool(server.port(), false)) {
        assertThat(pool.ask("ONE")).isEqualTo("one");
        assertThat(pool.ask("TWO")).isEqualTo("two");
      }
    }
  }

  @Test
  void theEndThatComesLaterThanThePoolLooksIsFound(@TempDir Path reports) {
    Map<String, Throwable> failures = JUnitRun.of(Asking.class, reports, Map.of()).failures();
    assertThat(failures.keySet().toString())
        .contains("slow close 600ms from server")
        .doesNotContain("clear", "late end");
  }
}
