package dev.partyline.junit5.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decides which files a run writes, and how much. */
class RunFilesParametersTest {
  @Test
  void testsThatFailHavePagesUnlessItSaysOtherwise() {
    assertThat(PageMode.read(Optional.empty())).isEqualTo(PageMode.FAILED);
    assertThat(PageMode.read(Optional.of("failed"))).isEqualTo(PageMode.FAILED);
    assertThat(PageMode.read(Optional.of(" all"))).isEqualTo(PageMode.ALL);
    assertThat(PageMode.read(Optional.of("off"))).isEqualTo(PageMode.OFF);
  }

  @Test
  void anotherWordIsAnErrorThatHasTheRightOnes() {
    assertThatThrownBy(() -> PageMode.read(Optional.of("always")))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage("partyline.report (always) must be 'failed', 'all' or 'off'");
  }

  @ParameterizedTest
  @CsvSource({"1KiB, 1024", "256MiB, 268435456", "2 GiB, 2147483648", "0KiB, 0"})
  void aSizeHasAUnit(String text, long bytes) {
    assertThat(FileSize.read(Optional.of(text)).bytes()).isEqualTo(bytes);
    assertThat(FileSize.read(Optional.of(text))).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "256", "256MB", "-1MiB", "1.5GiB", "1234567890KiB", "MiB"})
  void anotherSizeIsAnErrorThatSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> FileSize.read(Optional.of(text)))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "partyline.report.maxSize (%s) must be a whole number with its unit (KiB, MiB, GiB),"
                + " such as 256MiB",
            text);
  }

  @Test
  void whatDoesNotFitIsNotCounted() {
    SizeBudget budget = new SizeBudget(new FileSize(100, "100"));
    assertThat(budget.take(60, false)).isTrue();
    assertThat(budget.hasRoom(41, false)).isFalse();
    assertThat(budget.take(41, false)).isFalse();
    assertThat(budget.take(40, false)).isTrue();
    assertThat(budget.hasRoom(0, false)).isTrue();
    assertThat(budget.hasRoom(Long.MAX_VALUE, false)).isFalse();
  }

  @Test
  void whatHasPassedLeavesHalfOfIt() {
    SizeBudget budget = new SizeBudget(new FileSize(100, "100"));
    assertThat(budget.take(51, true)).isFalse();
    assertThat(budget.take(50, true)).isTrue();
    assertThat(budget.hasRoom(1, true)).isFalse();
    assertThat(budget.take(50, false)).isTrue();
  }

  @Test
  void onlyTheFirstThatDoesNotFitIsNoted() {
    SizeBudget budget = new SizeBudget(new FileSize(100, "100"));
    assertThat(budget.markExceeded(false)).isTrue();
    assertThat(budget.markExceeded(false)).isFalse();
    assertThat(budget.markExceeded(true)).isTrue();
  }
}
