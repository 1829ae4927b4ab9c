package dev.partyline.assertions;

import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one side of a conversation had said at one moment, and what can be asked about it. */
final class SideChecks {
  private static final Bytes CRLF = Bytes.utf8("\r\n");
  private static final long MAX_READABLE_BYTES = 64L << 20;

  private final Conversation conversation;
  private final Side side;
  private final Redaction redaction;
  private @Nullable Bytes streamBytes;

  SideChecks(Conversation conversation, Side side, Redaction redaction) {
    this.conversation = conversation;
    this.side = side;
    this.redaction = redaction;
  }

  CheckResult contains(BytePosition position) {
    Bytes wanted = position.wanted();
    return result(
        position.isIn(conversation, side),
        mayGrow(),
        "the " + side + " did not send this",
        failure -> addClosest(failure, wanted, () -> ClosestMatch.find(wanted, bytes(), 0)));
  }

  CheckResult line(LinePosition position) {
    Bytes wanted = position.wanted();
    return result(
        position.isIn(conversation, side),
        mayGrow(),
        "the " + side + " did not send this line",
        failure -> {
          if (!isReadable()) {
            return failure.row("expected", redaction.apply(wanted));
          }
          ClosestMatch closest = ClosestMatch.findLine(wanted, bytes());
          boolean lacksLineEnd =
              closest.commonLength() == wanted.size() && closest.endOffset() == bytes().size();
          return failure.closestMatch(
              lacksLineEnd ? wanted.plus(CRLF) : wanted, bytes(), closest, streamName());
        });
  }

  CheckResult exactly(Bytes wanted) {
    // More than was wanted need not be read to be told from it.
    boolean fits = byteCount() <= wanted.size() && gaps().isEmpty();
    boolean isPrefix = fits && wanted.startsWith(bytes());
    return result(
        isPrefix && byteCount() == wanted.size(),
        isPrefix && mayGrow(),
        "the " + side + " did not send exactly this",
        failure ->
            isReadable()
                ? failure.difference("received", difference(wanted, 0, bytes().size()))
                : failure.expectedAndReceived(
                    Quantity.of(wanted.size(), "byte"), Quantity.of(byteCount(), "byte")));
  }

  CheckResult inOrder(SequencePosition sequence) {
    if (sequence.isIn(conversation, side)) {
      return CheckResult.pass();
    }
    return missingItem(
        sequence.wanted(), sequence.foundCount() + 1, sequence.size(), sequence.endOffset());
  }

  private CheckResult missingItem(Bytes wanted, int item, int items, long endOffset) {
    String problem =
        item == 1
            ? "the " + side + " did not send the first of these " + items
            : "the "
                + side
                + " did not send number "
                + item
                + " of these "
                + items
                + " after number "
                + (item - 1)
                + ", which ends ahead of byte "
                + endOffset;
    return result(
        false,
        mayGrow(),
        problem,
        failure -> {
          addClosest(failure, wanted, () -> ClosestMatch.find(wanted, bytes(), (int) endOffset));
          long earlierOffset = conversation.indexOf(side, wanted, 0);
          return earlierOffset < 0 ? failure : failure.row("elsewhere", "at byte " + earlierOffset);
        });
  }

  /** Looks whether something was said, and the peer had said something else before. */
  CheckResult onlyAfter(BytePosition position, BytePosition causePosition) {
    long offset = position.find(conversation, side);
    long causeOffset = causePosition.find(conversation, side.peer());
    boolean isUnsure = offset >= 0 && hasGap(side, offset);
    boolean isAfter =
        offset >= 0
            && causeOffset >= 0
            && position.globalOffset() > causePosition.lastGlobalOffset();
    boolean isKnown = isAfter || !hasGap(side.peer(), causeOffset);
    return result(
        isAfter && !isUnsure,
        offset < 0 && mayGrow(),
        orderProblem(offset, isAfter, causeOffset, isKnown),
        failure ->
            failure
                .row("this", redaction.apply(position.wanted()) + location(offset, position, side))
                .row(
                    "after",
                    redaction.apply(causePosition.wanted())
                        + location(causeOffset, causePosition, side.peer())));
  }

