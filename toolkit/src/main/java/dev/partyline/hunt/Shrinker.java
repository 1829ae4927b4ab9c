package dev.partyline.hunt;

import dev.partyline.hunt.ConditionPart.Other;
import dev.partyline.hunt.ConditionPart.SliceOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest condition under which a test still fails: with the fewest parts, the
 * earliest slices, the shortest times and the fewest datagrams. It says what to try next, and is
 * told what came of it.
 *
 * <p>For one thread. With the same answers it asks for the same conditions.
 */
public final class Shrinker {
  /** How far from a slice that does it others are tried. */
  private static final int MAX_NEIGHBOURS = 8;

  /** A smaller fault has to fail so often before it has passed as often: both may be chance. */
  private static final int MIN_SAME_RESULTS = 3;

  private final int maxRuns;
  private final Deque<List<ConditionPart>> candidates = new ArrayDeque<>();
  private final Set<List<ConditionPart>> passed = new HashSet<>();
  private NetworkCondition smallest;
  private @Nullable List<ConditionPart> tried;
  private Search step = Search.AGAIN;
  private int groups = 2;
  private int runs;
  private int failures;
  private int passes;
  private long lowestOffset;
  private long highestOffset;

  private enum Search {
    /** The same once more: it may have failed by chance. */
    AGAIN,
    FEWER_PARTS,
    EARLIER_OR_LESS,
    LOWER_NEIGHBOURS,
    HIGHER_NEIGHBOURS,
    DONE,
    BY_CHANCE
  }

  /**
   * Makes one.
   *
   * @param failed the condition under which the test has failed
   * @param maxRuns how many runs it may ask for, 1 or more
   */
  public Shrinker(NetworkCondition failed, int maxRuns) {
    this.smallest = failed;
    this.maxRuns = maxRuns;
    candidates.add(failed.parts());
  }

  /** Returns what to run next; empty if the smallest condition is found, or after all runs. */
  public Optional<NetworkCondition> next() {
    while (candidates.isEmpty() && !isDone()) {
      advance();
    }
    if (isDone() || runs == maxRuns) {
      return Optional.empty();
    }
    runs++;
    List<ConditionPart> parts = candidates.remove();
    tried = parts;
    return Optional.of(smallest.withParts(parts));
  }

  private boolean isDone() {
    return step == Search.DONE || step == Search.BY_CHANCE;
  }

  /** Goes to the next step, because the one before has nothing left to try. */
  private void advance() {
    switch (step) {
      case AGAIN -> step = Search.BY_CHANCE;
      case FEWER_PARTS -> {
        if (groups < smallest.parts().size()) {
          groups = Math.min(2 * groups, smallest.parts().size());
          addGroups();
        } else {
          step = Search.EARLIER_OR_LESS;
          addEarlierOrLess();
        }
      }
      case EARLIER_OR_LESS -> {
        Optional<SliceOffset> slice = onlySlice();
        lowestOffset = slice.map(SliceOffset::offset).orElse(0L);
        highestOffset = lowestOffset;
        step = slice.isPresent() ? Search.LOWER_NEIGHBOURS : Search.DONE;
        addNeighbour(lowestOffset - 1);
      }
      case LOWER_NEIGHBOURS -> {
        step = Search.HIGHER_NEIGHBOURS;
        addNeighbour(highestOffset + 1);
      }
      default -> step = Search.DONE;
    }
  }

  /** Called with whether the test has failed under what was to be run. */
  public void onResult(boolean failed) {
    List<ConditionPart> parts = tried;
    tried = null;
    if (parts == null) {
      return;
    }
    failures += failed ? 1 : 0;
    passes += failed ? 0 : 1;
    if (step == Search.EARLIER_OR_LESS
        && isLess(parts)
        && Math.max(failures, passes) < MIN_SAME_RESULTS) {
      candidates.addFirst(parts);
      return;
    }
    failures = 0;
    passes = 0;
    if (!failed) {
      passed.add(parts);
      return;
    }
    candidates.clear();
    switch (step) {
      case AGAIN -> {
        step = Search.FEWER_PARTS;
        addGroups();
      }
      case FEWER_PARTS -> {
        smallest = smallest.withParts(parts);
        groups = 2;
        addGroups();
      }
      case EARLIER_OR_LESS -> {
        smallest = smallest.withParts(parts);
        addEarlierOrLess();
      }
      case LOWER_NEIGHBOURS -> {
        lowestOffset--;
        addNeighbour(lowestOffset - 1);
      }
      case HIGHER_NEIGHBOURS -> {
        highestOffset++;
        addNeighbour(highestOffset + 1);
      }
      default -> throw new IllegalStateException("nothing was to be run: " + step);
    }
  }

  /** Returns whether a fault is smaller, and not a slice earlier. */
  private boolean isLess(List<ConditionPart> parts) {
    return !smallest.parts().stream().filter(Other.class::isInstance).allMatch(parts::contains);
  }

  /** Adds each group of parts by itself, and all but each group. */
  private void addGroups() {
    List<ConditionPart> parts = smallest.parts();
    if (parts.size() < 2) {
      return;
    }
    List<List<ConditionPart>> others = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      int start = i * parts.size() / groups;
      int end = (i + 1) * parts.size() / groups;
      candidates.add(parts.subList(start, end));
      List<ConditionPart> rest = new ArrayList<>(parts.subList(0, start));
      rest.addAll(parts.subList(end, parts.size()));
      others.add(rest);
    }
    if (groups > 2) {
      candidates.addAll(others);
    }
  }

  /** Adds the condition with each slice earlier, and with less of each other fault. */
  private void addEarlierOrLess() {
    for (int i = 0; i < smallest.parts().size(); i++) {
      for (ConditionPart part : earlierOrLess(smallest.parts().get(i))) {
        List<ConditionPart> parts = new ArrayList<>(smallest.parts());
        parts.set(i, part);
        if (!passed.contains(parts)) {
          candidates.add(parts);
        }
      }
    }
  }

  private static List<? extends ConditionPart> earlierOrLess(ConditionPart part) {
    if (part instanceof SliceOffset slice) {
      return LongStream.of(1, slice.offset() / 2, slice.offset() - 1)
          .filter(offset -> offset > 0 && offset < slice.offset())
          .distinct()
          .mapToObj(offset -> new SliceOffset(slice.sender(), offset))
          .toList();
    }
    return ((Other) part).fault().smaller().stream().map(Other::new).toList();
  }

  private void addNeighbour(long offset) {
    onlySlice()
        .filter(slice -> offset > 0 && Math.abs(offset - slice.offset()) <= MAX_NEIGHBOURS)
        .ifPresent(slice -> candidates.add(List.of(new SliceOffset(slice.sender(), offset))));
  }

  private Optional<SliceOffset> onlySlice() {
    return smallest.parts().size() == 1 && smallest.parts().get(0) instanceof SliceOffset slice
        ? Optional.of(slice)
        : Optional.empty();
  }

  /** Returns the smallest condition that has failed so far. */
  public NetworkCondition smallest() {
    return smallest;
  }

  /** Returns whether the test has passed when it was run once more under the same condition. */
  public boolean failedByChance() {
    return step == Search.BY_CHANCE;
  }

  /** Returns how many runs it has asked for. */
  public int runs() {
    return runs;
  }

  /** Returns the lowest offset of a slice that does it as well; 0 if it is not only a slice. */
  public long lowestOffset() {
    return lowestOffset;
  }

  /** Returns the highest offset of a slice that does it as well, as far as it was tried. */
  public long highestOffset() {
    return highestOffset;
  }
}
