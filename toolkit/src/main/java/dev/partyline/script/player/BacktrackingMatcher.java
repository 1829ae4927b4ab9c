package dev.partyline.script.player;

import dev.partyline.script.Part;
import dev.partyline.script.player.Expectation.State;
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
 * Fits a pattern of fixed bytes and placeholders to the bytes up to an end; each placeholder takes
 * as little as lets the rest fit.
 *
 * <p>Its work is bounded by a budget of steps, because neither a pattern nor a peer may block the
 * event loop.
 */
final class BacktrackingMatcher {
  private static final int MAX_STEPS = 4_000_000;

  private final List<Part> parts;
  private final Variables variables;
  private final boolean hasUniqueNames;
  private InputBuffer input = new InputBuffer(false);
  private int endOffset;
  private Map<String, Bytes> captures = new HashMap<>();

  /** The names in the order in which they were captured, so that backtracking can unbind them. */
  private final Deque<String> bindings = new ArrayDeque<>();

  /**
   * Where the rest of the pattern is known not to fit: the index of its first part, and an offset.
   */
  private final Set<Long> visited = new HashSet<>();

  private int stepCount;
  private boolean inputExhausted;
  private int matchEndOffset;
  private int furthestOffset;
  private int furthestPart;
  private int furthestSame;
  private String reason = "";
  private boolean overBudget;

  BacktrackingMatcher(List<Part> parts, Variables variables) {
    this.parts = parts;
    this.variables = variables;
    this.hasUniqueNames = hasUniqueNames();
  }

