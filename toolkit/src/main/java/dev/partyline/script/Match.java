package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to meet an expectation with the bytes at the front of an inbox.
 *
 * <p>The fixed bytes ahead of the first placeholder without a length are checked one by one as they
 * come, the rest whenever a line end or the last fixed byte of the pattern has come. The outcome is
 * a matter of the bytes alone, not of how they were split.
 */
final class Match {
  /** How the attempt stands. */
  enum Result {
    MORE,
    MATCHED,
    FAILED
  }

  private static final int LONGEST = 64 * 1024;

  private final List<Part> parts;
  private final Scope scope;
  private final int elastic;
  private Map<String, Bytes> captured = Map.of();
  private Result result = Result.MORE;
  private int part;
  private int within;
  private int at;
  private int dropped;
  private int difference;
  private String reason = "";

  Match(List<Part> parts, Scope scope) {
    this.parts = parts;
    this.scope = scope;
    this.elastic = firstElastic();
  }

  private int firstElastic() {
    for (int i = 0; i < parts.size(); i++) {
      if (isElastic(parts.get(i))) {
        return i;
      }
    }
    return parts.size();
  }

  private boolean isElastic(Part part) {
    return part instanceof Part.BodyLength
        || part instanceof Part.Placeholder taken
            && taken.isElastic()
            && scope.get(taken.name()) == null;
  }

  /** Looks at what has come since the last time. */
  Result look(Inbox inbox) {
    if (result != Result.MORE || inbox.isDatagram() && inbox.isEmpty()) {
      return result;
    }
    while (result == Result.MORE && part < elastic && (at < inbox.size() || isNothing())) {
      step(inbox);
    }
    if (result == Result.MORE && part == elastic) {
      whole(inbox);
    }
    if (result == Result.MORE && inbox.isDatagram()) {
      fail(inbox.size(), "the datagram ends too early");
    } else if (result == Result.MATCHED && inbox.isDatagram() && at < inbox.size()) {
      fail(at, "the datagram goes on");
    }
    return result;
  }

  /** Whether the part at hand is a name whose value is empty, which needs no byte to go on. */
  private boolean isNothing() {
    Bytes fixed = fixed(parts.get(part));
    return fixed != null && fixed.isEmpty();
  }

  private void step(Inbox inbox) {
    Part now = parts.get(part);
    Bytes fixed = fixed(now);
    int length;
    if (fixed != null) {
      int same = inbox.matching(fixed, within, at);
      at += same;
      within += same;
      length = fixed.size();
      if (within < length && at < inbox.size()) {
        fail(at, "");
        return;
      }
    } else {
      length = now instanceof Part.Placeholder taken && taken.shape() instanceof Part.Count count
          ? count.bytes() : 1;
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
  private void whole(Inbox inbox) {
    if (elastic == parts.size()) {
      finish(inbox, at);
      return;
    }
    if (inbox.isDatagram()) {
      finish(inbox, inbox.size());
      return;
    }
    while (result == Result.MORE && at < inbox.size()) {
      byte now = inbox.at(at++);
      if (now == '\n' || mayEndHere(inbox)) {
        finish(inbox, at);
      } else if (at > LONGEST) {
        fail(at, "the line is longer than 64 KiB");
      }
    }
  }

  /** Whether the byte before this place can be the last of the pattern. */
  private boolean mayEndHere(Inbox inbox) {
    int behind = 0;
    for (int i = parts.size() - 1; i > elastic; i--) {
      Part now = parts.get(i);
      Bytes fixed = fixed(now);
      if (fixed != null && !fixed.isEmpty()) {
        int last = at - 1 - behind;
        return last >= 0 && inbox.at(last) == fixed.at(fixed.size() - 1);
      }
      behind +=
          now instanceof Part.Placeholder taken && taken.shape() instanceof Part.Count count
              ? count.bytes()
              : 0;
      if (behind >= at) {
        return false;
      }
    }
    return false;
  }

  private void finish(Inbox inbox, int end) {
    if (elastic == parts.size() && keepsNothing()) {
      result = Result.MATCHED;
      return;
    }
    Solver solver = new Solver(parts, scope, inbox, end);
    switch (solver.solve()) {
      case MATCHED -> {
        captured = solver.captured();
        at = solver.end();
        result = Result.MATCHED;
      }
      case FAILED -> fail(solver.furthest(), solver.reason());
      case MORE -> {}
    }
  }

  private boolean keepsNothing() {
    for (Part now : parts) {
      if (now instanceof Part.Placeholder taken && taken.keeps() && scope.get(taken.name()) == null) {
        return false;
      }
    }
    return true;
  }

  private void fail(int offset, String why) {
    result = Result.FAILED;
    difference = offset;
    reason = why;
  }

  /** Takes the matched bytes out of the inbox, and keeps what was captured. */
  void take(Inbox inbox, Scope target) {
    target.put(captured);
    inbox.take(at);
  }

  /** Takes what has matched so far out of the inbox, where nothing of it is needed any more. */
  void release(Inbox inbox) {
    if (result == Result.MORE && elastic == parts.size() && at > 0 && !inbox.isDatagram() && keepsNothing()) {
      dropped += at;
      inbox.take(at);
      at = 0;
    }
  }

  Map<String, Bytes> captured() {
    return captured;
  }

  boolean isOpen() {
    return result == Result.MORE;
  }

  /** Returns how far it came before it failed, or has come. */
  int reached() {
    return dropped + (result == Result.FAILED ? difference : at);
  }

  /** Returns where the bytes differ, counted from the front of the inbox. */
  int difference() {
    return difference;
  }

  /** Returns why it failed where that is more than a byte that differs; else nothing. */
  String reason() {
    return reason;
  }
}
