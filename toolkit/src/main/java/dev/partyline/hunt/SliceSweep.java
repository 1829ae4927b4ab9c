package dev.partyline.hunt;

import dev.partyline.hunt.ConditionPart.SliceOffset;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries each offset at which what a side sends can be sliced, once: which they are, and a drawing
 * of those at which the test has failed.
 *
 * <p>If there are too many, those at and beside the beginning of each message come first, and of
 * the others some that are evenly spread. Whenever it is ended, what was tried by then is spread
 * over all. For one thread.
 */
public final class SliceSweep {
  private final List<Conversation> clear;
  private final Map<Side, NavigableMap<Long, ConditionResult>> results = new LinkedHashMap<>();
  private final List<NetworkCondition> conditions;
  private final long offsetCount;

  /**
   * Makes one.
   *
   * @param clear what was sent in clear weather; it is drawn as it is here, so with secrets masked
   * @param sides whose bytes are sliced
   * @param maxRuns how many offsets are tried at most
   */
  public SliceSweep(List<Conversation> clear, Set<Side> sides, int maxRuns) {
    this.clear = clear.stream().filter(each -> each.transport().isStream()).toList();
    List<SliceOffset> near = new ArrayList<>();
    Map<Side, Long> counts = new LinkedHashMap<>();
    for (Side side : Side.values()) {
      if (sides.contains(side)) {
        SideSlices slices = new SideSlices(side, this.clear);
        slices.nearStarts().forEach(offset -> near.add(new SliceOffset(side, offset)));
        counts.put(side, Math.max(0, slices.size() - 1));
        results.put(side, new TreeMap<>());
      }
    }
    this.offsetCount = counts.values().stream().mapToLong(Long::longValue).sum();
    long size = Math.min(offsetCount, maxRuns);
    Set<SliceOffset> chosen = new LinkedHashSet<>();
    for (int i = 0; chosen.size() < Math.min(size, near.size()); i++) {
      chosen.add(near.get((int) spread(i, near.size())));
    }
    for (int i = 0; chosen.size() < size; i++) {
      chosen.add(offsetAt(spread(i, offsetCount), counts));
    }
    this.conditions = chosen.stream().map(SliceSweep::condition).toList();
  }

  /** Returns a number below a limit; the first so many are evenly spread over all below it. */
  private static long spread(int index, long limit) {
    return (long) (Integer.toUnsignedLong(Integer.reverse(index)) * 0x1p-32 * limit);
  }

  private static SliceOffset offsetAt(long position, Map<Side, Long> counts) {
    long index = position;
    for (Map.Entry<Side, Long> each : counts.entrySet()) {
      if (index < each.getValue()) {
        return new SliceOffset(each.getKey(), index + 1);
      }
      index -= each.getValue();
    }
    throw new IndexOutOfBoundsException("position (" + position + ") must be one of an offset");
  }

  private static NetworkCondition condition(SliceOffset slice) {
    NetworkCondition unnamed = new NetworkCondition("", List.of(slice), 0);
    return new NetworkCondition(unnamed.weather().toString(), unnamed.parts(), 0);
  }

  /** Returns the conditions to run the test under, in this order. */
  public List<NetworkCondition> conditions() {
    return conditions;
  }

  /** Called with what came of a run under one of the conditions. */
  public void onResult(NetworkCondition condition, ConditionResult result) {
    SliceOffset slice = (SliceOffset) condition.parts().get(0);
    results(slice.sender()).put(slice.offset(), result);
  }

  private NavigableMap<Long, ConditionResult> results(Side side) {
    return results.computeIfAbsent(side, other -> new TreeMap<>());
  }

  /** Returns the condition with the first offset at which it has failed, the client's first. */
  public Optional<NetworkCondition> firstFailed() {
    return results.keySet().stream()
        .flatMap(side -> failedOffsets(side).stream().map(each -> new SliceOffset(side, each)))
        .findFirst()
        .map(SliceSweep::condition);
  }

  private List<Long> failedOffsets(Side side) {
    return results(side).entrySet().stream()
        .filter(entry -> entry.getValue() == ConditionResult.FAILED)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns in words at which offsets it fails, how many were tried, and a drawing of them. */
  @Override
  public String toString() {
    String failed =
        results.keySet().stream()
            .filter(side -> !failedOffsets(side).isEmpty())
            .map(side -> sliced(side) + OffsetRanges.of(failedOffsets(side)))
            .collect(Collectors.joining(", or when "));
    return (failed.isEmpty() ? passes() : "it fails when " + failed)
        + "\n  "
        + counts()
        + results.keySet().stream().map(this::drawing).collect(Collectors.joining())
        + legend();
  }

  private String passes() {
    if (isUnmet()) {
      return "no offset was met: what another thread than that of the test starts is in clear"
          + " weather";
    }
    if (has(ConditionResult.ABORTED)) {
      return "it passes at %d of %d offsets, and was aborted at %d"
          .formatted(count(ConditionResult.PASSED), tried(), count(ConditionResult.ABORTED));
    }
    return "it passes at each offset" + (has(ConditionResult.NOT_MET) ? " that was met" : "");
  }

  private long count(ConditionResult result) {
    return results.values().stream()
        .flatMap(all -> all.values().stream())
        .filter(each -> each == result)
        .count();
  }

  private int tried() {
    return results.values().stream().mapToInt(Map::size).sum();
  }

  private boolean has(ConditionResult result) {
    return count(result) > 0;
  }

  /** Returns whether slices were tried, and none of them had an effect: that proves nothing. */
  public boolean isUnmet() {
    return has(ConditionResult.NOT_MET)
        && !has(ConditionResult.PASSED)
        && !has(ConditionResult.FAILED);
  }

  private static String sliced(Side side) {
    return "what the " + side + " sends is sliced before ";
  }

  private String counts() {
    int tried = tried();
    return tried == offsetCount
        ? tried + " offsets, all that there are, were tried"
        : tried
            + " of "
            + offsetCount
            + " offsets were tried, those at and beside the beginnings of messages first, the"
            + " others evenly spread; "
            + (offsetCount - tried)
            + (offsetCount - tried == 1 ? " was left out" : " were left out");
  }

  private String drawing(Side side) {
    return new SliceDrawing(side, clear, results(side)).toString();
  }

  private String legend() {
    String marks =
        Stream.of(ConditionResult.values())
            .filter(this::has)
            .map(each -> each.mark + " " + each.meaning)
            .collect(Collectors.joining(", "));
    return marks.isEmpty() ? "" : "\n  sliced before the byte above: " + marks;
  }
}