  private boolean hasUniqueNames() {
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Placeholder placeholder
          && placeholder.isCapturing()
          && !names.add(placeholder.name())) {
        return false;
      }
    }
    return true;
  }

  private static final class BudgetExceededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BudgetExceededException() {
      super(null, null, false, false);
    }
  }

  /** Tries to fit the pattern to the bytes before an end; PENDING if later bytes may help. */
  State match(InputBuffer buffer, int limit) {
    input = buffer;
    endOffset = limit;
    captures = new HashMap<>();
    bindings.clear();
    visited.clear();
    inputExhausted = false;
    furthestOffset = 0;
    furthestPart = -1;
    furthestSame = 0;
    try {
      if (fits(0, 0)) {
        return State.MATCHED;
      }
      return inputExhausted && !input.isDatagram() ? State.PENDING : State.FAILED;
    } catch (BudgetExceededException | StackOverflowError e) {
      overBudget = true;
      reason = "it takes more than " + MAX_STEPS + " steps to match; it is too complicated";
      furthestOffset = 0;
      return State.FAILED;
    }
  }

  Map<String, Bytes> captures() {
    return captures;
  }

  int matchEndOffset() {
    return matchEndOffset;
  }

  int furthestOffset() {
    return furthestOffset;
  }

  String reason() {
    return reason;
  }

  boolean isOverBudget() {
    return overBudget;
  }

  private boolean fits(int firstPart, int start) {
    int offset = start;
    for (int i = firstPart; i < parts.size(); i++) {
      Part part = parts.get(i);
      Bytes fixed = fixed(part);
      if (fixed != null) {
        if (!matchesAt(i, fixed, offset)) {
          return false;
        }
        offset += fixed.size();
      } else if (part.isElastic()) {
        return elastic(i, (Part.Placeholder) part, offset);
      } else {
        int length = length(part);
        if (length > endOffset - offset) {
          inputExhausted = true;
          return false;
        }
        bind((Part.Placeholder) part, offset, offset + length);
        offset += length;
      }
    }
    if (input.isDatagram() && offset < endOffset) {
      noteFurthest(parts.size(), 0, offset);
      return false;
    }
    matchEndOffset = offset;
    return true;
  }

  /** Returns how many bytes a part of a pattern takes that is neither fixed nor elastic. */
  static int length(Part part) {
    if (part instanceof Part.Placeholder placeholder
        && placeholder.constraint() instanceof Part.Count count) {
      return count.bytes();
    }
    throw new IllegalArgumentException(part + " has no length of its own");
  }

  /** Returns the bytes that a part stands for: also those of a name that has a value by now. */
  private @Nullable Bytes fixed(Part part) {
    Bytes bytes = variables.bytes(part);
    return bytes == null && part instanceof Part.Placeholder placeholder
        ? captures.get(placeholder.name())
        : bytes;
  }

  private void bind(Part.Placeholder placeholder, int offset, int end) {
    if (placeholder.isCapturing()) {
      captures.put(placeholder.name(), input.copy(offset, end));
      bindings.push(placeholder.name());
    }
  }

  private void unbind(int size) {
    while (bindings.size() > size) {
      captures.remove(bindings.pop());
    }
  }

  private boolean matchesAt(int index, Bytes wanted, int offset) {
    int same = Math.min(input.matchLength(wanted, 0, offset), endOffset - offset);
    charge(same + 1);
    if (same == wanted.size()) {
      return true;
    }
    inputExhausted |= offset + same == endOffset;
    noteFurthest(index, same, offset + same);
    return false;
  }

  private boolean elastic(int index, Part.Placeholder placeholder, int offset) {
    Part.Constraint constraint = placeholder.constraint();
    int maxEnd = offset;
    while (maxEnd < endOffset && input.at(maxEnd) != '\n') {
      maxEnd++;
    }
    charge(maxEnd - offset + 1);
    inputExhausted |= maxEnd == endOffset;
    int minEnd = constraint instanceof Part.Regex ? offset : offset + 1;
    for (int candidateEnd = minEnd; candidateEnd <= maxEnd; candidateEnd++) {
      if (nextMatches(index, candidateEnd) && accepts(index, constraint, offset, candidateEnd)) {
        int bindingCount = bindings.size();
        bind(placeholder, offset, candidateEnd);
        if (remainderFits(index + 1, candidateEnd)) {
          return true;
        }
        unbind(bindingCount);
      }
    }
    return false;
  }

  /** Each state is tried once only, unless a name must stand for what it took earlier. */
  private boolean remainderFits(int index, int offset) {
    long state = (long) index << 32 | offset;
    if (hasUniqueNames && visited.contains(state)) {
      return false;
    }
    if (fits(index, offset)) {
      return true;
    }
    visited.add(state);
    return false;
  }

  /** Whether what follows fits here; only a datagram can end with a placeholder. */
  private boolean nextMatches(int index, int offset) {
    if (index + 1 == parts.size()) {
      return true;
    }
    Bytes next = fixed(parts.get(index + 1));
    return next != null && matchesAt(index + 1, next, offset);
  }

  private boolean accepts(int index, Part.Constraint constraint, int offset, int end) {
    if (!(constraint instanceof Part.Regex regex)) {
      return true;
    }
    boolean isMatch = regex.pattern().matcher(new CountingText(text(offset, end))).matches();
    if (!isMatch) {
      noteFurthest(index, 0, offset);
    }
    return isMatch;
  }

  private String text(int offset, int end) {
    byte[] bytes = input.copy(offset, end).toArray();
    charge(bytes.length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** The furthest mismatch is in the latest part, and there the one with the most equal bytes. */
  private void noteFurthest(int index, int same, int offset) {
    if (index > furthestPart || (index == furthestPart && same > furthestSame)) {
      furthestPart = index;
      furthestSame = same;
      furthestOffset = offset;
    }
  }

  private void charge(int work) {
    stepCount += work;
    if (stepCount > MAX_STEPS) {
      throw new BudgetExceededException();
    }
  }

  /** A text that counts each read, because a regular expression may backtrack without end. */
  private final class CountingText implements CharSequence {
    private final CharSequence text;

    CountingText(CharSequence text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      charge(1);
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
