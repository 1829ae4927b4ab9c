package dev.partyline.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.hunt.ConditionPart.SliceOffset;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static NetworkCondition condition(String weather) {
    return NetworkCondition.of("a condition", Weather.parse(weather));
  }

  private static String smallest(String weather, Predicate<String> fails) {
    Shrinker shrinker = new Shrinker(condition(weather), MAX_RUNS);
    List<NetworkCondition> asked =
        run(shrinker, condition -> fails.test(condition.weather().toString()));
    assertThat(asked).hasSizeLessThan(MAX_RUNS);
    Shrinker again = new Shrinker(condition(weather), MAX_RUNS);
    assertThat(run(again, condition -> fails.test(condition.weather().toString())))
        .isEqualTo(asked);
    return shrinker.smallest().weather().toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "delay 64ms from server ~ delay [1-9]\\dms.* ~ delay 10ms from server",
        "delay 64ms from server ~ delay [2-9]\\dms.* ~ delay 32ms from server",
        "delay 9ms ~ delay .* ~ delay 9ms",
        "delay 50ms jitter 20ms pareto ~ delay .* ~ delay 10ms",
        "delay 50ms jitter 20ms pareto ~ .* jitter .* ~ delay 10ms jitter 10ms pareto",
        "slow close 100ms from client ~ slow close .* ~ slow close 10ms from client",
        "slow read 100ms must fire ~ slow read (100|50|25)ms.* ~ slow read 25ms must fire",
        "coalesce 320ms ~ coalesce (320|160)ms ~ coalesce 160ms",
        "stall 2s ~ stall [12]s ~ stall 1s",
        "stall ~ stall.* ~ stall",
        "lost segment 5% rto 300ms ~ lost segment [125](\\.\\d)?%.* ~ lost segment 1% rto 10ms",
        "packet loss 10% ~ packet loss .* ~ packet loss 0.1%",
        "seed 7; loss 3% ~ seed 7; loss [23]% ~ seed 7; loss 2%",
        "loss every 3 ~ loss .* ~ loss of 3",
        "duplicate of 1,2 from client ~ duplicate of .*2.* ~ duplicate of 2 from client",
        "loss of 2,5,7,9 ~ loss of .*5.*9.* ~ loss of 5,9",
        "reorder of 2,4 by 3 within 50ms ~ reorder of .*4.* ~ reorder of 4 within 10ms",
        "loss gemodel 20% 10% ~ loss gemodel .* ~ loss gemodel 0.1% 10%",
        "reset first 5 ~ reset first [25] ~ reset first 2",
        "refuse 2s ~ refuse .* ~ refuse 10ms",
        "rate 30KB/s from client ~ rate (30|60|300)KB.* ~ rate 300KB/s from client",
        "slice 1 bytes ~ slice .* ~ slice 65536 bytes",
        "slice at 3,9,12 from server ~ slice at .* ~ slice at 1 from server",
        "cut after 9 bytes ~ cut .* ~ cut after 9 bytes",
      })
  void of_a_fault_the_shortest_time_the_lowest_rate_and_the_fewest_datagrams_are_left(
      String weather, String fails, String smallest) {
    assertThat(smallest(weather, text -> text.matches(fails))).isEqualTo(smallest);
  }

  @Test
  void a_shorter_time_has_to_fail_three_times_of_five_because_each_may_be_chance() {
    assertThat(afterResults("delay 15ms", true, true, true, false, true)).isEqualTo("delay 10ms");
    assertThat(afterResults("delay 15ms", true, true, false, true, false, false))
        .isEqualTo("delay 15ms");
  }

  private static String afterResults(String weather, Boolean... results) {
    Shrinker shrinker = new Shrinker(condition(weather), MAX_RUNS);
    List<Boolean> remaining = new ArrayList<>(List.of(results));
    run(shrinker, condition -> remaining.remove(0));
    assertThat(remaining).isEmpty();
    return shrinker.smallest().weather().toString();
  }

  @Test
  void a_fault_of_ones_own_is_made_smaller_as_it_says() {
    NetworkCondition fog = NetworkCondition.of("fog", Weather.of(Fault.of("fog", new Fog(8))));
    Shrinker shrinker = new Shrinker(fog, MAX_RUNS);
    run(
        shrinker,
        condition -> !condition.weather().equals(Weather.of(Fault.of("fog", new Fog(2)))));
    assertThat(shrinker.smallest().weather()).isEqualTo(Weather.of(Fault.of("fog", new Fog(4))));
  }

  private record Fog(int density) implements Impairment {
    @Override
    public ImpairmentBehavior begin(FaultContext context) {
      return input -> new Verdict.Pass(input.size());
    }

    @Override
    public List<Fog> smaller() {
      return List.of(new Fog(density / 2));
    }
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
