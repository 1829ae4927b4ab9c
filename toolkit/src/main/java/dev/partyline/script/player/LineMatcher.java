package dev.partyline.script.player;

import dev.partyline.script.LineEnd;
import dev.partyline.script.Part;
import dev.partyline.script.player.Expectation.State;
import dev.partyline.wire.Bytes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to match an expectation with the bytes at the front of an input.
 *
 * <p>The fixed bytes before the first placeholder without a length are checked one by one as they
 * come, the rest whenever a line end or the last fixed bytes of the pattern have come. The outcome
 * depends on the bytes alone, not on how they were split.
 */
final class LineMatcher {
  private static final String BARE_LF =
      "the line ends in LF alone, CR and LF were expected ('eol lf' expects LF)";
  private static final int MAX_LINE_BYTES = 64 * 1024;

  private final List<Part> parts;
  private final Variables variables;
  private final int elasticIndex;
  private @Nullable BacktrackingMatcher backtracker;
  private Map<String, Bytes> captures = Map.of();
  private State result = State.PENDING;
  private int partIndex;
  private int partOffset;
  private int position;

  /** Where the part of the line begins that is matched once it is whole. */
  private int elasticStart = -1;

  private int consumedPrefix;
  private int difference;
  private String reason = "";

  LineMatcher(List<Part> parts, Variables variables) {
    this.parts = parts;
    this.variables = variables;
    this.elasticIndex = firstElastic();
  }

  private int firstElastic() {
    for (int i = 0; i < parts.size(); i++) {
      if (isElastic(parts.get(i)) || isNamedEarlier(i)) {
        return i;
      }
    }
    return parts.size();
  }

  private boolean isElastic(Part part) {
    return part.isElastic() && variables.bytes(part) == null;
  }

  /** Whether a part stands for what an earlier part of this pattern takes, however long it is. */
  private boolean isNamedEarlier(int index) {
    if (!(parts.get(index) instanceof Part.Placeholder placeholder)
        || !placeholder.isCapturing()
        || variables.get(placeholder.name()) != null) {
      return false;
    }
    for (int i = 0; i < index; i++) {
      if (parts.get(i) instanceof Part.Placeholder earlier
          && earlier.name().equals(placeholder.name())) {
        return true;
      }
    }
    return false;
  }

  /** Looks at what has come since the last time. */
  State match(InputBuffer input) {
    if (result != State.PENDING || (input.isDatagram() && input.isEmpty())) {
      return result;
    }
    while (result == State.PENDING
        && partIndex < elasticIndex
        && (position < input.size() || isEmptyPart())) {
      matchPart(input);
    }
    if (result == State.PENDING && partIndex == elasticIndex) {
      matchElastic(input);
    }
    if (result == State.PENDING && input.isDatagram()) {
      fail(input.size(), "the datagram ends too early");
    } else if (result == State.MATCHED && input.isDatagram() && position < input.size()) {
      fail(position, "the datagram goes on");
    }
    return result;
  }

  /** Whether the current part is a name whose value is empty, which needs no byte. */
  private boolean isEmptyPart() {
    Bytes fixed = variables.bytes(parts.get(partIndex));
    return fixed != null && fixed.isEmpty();
  }

  private void matchPart(InputBuffer input) {
    Part part = parts.get(partIndex);
    Bytes fixed = variables.bytes(part);
    int length = fixed == null ? BacktrackingMatcher.length(part) : fixed.size();
    if (fixed != null) {
      int same = input.matchLength(fixed, partOffset, position);
      position += same;
      partOffset += same;
      if (partOffset < length && position < input.size()) {
        boolean isBareLf = fixed.byteAt(partOffset) == '\r' && input.at(position) == '\n';
        fail(position, isBareLf ? BARE_LF : "");
        return;
      }
    } else {
      int step = Math.min(length - partOffset, input.size() - position);
      position += step;
      partOffset += step;
    }
    if (partOffset == length) {
      partIndex++;
      partOffset = 0;
    }
  }