  private String orderProblem(long offset, boolean isAfter, long causeOffset, boolean isKnown) {
    Side peer = side.peer();
    if (offset < 0) {
      return "the " + side + " did not send this";
    }
    if (isAfter) {
      return "the " + side + " may have sent this earlier, too";
    }
    if (!isKnown) {
      return "the " + peer + " may have sent that earlier, which was not kept";
    }
    return causeOffset < 0
        ? "the " + side + " sent this, and the " + peer + " never what it waits for"
        : "the " + side + " sent this before the " + peer + " had sent that";
  }

  /** Whether something ahead of a place, or anywhere if that is not known, was not kept. */
  private boolean hasGap(Side sender, long endOffset) {
    return conversation.gaps().stream()
        .anyMatch(gap -> gap.side() == sender && (endOffset < 0 || gap.offset() < endOffset));
  }

  private static String location(long offset, BytePosition position, Side sender) {
    return offset < 0
        ? ", which the " + sender + " did not send"
        : ", at byte "
            + offset
            + " of what the "
            + sender
            + " sent, "
            + position.globalOffset()
            + " of all";
  }

  private FailureMessage addClosest(
      FailureMessage failure, Bytes wanted, Supplier<ClosestMatch> closest) {
    return isReadable()
        ? failure.closestMatch(wanted, bytes(), closest.get(), streamName())
        : failure.row("expected", redaction.apply(wanted));
  }

  CheckResult atMost(long limit) {
    return result(
        byteCount() <= limit,
        false,
        limit == 0
            ? "the " + side + " sent something"
            : "the " + side + " sent more than " + Quantity.of(limit, "byte"),
        failure ->
            failure
                .expectedAndReceived(
                    limit == 0 ? "nothing" : Quantity.of(limit, "byte") + " at most",
                    Quantity.of(byteCount(), "byte"))
                .row("too much", excess(limit)));
  }

  /** Looks whether more was said than at a moment before; holds once there cannot be more. */
  CheckResult nothingAfter(long startOffset, Duration time) {
    boolean hasMore = byteCount() > startOffset;
    return result(
        !hasMore && !mayGrow(),
        !hasMore,
        (hasMore ? "the " + side + " sent more within " : "the " + side + " was not watched for ")
            + DurationText.words(time),
        failure ->
            failure
                .expectedAndReceived(
                    "nothing more", hasMore ? excess(startOffset) : "nothing so far")
                .row("", "from byte " + startOffset + streamName()));
  }

  CheckResult sentFin() {
    boolean fin = conversation.endEvent(side).orElse(null) instanceof Event.Fin;
    return result(
        fin,
        mayGrow(),
        "the " + side + " did not finish",
        failure -> failure.row("expected", "a FIN"));
  }

  /** Whether a failure can show where in all the bytes something stands, and soon. */
  private boolean isReadable() {
    return byteCount() <= MAX_READABLE_BYTES && gaps().isEmpty();
  }

  private List<Gap> gaps() {
    return conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
  }

  /** The bytes are read when they are asked for: there can be many, and a count may do. */
  private Bytes bytes() {
    Bytes bytes = streamBytes;
    if (bytes == null) {
      bytes = conversation.bytes(side);
      streamBytes = bytes;
    }
    return bytes;
  }

  private long byteCount() {
    return conversation.byteCount(side);
  }

  private boolean mayGrow() {
    return conversation.isOpen() && conversation.endEvent(side).isEmpty();
  }

  private CheckResult result(
      boolean holds, boolean mayHoldLater, String problem, UnaryOperator<FailureMessage> details) {
    return CheckResult.of(
        holds,
        mayHoldLater,
        () ->
            details
                .apply(FailureMessage.of(problem, redaction))
                .droppedBytes(conversation)
                .state(conversation, side)
                .conversation(conversation));
  }

  private Difference difference(Bytes wanted, int offset, int endOffset) {
    return Difference.of(wanted, bytes(), offset, endOffset, streamName(), redaction);
  }

  private String streamName() {
    return " of what the " + side + " sent";
  }

  private String excess(long startOffset) {
    return isReadable()
        ? redaction.apply(bytes()).slice((int) startOffset, bytes().size()).toString()
        : Quantity.of(byteCount() - startOffset, "byte");
  }
}
