package dev.partyline.hunt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A passing run beside a failing one: which connection of the one is which of the other. Where two
 * are opened in another order, that is by what was said on them.
 */
final class AlignedRun {
  /** Of more connections, those with the same place are the same. */
  private static final int MAX_COMPARED = 40;

  private final PassingRuns.Passed passed;
  private final IdentityHashMap<ConnectionTrace, ConnectionTrace> counterparts =
      new IdentityHashMap<>();
  private int commonEvents;

  AlignedRun(RunTrace failing, PassingRuns.Passed passed) {
    this.passed = passed;
    for (String peer : failing.peers()) {
      align(ofPeer(failing, peer), ofPeer(passed.trace(), peer));
    }
  }

  private static List<ConnectionTrace> ofPeer(RunTrace run, String peer) {
    return run.connections().stream().filter(each -> each.peer().equals(peer)).toList();
  }

  private record LikePair(int index, int other, int commonTurns, int alikeTurns) {}

  private void align(List<ConnectionTrace> failing, List<ConnectionTrace> others) {
    boolean isCompared = Math.max(failing.size(), others.size()) <= MAX_COMPARED;
    List<LikePair> pairs = new ArrayList<>();
    for (int i = 0; i < failing.size(); i++) {
      for (int j = isCompared ? 0 : i; j < (isCompared ? others.size() : i + 1); j++) {
        if (j < others.size()) {
          ConnectionTrace one = failing.get(i);
          ConnectionTrace other = others.get(j);
          pairs.add(new LikePair(i, j, one.commonTurns(other), one.alikeTurns(other)));
        }
      }
    }
    pairs.sort(
        Comparator.comparingInt(LikePair::commonTurns)
            .reversed()
            .thenComparing(Comparator.comparingInt(LikePair::alikeTurns).reversed())
            .thenComparingInt(pair -> Math.abs(pair.index() - pair.other()))
            .thenComparingInt(LikePair::index));
    Set<Integer> taken = new HashSet<>();
    for (LikePair pair : pairs) {
      ConnectionTrace one = failing.get(pair.index());
      if (!counterparts.containsKey(one) && taken.add(pair.other())) {
        counterparts.put(one, others.get(pair.other()));
        commonEvents += 2 * pair.commonTurns() + (pair.alikeTurns() > 0 ? 1 : 0);
      }
    }
  }

  /** Returns which of the passing runs it is, from 1. */
  int ordinal() {
    return passed.ordinal();
  }

  RunTrace passing() {
    return passed.trace();
  }

  /** Returns the connection of the passing run that stands for one of the failing run. */
  Optional<ConnectionTrace> counterpart(ConnectionTrace ofFailing) {
    return Optional.ofNullable(counterparts.get(ofFailing));
  }

  /** Returns how much of the two runs is the same; only good for comparisons. */
  int likeness() {
    return commonEvents;
  }
}
