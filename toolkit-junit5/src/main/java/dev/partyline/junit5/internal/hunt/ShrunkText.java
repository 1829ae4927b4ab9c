package dev.partyline.junit5.internal.hunt;

import dev.partyline.hunt.ConditionPart.SliceOffset;
import dev.partyline.hunt.NetworkCondition;
import dev.partyline.hunt.Shrinker;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said of the smallest condition under which a test fails. */
final class ShrunkText {
  private static final int EXCERPT_BYTES = 12;

  private final Shrinker shrinker;
  private final List<Conversation> clear;
  private final Duration time;

  /**
   * Makes it.
   *
   * @param clear what was sent in clear weather, masked
   * @param time how long it took to find it
   */
  ShrunkText(Shrinker shrinker, List<Conversation> clear, Duration time) {
    this.shrinker = shrinker;
    this.clear = clear;
    this.time = time;
  }

  @Override
  public String toString() {
    NetworkCondition smallest = shrinker.smallest();
    return "the smallest condition under which it fails: "
        + smallest.weather()
        + onlySlice(smallest).map(this::place).orElse("")
        + String.format(
            Locale.ROOT,
            "%n  found in %d of %d runs, %.1f of %d s",
            shrinker.runs(),
            WeatherRuns.MAX_SHRINK_RUNS,
            time.toMillis() / 1e3,
            WeatherRuns.MAX_SHRINK_TIME.toSeconds())
        + ConditionNote.pinning(smallest);
  }

  private static Optional<SliceOffset> onlySlice(NetworkCondition condition) {
    return condition.parts().size() == 1 && condition.parts().get(0) instanceof SliceOffset slice
        ? Optional.of(slice)
        : Optional.empty();
  }

  private String place(SliceOffset slice) {
    return "\n  what the "
        + slice.sender()
        + " sends is sliced before byte "
        + slice.offset()
        + excerpt(slice.sender(), slice.offset())
        + (shrinker.lowestOffset() < shrinker.highestOffset()
            ? "; a slice before any of the bytes "
                + shrinker.lowestOffset()
                + " to "
                + shrinker.highestOffset()
                + " does it as well"
            : "");
  }

  private String excerpt(Side side, long offset) {
    return clear.stream()
        .filter(each -> each.byteCount(side) > offset && each.droppedBytes(side) == 0)
        .findFirst()
        .map(
            each ->
                ", between "
                    + each.bytes(side, Math.max(0, offset - EXCERPT_BYTES), offset).escaped()
                    + " and "
                    + each.bytes(
                            side, offset, Math.min(each.byteCount(side), offset + EXCERPT_BYTES))
                        .escaped())
        .orElse("");
  }
}
