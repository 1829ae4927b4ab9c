package dev.partyline.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureSummaryTest {
  @Test
  void aMessageOfAssertjIsOneLine() {
    assertThat(
            FailureSummary.of(
                """
                org.opentest4j.AssertionFailedError:\s

                expected: "3.40"
                 but was: "3.50"
                """))
        .isEqualTo("AssertionFailedError: expected: \"3.40\" but was: \"3.50\"");
    assertThat(FailureSummary.of("\nExpecting actual:\n  \"tea\"\nto contain:\n  \"milk\" \n"))
        .isEqualTo("Expecting actual: \"tea\" to contain: \"milk\"");
  }

  @Test
  void theReasonOfAScriptIsThereWithoutItsLines() {
    assertThat(
            FailureSummary.of(
                """
                java.lang.AssertionError: the script of shop failed:
                connection 1 from a to b: wrong bytes: the client sent something else
                  matched   C: GET
                > here      C: tea
                also: another
                """))
        .isEqualTo(
            "AssertionError: the script of shop failed: connection 1 from a to b: wrong bytes: the"
                + " client sent something else");
  }

  @Test
  void aCauseIsNoPartOfIt() {
    assertThat(FailureSummary.of("a.b.C$D: no\ncaused by: java.io.IOException: why"))
        .isEqualTo("C$D: no");
    assertThat(FailureSummary.of("a.b.C\nalso: more")).isEqualTo("C");
    assertThat(FailureSummary.of("shop.example: unknown host"))
        .isEqualTo("shop.example: unknown host");
    assertThat(FailureSummary.of("")).isEmpty();
  }

  @Test
  void itIsCut() {
    assertThat(FailureSummary.of("a\n".repeat(1_000))).hasSize(300).endsWith("a…");
  }
}
