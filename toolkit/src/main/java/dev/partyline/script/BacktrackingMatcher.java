package dev.partyline.script;

import dev.partyline.wire.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fits a pattern with placeholders to the bytes up to an end; each placeholder takes as little as
 * lets the rest fit.
 *
 * <p>Its work is bounded by a budget of steps, for neither a pattern nor a peer may hold the loop.
 */
final class BacktrackingMatcher {
  private static final int BUDGET = 4_000_000;
  private static final Part.Shape DIGITS = new Part.Regex("[0-9]+");

  private final List<Part> parts;
  private final Variables scope;
  private final boolean namesOnce;
  private InputBuffer inbox = new InputBuffer(false);
  private int end;
  private Map<String, Bytes> captured = new HashMap<>();

  /** The names in the order in which they were captured, so that a way back can forget them. */
  private final Deque<String> trail = new ArrayDeque<>();

  /** Where the rest of the pattern is known not to fit: its first part, and an offset. */
  private final Set<Long> dead = new HashSet<>();

  private int steps;
  private boolean ranOut;
  private int matchedEnd;
  private int furthest;
  private int furthestPart;
  private int furthestSame;
  private String reason = "";
  private boolean gaveUp;

  BacktrackingMatcher(List<Part> parts, Variables scope) {
    this.parts = parts;
    this.scope = scope;
    this.namesOnce = namesOnce();
  }

  private boolean namesOnce() {
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Placeholder taken && taken.keeps() && !names.add(taken.name())) {
        return false;
      }
    }
    return true;
  }

  private static final class OutOfBudget extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutOfBudget() {
      super(null, null, false, false);
    }
  }

  /** Tries to fit the pattern to the bytes before an end; WAIT if later bytes may help. */
  StepResult solve(InputBuffer from, int to) {
    inbox = from;
    end = to;
    captured = new HashMap<>();
    trail.clear();
    dead.clear();
    ranOut = false;
    furthest = 0;
    furthestPart = -1;
    furthestSame = 0;
    try {
      if (fits(0, 0)) {
        return StepResult.ON;
      }
      return ranOut && !inbox.isDatagram() ? StepResult.WAIT : StepResult.FAIL;
    } catch (OutOfBudget | StackOverflowError e) {
      gaveUp = true;
      reason = "it takes more than " + BUDGET + " steps to match; it is too complicated";
      furthest = 0;
      return StepResult.FAIL;
    }
  }

  Map<String, Bytes> captured() {
    return captured;
  }

  int end() {
    return matchedEnd;
  }

  int furthest() {
    return furthest;
  }

  String reason() {
    return reason;
  }

  boolean gaveUp() {
    return gaveUp;
  }

  private boolean fits(int firstPart, int from) {
    int at = from;
    for (int i = firstPart; i < parts.size(); i++) {
      Part part = parts.get(i);
      Bytes fixed = fixed(part);
      if (fixed != null) {
        if (!stands(i, fixed, at)) {
          return false;
        }
        at += fixed.size();
      } else if (part instanceof Part.Placeholder taken && !(taken.shape() instanceof Part.Count)) {
        return elastic(i, taken.name(), taken.shape(), at);
      } else if (part instanceof Part.BodyLength) {
        return elastic(i, "*", DIGITS, at);
      } else {
        int length = length(part);
        if (length > end - at) {
          ranOut = true;
          return false;
        }
        if (part instanceof Part.Placeholder taken && taken.keeps()) {
          keep(taken.name(), at, at + length);
        }
        at += length;
      }
    }
    if (inbox.isDatagram() && at < end) {
      reach(parts.size(), 0, at);
      return false;
    }
    matchedEnd = at;
    return true;
  }

  /** Returns how many bytes a part takes that is neither fixed nor elastic. */
  static int length(Part part) {
    return part instanceof Part.Placeholder taken && taken.shape() instanceof Part.Count count
        ? count.bytes()
        : 1;
  }

  /** Returns the bytes that a part stands for: those of a name too, if it has a value by now. */
  private @Nullable Bytes fixed(Part part) {
    if (part instanceof Part.Fixed fixed) {
      return fixed.bytes();
    }
    if (!(part instanceof Part.Placeholder taken) || !taken.keeps()) {
      return null;
    }
    Bytes known = scope.get(taken.name());
    return known != null ? known : captured.get(taken.name());
  }

  private void keep(String name, int from, int to) {
    captured.put(name, inbox.copy(from, to));
    trail.push(name);
  }

  private void forget(int size) {
    while (trail.size() > size) {
      captured.remove(trail.pop());
    }
  }

  private boolean stands(int index, Bytes wanted, int at) {
    int same = 0;
    while (same < wanted.size() && at + same < end && inbox.at(at + same) == wanted.at(same)) {
      same++;
    }
    spend(same + 1);
    if (same == wanted.size()) {
      return true;
    }
    ranOut |= at + same == end;
    reach(index, same, at + same);
    return false;
  }

  private boolean elastic(int index, String name, Part.Shape shape, int at) {
    int most = at;
    while (most < end && inbox.at(most) != '\n') {
      most++;
    }
    spend(most - at + 1);
    ranOut |= most == end;
    int least = shape instanceof Part.Regex ? at : at + 1;
    for (int to = least; to <= most; to++) {
      if (followed(index, to) && takes(index, shape, at, to)) {
        int known = trail.size();
        if (!name.equals("*")) {
          keep(name, at, to);
        }
        if (fitsBehind(index + 1, to)) {
          return true;
        }
        forget(known);
      }
    }
    return false;
  }

  /** Each place is tried once only, unless a name has to stand for what it took further ahead. */
  private boolean fitsBehind(int index, int at) {
    long place = (long) index << 32 | at;
    if (namesOnce && dead.contains(place)) {
      return false;
    }
    if (fits(index, at)) {
      return true;
    }
    dead.add(place);
    return false;
  }

  private boolean followed(int index, int at) {
    Bytes next = fixed(parts.get(index + 1));
    return next != null && stands(index + 1, next, at);
  }

  private boolean takes(int index, Part.Shape shape, int from, int to) {
    if (!(shape instanceof Part.Regex regex)) {
      return true;
    }
    boolean taken = regex.pattern().matcher(new Counted(text(from, to))).matches();
    if (!taken) {
      reach(index, 0, from);
    }
    return taken;
  }

  private String text(int from, int to) {
    byte[] bytes = inbox.copy(from, to).toArray();
    spend(bytes.length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** The nearest miss is the one in the latest part, and there the one with most bytes alike. */
  private void reach(int index, int same, int offset) {
    if (index > furthestPart || (index == furthestPart && same > furthestSame)) {
      furthestPart = index;
      furthestSame = same;
      furthest = offset;
    }
  }

  private void spend(int work) {
    steps += work;
    if (steps > BUDGET) {
      throw new OutOfBudget();
    }
  }

  /** A text that counts how often it is read, for a regular expression may backtrack at length. */
  private final class Counted implements CharSequence {
    private final CharSequence text;

    Counted(CharSequence text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      spend(1);
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
