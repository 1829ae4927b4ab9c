package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadTextTest {
  @Test
  void aThreadIsDescribedByItsNameItsStateAndItsStack() {
    String text = ThreadText.describe(Thread.currentThread());
    assertThat(text)
        .startsWith("thread " + Thread.currentThread().getName() + ", RUNNABLE\n    at ")
        .contains(getClass().getName());
    assertThat(text.lines().count()).isLessThanOrEqualTo(1 + 8);
  }

  @Test
  void aThreadThatDoesNotRunHasNoStack() {
    assertThat(ThreadText.describe(new Thread(() -> {}, "idle"))).isEqualTo("thread idle, NEW");
  }
}
