package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to meet an expectation with the bytes at the front of an inbox.
 *
 * <p>The fixed bytes ahead of the first placeholder without a length are checked one by one as they
 * come, the rest whenever a line end or the last fixed bytes of the pattern have come. The outcome
 * is a matter of the bytes alone, not of how they were split.
 */
final class LineMatcher {
  private static final String BARE =
      "the line ends in LF alone, CR and LF were expected ('eol lf' expects LF)";
  private static final int LONGEST = 64 * 1024;

  private final List<Part> parts;
  private final Variables scope;
  private final int elastic;
  private @Nullable BacktrackingMatcher solver;
  private Map<String, Bytes> captured = Map.of();
  private StepResult result = StepResult.WAIT;
  private int part;
  private int within;
  private int at;

  /** Where the part of the line begins that is looked at once it is whole. */
  private int base = -1;

  private int dropped;
  private int difference;
  private String reason = "";

  LineMatcher(List<Part> parts, Variables scope) {
    this.parts = parts;
    this.scope = scope;
    this.elastic = firstElastic();
  }

  private int firstElastic() {
    for (int i = 0; i < parts.size(); i++) {
      boolean isFixed = parts.get(i) instanceof Part.Fixed;
      if (!isFixed && (isElastic(parts.get(i)) || isNamedAhead(i))) {
        return i;
      }
    }
    return parts.size();
  }

  private boolean isElastic(Part part) {
    return part instanceof Part.BodyLength
        || (part instanceof Part.Placeholder taken
            && taken.isElastic()
            && scope.get(taken.name()) == null);
  }

  /** Whether a part stands for what an earlier part of this pattern takes, however long that is. */
  private boolean isNamedAhead(int index) {
    if (!(parts.get(index) instanceof Part.Placeholder taken)
        || !taken.keeps()
        || scope.get(taken.name()) != null) {
      return false;
    }
    for (int i = 0; i < index; i++) {
      if (parts.get(i) instanceof Part.Placeholder before && before.name().equals(taken.name())) {
        return true;
      }
    }
    return false;
  }

  /** Looks at what has come since the last time: ON if it is met, WAIT for more, or FAIL. */
  StepResult look(InputBuffer inbox) {
    if (result != StepResult.WAIT || (inbox.isDatagram() && inbox.isEmpty())) {
      return result;
    }
    while (result == StepResult.WAIT && part < elastic && (at < inbox.size() || isNothing())) {
      step(inbox);
    }
    if (result == StepResult.WAIT && part == elastic) {
      whole(inbox);
    }
    if (result == StepResult.WAIT && inbox.isDatagram()) {
      fail(inbox.size(), "the datagram ends too early");
    } else if (result == StepResult.ON && inbox.isDatagram() && at < inbox.size()) {
      fail(at, "the datagram goes on");
    }
    return result;
  }

  /** Whether the part at hand is a name whose value is empty, which needs no byte to go on. */
  private boolean isNothing() {
    Bytes fixed = fixed(parts.get(part));
    return fixed != null && fixed.isEmpty();
  }

  private void step(InputBuffer inbox) {
    Part now = parts.get(part);
    Bytes fixed = fixed(now);
    int length = fixed == null ? BacktrackingMatcher.length(now) : fixed.size();
    if (fixed != null) {
      int same = inbox.matching(fixed, within, at);
      at += same;
      within += same;
      if (within < length && at < inbox.size()) {
        boolean bare = fixed.at(within) == '\r' && inbox.at(at) == '\n';
        fail(at, bare ? BARE : "");
        return;
      }
    } else {
      int step = Math.min(length - within, inbox.size() - at);
      at += step;
      within += step;
    }
    if (within == length) {
      part++;
      within = 0;
    }
  }

  private @Nullable Bytes fixed(Part part) {
    if (part instanceof Part.Fixed fixed) {
      return fixed.bytes();
    }
    return part instanceof Part.Placeholder taken ? scope.get(taken.name()) : null;
  }

