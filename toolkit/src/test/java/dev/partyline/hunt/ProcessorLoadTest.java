package dev.partyline.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessorLoadTest {
  @Test
  void its_threads_run_until_it_is_closed() {
    ProcessorLoad load = ProcessorLoad.start(3);
    try (load) {
      assertThat(load.running()).isEqualTo(3);
    }
    assertThat(load.running()).isZero();
    assertThat(load).hasToString("ProcessorLoad{3 threads}");
  }

  @Test
  void its_threads_end_when_the_thread_that_closes_it_is_interrupted() {
    ProcessorLoad load = ProcessorLoad.start(2);
    Thread.currentThread().interrupt();
    load.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(load.running()).isZero();
  }

  @Test
  void none_is_no_load_and_less_is_an_error() {
    try (ProcessorLoad none = ProcessorLoad.start(0)) {
      assertThat(none.running()).isZero();
    }
    assertThatThrownBy(() -> ProcessorLoad.start(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threadCount (-1) must be in 0..1000");
  }
}
