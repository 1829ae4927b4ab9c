package dev.partyline.script.transcript;

import dev.partyline.script.LineEnd;
import dev.partyline.script.Part;
import dev.partyline.script.Printer;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of one connection, approved and received, side by side. */
final class StepAlignment {
  /** More pairs of steps are not compared each with each. */
  private static final long MAX_PAIRS = 4_000_000;

  /** A row; both if the received step fits the approved one. */
  private record StepPair(@Nullable Step approved, @Nullable Step received) {}

  private final IdentityHashMap<Step, LinePattern> patterns = new IdentityHashMap<>();
  private final List<StepPair> rows = new ArrayList<>();

  private StepAlignment() {}

  static StepAlignment of(List<Step> approved, List<Step> received) {
    StepAlignment alignment = new StepAlignment();
    // How the sides close after the last line is compared only if the script says so.
    boolean closes = approved.isEmpty() || approved.stream().anyMatch(StepAlignment::isControl);
    alignment.align(
        approved, closes ? received : received.stream().filter(step -> !isControl(step)).toList());
    return alignment;
  }

  private static boolean isControl(Step step) {
    return step instanceof Step.Control;
  }

  private void align(List<Step> approved, List<Step> received) {
    int start = 0;
    int shorter = Math.min(approved.size(), received.size());
    while (start < shorter && fits(approved.get(start), received.get(start))) {
      rows.add(new StepPair(approved.get(start), received.get(start)));
      start++;
    }
    int approvedEnd = approved.size();
    int receivedEnd = received.size();
    while (approvedEnd > start
        && receivedEnd > start
        && fits(approved.get(approvedEnd - 1), received.get(receivedEnd - 1))) {
      approvedEnd--;
      receivedEnd--;
    }
    alignMiddle(approved.subList(start, approvedEnd), received.subList(start, receivedEnd));
    for (int i = 0; approvedEnd + i < approved.size(); i++) {
      rows.add(new StepPair(approved.get(approvedEnd + i), received.get(receivedEnd + i)));
    }
  }

  /** Finds the longest common subsequence. */
  private void alignMiddle(List<Step> approved, List<Step> received) {
    if ((long) approved.size() * received.size() > MAX_PAIRS) {
      approved.forEach(step -> rows.add(new StepPair(step, null)));
      received.forEach(step -> rows.add(new StepPair(null, step)));
      return;
    }
    int[][] lengths = new int[approved.size() + 1][received.size() + 1];
    for (int i = approved.size() - 1; i >= 0; i--) {
      for (int j = received.size() - 1; j >= 0; j--) {
        lengths[i][j] =
            fits(approved.get(i), received.get(j))
                ? lengths[i + 1][j + 1] + 1
                : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < approved.size() || j < received.size()) {
      boolean both = i < approved.size() && j < received.size();
      if (both && fits(approved.get(i), received.get(j))) {
        rows.add(new StepPair(approved.get(i++), received.get(j++)));
      } else if (j == received.size() || (both && lengths[i + 1][j] >= lengths[i][j + 1])) {
        rows.add(new StepPair(approved.get(i++), null));
      } else {
        rows.add(new StepPair(null, received.get(j++)));
      }
    }
  }

  private boolean fits(Step approved, Step received) {
    if (approved instanceof Step.Line wanted && received instanceof Step.Line line) {
      return wanted.side() == line.side() && (wanted.equals(line) || patternFits(wanted, line));
    }
    if (approved instanceof Step.Control wanted && received instanceof Step.Control control) {
      return wanted.side() == control.side()
          && (wanted.kind() == control.kind() || wanted.kind() == Step.Control.Kind.CLOSE);
    }
    return Printer.withoutTimestamp(approved).equals(Printer.withoutTimestamp(received));
  }

  private boolean patternFits(Step.Line wanted, Step.Line line) {
    if (wanted.parts().stream().allMatch(part -> part.content() != null)) {
      return bytes(wanted).equals(bytes(line));
    }
    boolean sameEnd = wanted.end().bytes().equals(line.end().bytes());
    return sameEnd
        && patterns
            .computeIfAbsent(wanted, step -> LinePattern.of(wanted.parts()))
            .find(bytes(line).slice(0, bytes(line).size() - line.end().bytes().size()))
            .isPresent();
  }

  private static Bytes bytes(Step.Line line) {
    List<Bytes> all = new ArrayList<>();
    for (Part part : line.parts()) {
      Bytes content = part.content();
      all.add(content == null ? Bytes.EMPTY : content);
    }
    all.add(line.end() == LineEnd.NONE ? Bytes.EMPTY : line.end().bytes());
    return Bytes.join(all);
  }

  /** Returns what was received, with the approved steps where it fits them. */
  List<Step> merged() {
    List<Step> result = new ArrayList<>();
    for (StepPair row : rows) {
      Step step = row.received() == null ? null : row.approved();
      if (step == null) {
        step = row.received();
      }
      if (step != null) {
        result.add(step);
      }
    }
    return result;
  }

  /** Returns the lines that differ, with so many around them; none if all fit. */
  List<String> rows(int context) {
    List<String> result = new ArrayList<>();
    int shown = -1;
    for (int i = 0; i < rows.size(); i++) {
      if (isSame(i) && !isNearDifference(i, context)) {
        continue;
      }
      if (i > shown + 1) {
        result.add("  …");
      }
      add(result, rows.get(i));
      shown = i;
    }
    if (shown >= 0 && shown < rows.size() - 1) {
      result.add("  …");
    }
    return result;
  }

  private boolean isSame(int index) {
    return rows.get(index).approved() != null && rows.get(index).received() != null;
  }

  private boolean isNearDifference(int index, int context) {
    for (int i = Math.max(0, index - context);
        i <= Math.min(rows.size() - 1, index + context);
        i++) {
      if (!isSame(i)) {
        return true;
      }
    }
    return false;
  }

  private static void add(List<String> result, StepPair row) {
    Step approved = row.approved();
    Step received = row.received();
    if (approved != null) {
      String mark = received == null ? "- " : "  ";
      Printer.print(List.of(approved)).lines().forEach(line -> result.add(mark + line));
    } else if (received != null) {
      result.add("+ " + Printer.withoutTimestamp(received));
    }
  }
}