  /** Everything of fixed length has come; the rest is looked at when it may be whole. */
  private void whole(InputBuffer inbox) {
    if (elastic == parts.size()) {
      finish(inbox, at);
      return;
    }
    if (inbox.isDatagram()) {
      finish(inbox, inbox.size());
      return;
    }
    base = base < 0 ? at : base;
    while (result == StepResult.WAIT && at < inbox.size()) {
      byte now = inbox.at(at++);
      if (now == '\n' || mayEndHere(inbox)) {
        finish(inbox, at);
      }
      if (result == StepResult.WAIT && at - base > LONGEST) {
        fail(at, "the line is longer than 64 KiB");
      }
    }
  }

  /** Whether the bytes before this place can be the last of the pattern. */
  private boolean mayEndHere(InputBuffer inbox) {
    int behind = 0;
    for (int i = parts.size() - 1; i > elastic; i--) {
      Part now = parts.get(i);
      Bytes fixed = fixed(now);
      if (fixed != null && !fixed.isEmpty()) {
        int start = at - behind - fixed.size();
        return start >= 0 && inbox.matching(fixed, 0, start) == fixed.size();
      }
      if (fixed == null && (isElastic(now) || isNamedAhead(i))) {
        return true;
      }
      behind += fixed == null ? BacktrackingMatcher.length(now) : 0;
      if (behind >= at) {
        return false;
      }
    }
    // What a name has taken in this very pattern may end anywhere.
    return true;
  }

  private void finish(InputBuffer inbox, int end) {
    if (elastic == parts.size() && keepsNothing()) {
      result = StepResult.ON;
      return;
    }
    // One solver for all the places where the pattern may end, for they share one budget.
    BacktrackingMatcher with = solver == null ? new BacktrackingMatcher(parts, scope) : solver;
    solver = with;
    StepResult solved = with.solve(inbox, end);
    if (solved == StepResult.ON) {
      captured = with.captured();
      at = with.end();
      result = StepResult.ON;
    } else if (solved == StepResult.FAIL) {
      boolean bare = lacksReturn(inbox, end - 1) && with.reason().isEmpty();
      fail(bare ? end - 1 : with.furthest(), bare ? BARE : with.reason());
    }
  }

  private boolean keepsNothing() {
    for (Part now : parts) {
      if (!(now instanceof Part.Fixed)
          && now instanceof Part.Placeholder taken
          && taken.keeps()
          && scope.get(taken.name()) == null) {
        return false;
      }
    }
    return true;
  }

  /** Whether a line ends here in LF alone, where CR and LF are expected. */
  private boolean lacksReturn(InputBuffer inbox, int at) {
    boolean bare = at >= 0 && inbox.at(at) == '\n' && (at == 0 || inbox.at(at - 1) != '\r');
    if (!bare || !(parts.get(parts.size() - 1) instanceof Part.Fixed last)) {
      return false;
    }
    int size = last.bytes().size();
    return size >= 2 && last.bytes().slice(size - 2, size).equals(LineEnd.CRLF.bytes());
  }

  private void fail(int offset, String why) {
    result = StepResult.FAIL;
    difference = offset;
    reason = why;
  }

  /** Takes the matched bytes out of the inbox, and keeps what was captured. */
  void take(InputBuffer inbox, Variables target) {
    target.put(captured);
    inbox.take(at);
  }

  /** Takes what has matched so far out of the inbox, but for what a failure would show. */
  void release(InputBuffer inbox) {
    int much = at - Failure.EXCERPT;
    if (much > Failure.EXCERPT
        && result == StepResult.WAIT
        && elastic == parts.size()
        && !inbox.isDatagram()
        && keepsNothing()) {
      dropped += much;
      inbox.take(much);
      at -= much;
    }
  }

  Map<String, Bytes> captured() {
    return captured;
  }

  boolean isOpen() {
    return result == StepResult.WAIT;
  }

  /** Returns how far it came before it failed, or has come. */
  int reached() {
    return dropped + (result == StepResult.FAIL ? difference : at);
  }

  /** Returns how much of what it has matched is no longer at the front of the inbox. */
  int dropped() {
    return dropped;
  }

  /** Whether it failed because it would have taken too much work, not for what has come. */
  boolean gaveUp() {
    return solver != null && solver.gaveUp();
  }

  /** Returns why it failed where that is more than a byte that differs; else nothing. */
  String reason() {
    return reason;
  }
}
