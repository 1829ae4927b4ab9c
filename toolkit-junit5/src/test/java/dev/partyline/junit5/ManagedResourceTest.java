package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of a listener, and that it is told once. */
class ManagedResourceTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final InjectionPoint ELEMENT =
      new InjectionPoint(
          ScriptedListener.class, "field", "x", Listener.class, ManagedResourceTest.class);

  @Test
  void aProblemBehindTheBackOfTheTestIsToldOnce() {
    Listener listener =
        Listener.handling(
                connection -> {
                  throw new IllegalStateException("mine");
                })
            .start();
    ManagedResource role = new ManagedEndpoint(ELEMENT, listener, DEADLINE);
    try (LineClient caller = LineClient.of(listener)) {
      // The handler's connection is reset after its problem was noted.
      caller.hear();
    }
    assertThat(role.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem).hasMessageContaining("mine"));
    assertThat(role.problems()).isEmpty();
    assertThat(role.close()).isEmpty();
  }

  @Test
  void aProblemThatNobodyAskedAboutIsToldInClosing() {
    Listener listener =
        Listener.handling(
                connection -> {
                  throw new IllegalStateException("mine");
                })
            .start();
    ManagedResource role = new ManagedEndpoint(ELEMENT, listener, DEADLINE);
    try (LineClient caller = LineClient.of(listener)) {
      caller.hear();
    }
    assertThat(role.close()).hasSize(1);
    assertThat(role.close()).isEmpty();
  }

  @Test
  void aFailureIsToldOnce() {
    try (Listener listener = Listener.playing("C: PING").start()) {
      ManagedResource role = new ManagedEndpoint(ELEMENT, listener, DEADLINE);
      LineClient.ask(listener, "POKE");
      assertThat(role.failure(false)).isPresent();
      assertThat(role.failure(true)).isEmpty();
    }
  }

  @Test
  void aScriptThatIsNotFinishedIsNoFailureBeforeTheEnd() {
    Listener listener = Listener.playing("C: PING").start();
    ManagedResource role = new ManagedEndpoint(ELEMENT, listener, DEADLINE);
    try (LineClient caller = LineClient.of(listener)) {
      assertThat(role.failure(false)).isEmpty();
      assertThat(role.close()).isEmpty();
      assertThat(caller.hear()).startsWith("(");
    }
    assertThat(role.failure(false)).isEmpty();
    assertThat(role.failure(true)).get().asString().contains("was not finished", "stopped");
  }

  @Test
  void ofALongBlockForWhichNobodyCameTheBeginningIsShown() {
    try (Listener listener = Listener.playing("C: PING\n".repeat(20)).start()) {
      assertThat(new ManagedEndpoint(ELEMENT, listener, DEADLINE).failure(true))
          .get()
          .asString()
          .endsWith("  C: PING\n  … 8 lines below\n");
    }
  }
}
