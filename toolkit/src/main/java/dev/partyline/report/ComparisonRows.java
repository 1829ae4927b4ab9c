package dev.partyline.report;

import dev.partyline.internal.report.TimelineEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of two runs in rows: in one row what is the same in both, or at least of the same
 * connection, kind and side.
 */
final class ComparisonRows {
  private static final int MAX_EVENTS = 500;

  /** How many equal rows are shown before the first that is not. */
  private static final int MAX_EQUAL_ROWS = 100;

  private static final int EQUAL_WEIGHT = 3;
  private static final int ALIKE_WEIGHT = 2;

  private final List<ComparedRow> rows = new ArrayList<>();
  private final List<ComparedEvent> failing;
  private final List<ComparedEvent> passing;
  private int omitted;

  /**
   * An event of one of the runs.
   *
   * @param index which of the events of its run it is, from 0
   * @param connection which of the connections of both runs it is of
   */
  record ComparedEvent(int index, int connection, TimelineEvent event) {
    private boolean isAlike(ComparedEvent other) {
      return connection == other.connection
          && event.kind() == other.event.kind()
          && event.side() == other.event.side();
    }

    private boolean isEqual(ComparedEvent other) {
      return isAlike(other)
          && event.byteCount() == other.event.byteCount()
          && event.bytes().equals(other.event.bytes());
    }
  }

  /**
   * A row.
   *
   * @param failing the event of the failing run; -1 if there is none
   * @param passing that of the passing run; -1 if there is none
   * @param isEqual whether they are the same
   * @param connection which of the connections of both runs it is of
   */
  record ComparedRow(int failing, int passing, boolean isEqual, int connection) {}

  private ComparisonRows(List<ComparedEvent> failing, List<ComparedEvent> passing) {
    this.failing = failing;
    this.passing = passing;
  }

  /** Puts the events of two runs into rows. */
  static ComparisonRows of(List<ComparedEvent> failing, List<ComparedEvent> passing) {
    ComparisonRows result = new ComparisonRows(failing, passing);
    result.align();
    return result;
  }

  List<ComparedRow> rows() {
    return rows;
  }

  /** Returns how many equal events at the beginning have no row. */
  int omitted() {
    return omitted;
  }

  private void align() {
    int common = 0;
    while (common < Math.min(failing.size(), passing.size())
        && failing.get(common).isEqual(passing.get(common))) {
      common++;
    }
    omitted = Math.max(0, common - MAX_EQUAL_ROWS);
    for (int i = omitted; i < common; i++) {
      add(failing.get(i), passing.get(i));
    }
    List<ComparedEvent> left =
        failing.subList(common, Math.min(failing.size(), common + MAX_EVENTS));
    List<ComparedEvent> right =
        passing.subList(common, Math.min(passing.size(), common + MAX_EVENTS));
    addHeaviest(left, right, weights(left, right));
  }

  private static int weight(ComparedEvent one, ComparedEvent other) {
    return one.isEqual(other) ? EQUAL_WEIGHT : one.isAlike(other) ? ALIKE_WEIGHT : 0;
  }

  /** Returns how much of what follows each pair of places can be in common rows. */
  private static int[][] weights(List<ComparedEvent> left, List<ComparedEvent> right) {
    int[][] weights = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        int weight = weight(left.get(i), right.get(j));
        int apart = Math.max(weights[i + 1][j], weights[i][j + 1]);
        weights[i][j] = weight == 0 ? apart : Math.max(apart, weights[i + 1][j + 1] + weight);
      }
    }
    return weights;
  }

  private void addHeaviest(List<ComparedEvent> left, List<ComparedEvent> right, int[][] weights) {
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      boolean hasBoth = i < left.size() && j < right.size();
      int weight = hasBoth ? weight(left.get(i), right.get(j)) : 0;
      if (weight > 0 && weights[i][j] == weights[i + 1][j + 1] + weight) {
        add(left.get(i++), right.get(j++));
      } else if (j == right.size() || hasBoth && weights[i + 1][j] >= weights[i][j + 1]) {
        ComparedEvent item = left.get(i++);
        rows.add(new ComparedRow(item.index(), -1, false, item.connection()));
      } else {
        ComparedEvent item = right.get(j++);
        rows.add(new ComparedRow(-1, item.index(), false, item.connection()));
      }
    }
  }

  private void add(ComparedEvent one, ComparedEvent other) {
    rows.add(new ComparedRow(one.index(), other.index(), one.isEqual(other), one.connection()));
  }
}
