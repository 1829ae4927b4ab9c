package dev.partyline.junit5.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.LineClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.internal.jupiter.InjectionPoint;
import dev.partyline.loopback.Listener;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is reported of a listener, and that it is reported once. */
class ManagedResourceTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final InjectionPoint INJECTION_POINT =
      InjectionPoint.of(ScriptedListener.class, ManagedResourceTest.class);

  @Test
  void aBackgroundFailureIsReportedOnce() {
    Listener listener =
        Listener.handling(
                connection -> {
                  throw new IllegalStateException("mine");
                })
            .start();
    ManagedResource resource = new ManagedEndpoint(INJECTION_POINT, listener, DEADLINE);
    try (LineClient client = LineClient.of(listener)) {
      // The handler's connection is reset after its problem was noted.
      client.receiveLine();
    }
    assertThat(resource.takeProblems())
        .singleElement()
        .satisfies(problem -> assertThat(problem).hasMessageContaining("mine"));
    assertThat(resource.takeProblems()).isEmpty();
    assertThat(resource.close()).isEmpty();
  }

  @Test
  void aBackgroundFailureIsReportedOnClose() {
    Listener listener =
        Listener.handling(
                connection -> {
                  throw new IllegalStateException("mine");
                })
            .start();
    ManagedResource resource = new ManagedEndpoint(INJECTION_POINT, listener, DEADLINE);
    try (LineClient client = LineClient.of(listener)) {
      client.receiveLine();
    }
    assertThat(resource.close()).hasSize(1);
    assertThat(resource.close()).isEmpty();
  }

  @Test
  void aFailureIsReportedOnce() {
    try (Listener listener = Listener.playing("C: PING").start()) {
      ManagedResource resource = new ManagedEndpoint(INJECTION_POINT, listener, DEADLINE);
      LineClient.ask(listener, "POKE");
      assertThat(resource.takeFailure(false)).isPresent();
      assertThat(resource.takeFailure(true)).isEmpty();
    }
  }

  @Test
  void aScriptThatIsNotFinishedIsNoFailureBeforeTheEnd() {
    Listener listener = Listener.playing("C: PING").start();
    ManagedResource resource = new ManagedEndpoint(INJECTION_POINT, listener, DEADLINE);
    try (LineClient client = LineClient.of(listener)) {
      assertThat(resource.takeFailure(false)).isEmpty();
      assertThat(resource.close()).isEmpty();
      assertThat(client.receiveLine()).startsWith("(");
    }
    assertThat(resource.takeFailure(false)).isEmpty();
    assertThat(resource.takeFailure(true)).get().asString().contains("was not finished", "stopped");
  }

  @Test
  void theBeginningOfALongUnusedBlockIsShown() {
    try (Listener listener = Listener.playing("C: PING\n".repeat(20)).start()) {
      assertThat(new ManagedEndpoint(INJECTION_POINT, listener, DEADLINE).takeFailure(true))
          .get()
          .asString()
          .endsWith("  C: PING\n  … 8 lines below\n");
    }
    try (Listener listener = Listener.playing("C: PING\n".repeat(13)).start()) {
      assertThat(new ManagedEndpoint(INJECTION_POINT, listener, DEADLINE).takeFailure(true))
          .get()
          .asString()
          .endsWith("  C: PING\n  … 1 line below\n");
    }
  }
}