  /** Matches what follows the parts of fixed length, whenever it may be whole. */
  private void matchElastic(InputBuffer input) {
    if (elasticIndex == parts.size()) {
      complete(input, position);
      return;
    }
    if (input.isDatagram()) {
      complete(input, input.size());
      return;
    }
    elasticStart = elasticStart < 0 ? position : elasticStart;
    while (result == State.PENDING && position < input.size()) {
      byte value = input.at(position++);
      if (value == '\n' || mayEndHere(input)) {
        complete(input, position);
      }
      if (result == State.PENDING && position - elasticStart > MAX_LINE_BYTES) {
        fail(position, "the line is longer than 64 KiB");
      }
    }
  }

  /** Whether the bytes before this place can be the last of the pattern. */
  private boolean mayEndHere(InputBuffer input) {
    int tailLength = 0;
    for (int i = parts.size() - 1; i > elasticIndex; i--) {
      Part part = parts.get(i);
      Bytes fixed = variables.bytes(part);
      if (fixed != null && !fixed.isEmpty()) {
        int offset = position - tailLength - fixed.size();
        return offset >= 0 && input.matchLength(fixed, 0, offset) == fixed.size();
      }
      if (fixed == null && (isElastic(part) || isNamedEarlier(i))) {
        return true;
      }
      tailLength += fixed == null ? BacktrackingMatcher.length(part) : 0;
      if (tailLength >= position) {
        return false;
      }
    }
    // What a name has taken in this very pattern may end anywhere.
    return true;
  }

  private void complete(InputBuffer input, int endOffset) {
    if (elasticIndex == parts.size() && capturesNothing()) {
      result = State.MATCHED;
      return;
    }
    // One matcher for all the places where the pattern may end, because they share one budget.
    BacktrackingMatcher current =
        backtracker == null ? new BacktrackingMatcher(parts, variables) : backtracker;
    backtracker = current;
    State outcome = current.match(input, endOffset);
    if (outcome == State.MATCHED) {
      captures = current.captures();
      position = current.matchEndOffset();
      result = State.MATCHED;
    } else if (outcome == State.FAILED) {
      boolean isBareLf = endsInBareLf(input, endOffset - 1) && current.reason().isEmpty();
      fail(
          isBareLf ? endOffset - 1 : current.furthestOffset(),
          isBareLf ? BARE_LF : current.reason());
    }
  }

  private boolean capturesNothing() {
    for (Part part : parts) {
      if (part instanceof Part.Placeholder placeholder
          && placeholder.isCapturing()
          && variables.get(placeholder.name()) == null) {
        return false;
      }
    }
    return true;
  }

  /** Whether a line ends here in LF alone, where CR and LF are expected. */
  private boolean endsInBareLf(InputBuffer input, int offset) {
    boolean isBareLf =
        offset >= 0 && input.at(offset) == '\n' && (offset == 0 || input.at(offset - 1) != '\r');
    if (!isBareLf || !(parts.get(parts.size() - 1) instanceof Part.Fixed last)) {
      return false;
    }
    int size = last.bytes().size();
    return size >= 2 && last.bytes().slice(size - 2, size).equals(LineEnd.CRLF.bytes());
  }

  private void fail(int offset, String problem) {
    result = State.FAILED;
    difference = offset;
    reason = problem;
  }

  /** Consumes the bytes that matched, and keeps what was captured. */
  void consume(InputBuffer input, Variables target) {
    target.put(captures);
    input.consume(position);
  }

  /** Consumes what has matched so far, except for what a failure would show. */
  void consumePrefix(InputBuffer input) {
    int length = position - Failure.EXCERPT_BYTES;
    if (length > Failure.EXCERPT_BYTES
        && result == State.PENDING
        && elasticIndex == parts.size()
        && !input.isDatagram()
        && capturesNothing()) {
      consumedPrefix += length;
      input.consume(length);
      position -= length;
    }
  }

  Map<String, Bytes> captures() {
    return captures;
  }

  boolean isPending() {
    return result == State.PENDING;
  }

  /** Returns how far it has come, or came before it failed. */
  int matchedLength() {
    return consumedPrefix + (result == State.FAILED ? difference : position);
  }

  /** Returns how much of what it has matched is already consumed. */
  int consumedPrefix() {
    return consumedPrefix;
  }

  /** Whether it failed because it would have taken too much work. */
  boolean isOverBudget() {
    return backtracker != null && backtracker.isOverBudget();
  }

  /** Returns why it failed if there is more to say than that a byte differs; else nothing. */
  String reason() {
    return reason;
  }
}
