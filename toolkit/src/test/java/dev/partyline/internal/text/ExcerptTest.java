package dev.partyline.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  private static final List<Integer> ITEMS = List.of(1, 2, 3);

  @Test
  void aShortListHasALineForEachItem() {
    assertThat(Excerpt.of(ITEMS, 3, item -> "item " + item))
        .containsExactly("item 1", "item 2", "item 3");
  }

  @Test
  void theLastLineOfALongListCountsTheOthers() {
    assertThat(Excerpt.of(ITEMS, 1, item -> "item " + item)).containsExactly("item 1", "… 2 more");
  }

  @Test
  void anEmptyListHasNoLines() {
    assertThat(Excerpt.of(List.of(), 1, String::valueOf)).isEmpty();
  }

  @Test
  void itemsThatAreNotShownAreNotPrinted() {
    assertThat(Excerpt.of(List.of(1, 0), 1, item -> String.valueOf(1 / item)))
        .containsExactly("1", "… 1 more");
  }
}
