package dev.partyline.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.hunt.ConditionPart.Late;
import dev.partyline.hunt.ConditionPart.SliceOffset;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which condition is the smallest that fails, and how soon that is known. */
class ShrinkerTest {
  private static final int MAX_RUNS = 100;

  private static NetworkCondition slices(long... offsets) {
    return new NetworkCondition(
        "slices",
        LongStream.of(offsets)
            .<ConditionPart>mapToObj(offset -> new SliceOffset(Side.SERVER, offset))
            .toList(),
        0);
  }

  private static NetworkCondition slicesTo(long size) {
    return slices(LongStream.rangeClosed(1, size).toArray());
  }

  private static boolean hasSlice(NetworkCondition condition, long first, long last) {
    return condition.parts().stream()
        .anyMatch(
            part ->
                part instanceof SliceOffset slice
                    && slice.offset() >= first
                    && slice.offset() <= last);
  }

  /** Runs a shrinker to its end, and returns what it asked for. */
  private static List<NetworkCondition> run(Shrinker shrinker, Predicate<NetworkCondition> fails) {
    List<NetworkCondition> asked = new ArrayList<>();
    for (Optional<NetworkCondition> next = shrinker.next();
        next.isPresent();
        next = shrinker.next()) {
      asked.add(next.get());
      shrinker.onResult(fails.test(next.get()));
    }
    return asked;
  }

  @Test
  void of_many_slices_the_earliest_that_does_it_is_left_and_its_neighbours_are_told() {
    Shrinker shrinker = new Shrinker(slicesTo(64), MAX_RUNS);
    run(shrinker, condition -> hasSlice(condition, 17, 20));
    assertThat(shrinker.smallest().parts()).containsExactly(new SliceOffset(Side.SERVER, 17));
    assertThat(shrinker.lowestOffset()).isEqualTo(17);
    assertThat(shrinker.highestOffset()).isEqualTo(20);
    assertThat(shrinker.runs()).isLessThan(40);
  }

  @Test
  void two_slices_that_are_both_needed_are_both_left() {
    Shrinker shrinker = new Shrinker(slicesTo(40), MAX_RUNS);
    run(shrinker, condition -> hasSlice(condition, 9, 9) && hasSlice(condition, 31, 31));
    assertThat(shrinker.smallest().parts())
        .containsExactlyInAnyOrder(
            new SliceOffset(Side.SERVER, 9), new SliceOffset(Side.SERVER, 31));
    assertThat(shrinker.lowestOffset()).isZero();
  }

  @Test
  void a_delay_gets_shorter_as_long_as_it_does_it() {
    NetworkCondition late =
        new NetworkCondition("late", List.of(new Late(Side.SERVER, Duration.ofMillis(64))), 0);
    Shrinker shrinker = new Shrinker(late, MAX_RUNS);
    run(
        shrinker,
        condition -> ((Late) condition.parts().get(0)).time().compareTo(Duration.ofMillis(5)) > 0);
    assertThat(shrinker.smallest().parts())
        .containsExactly(new Late(Side.SERVER, Duration.ofMillis(8)));
  }

  @Test
  void what_passes_when_it_is_run_again_has_failed_by_chance() {
    Shrinker shrinker = new Shrinker(slicesTo(5), MAX_RUNS);
    List<NetworkCondition> asked = run(shrinker, condition -> false);
    assertThat(asked).containsExactly(slicesTo(5));
    assertThat(shrinker.failedByChance()).isTrue();
  }

  @Test
  void it_ends_after_all_its_runs_with_the_smallest_that_has_failed_so_far() {
    Shrinker shrinker = new Shrinker(slicesTo(64), 5);
    assertThat(run(shrinker, condition -> hasSlice(condition, 60, 60))).hasSize(5);
    assertThat(hasSlice(shrinker.smallest(), 60, 60)).isTrue();
    assertThat(shrinker.smallest().parts()).hasSizeLessThan(64);
  }

  @Property
  void any_single_slice_is_found_within_the_runs_and_by_the_same_way_twice(
      @ForAll @IntRange(min = 1, max = 64) int first, @ForAll @IntRange(max = 10) int more) {
    Predicate<NetworkCondition> fails = condition -> hasSlice(condition, first, first + more);
    Shrinker shrinker = new Shrinker(slicesTo(64), MAX_RUNS);
    List<NetworkCondition> asked = run(shrinker, fails);
    assertThat(shrinker.smallest().parts()).hasSize(1);
    assertThat(fails.test(shrinker.smallest())).isTrue();
    assertThat(asked).hasSizeLessThan(MAX_RUNS);
    assertThat(run(new Shrinker(slicesTo(64), MAX_RUNS), fails)).isEqualTo(asked);
  }
}
