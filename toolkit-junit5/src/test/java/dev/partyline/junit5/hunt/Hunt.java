package dev.partyline.junit5.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.TestRun;
import java.util.List;

/** A program that was run in every weather. */
record Hunt(TestRun run) {
  private static final int MAX_RUNS = 200;

  static Hunt of(Class<?> program) {
    return new Hunt(TestRun.of(program));
  }

  private List<String> names() {
    return run.finishedEvents().stream()
        .filter(event -> event.getTestDescriptor().isTest())
        .map(event -> event.getTestDescriptor().getDisplayName())
        .toList();
  }

  /** Checks that it has passed under all conditions, and that there were some. */
  void assertPassed() {
    assertThat(run.failures()).isEmpty();
    assertThat(names()).hasSizeGreaterThan(5);
  }

  /**
   * Checks that it has passed in clear weather, and under which condition it fails.
   *
   * @param smallest a regular expression of the name and the faults of the smallest condition
   */
  void assertFoundBy(String smallest) {
    assertThat(run.failed())
        .as("%s, of %s", run.failures(), names())
        .doesNotContain("[1] clear")
        .filteredOn(name -> name.contains("smallest part of "))
        .singleElement()
        .asString()
        .matches("\\[\\d+] smallest part of " + smallest);
    assertThat(names()).hasSizeLessThanOrEqualTo(MAX_RUNS);
  }
}
