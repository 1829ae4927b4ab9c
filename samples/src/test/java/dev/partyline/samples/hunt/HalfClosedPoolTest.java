package dev.partyline.samples.hunt;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A pool that gives out a connection whose other side has closed it, pinned by a step. */
class HalfClosedPoolTest {
  private static final String ONE_CONNECTION =
      "connection\n  C: ONE\n  S: one\n  S! finish\n  C: ...\n";
  private static final String TWO_CONNECTIONS = ONE_CONNECTION + "connection\n  C: TWO\n  S: two\n";

  private static CompletableFuture<String> ask(LinePool pool, String question) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return pool.ask(question);
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        });
  }

  // tag::stepped-pool[]
  static String askAsTheServerCloses(LinePool pool, Tap tap) {
    tap.hold(Side.SERVER);
    CompletableFuture<String> first = ask(pool, "ONE");
    tap.step(Side.SERVER); // the answer, without the FIN behind it
    assertThat(first.join()).isEqualTo("one");
    CompletableFuture<String> second = ask(pool, "TWO");
    assertThat(tap).within(ofSeconds(5)).client().sentLine("TWO");
    tap.release(Side.SERVER);
    return second.join();
  }

  // end::stepped-pool[]

  @Test
  void theMendedPoolAsksAgain(
      @ScriptedListener(TWO_CONNECTIONS) Listener server, @Tapped(to = "server") Tap tap)
      throws IOException {
    try (LinePool pool = new LinePool(tap.port(), true)) {
      assertThat(askAsTheServerCloses(pool, tap)).isEqualTo("two");
    }
  }

  @Test
  void theOtherOneFailsEachTime(
      @ScriptedListener(ONE_CONNECTION) Listener server, @Tapped(to = "server") Tap tap)
      throws IOException {
    try (LinePool pool = new LinePool(tap.port(), false)) {
      assertThatThrownBy(() -> askAsTheServerCloses(pool, tap))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }
}
