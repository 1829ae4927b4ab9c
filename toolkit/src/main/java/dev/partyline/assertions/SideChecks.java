package dev.partyline.assertions;

import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Checks on what one side of a conversation had sent at one moment. */
final class SideChecks {
  private static final Bytes CRLF = Bytes.utf8("\r\n");

  private final Conversation conversation;
  private final Side side;
  private final Redaction redaction;
  private final SideStream stream;
  private final Secrets secrets;

  SideChecks(Conversation conversation, Side side, Redaction redaction) {
    this.conversation = conversation;
    this.side = side;
    this.redaction = redaction;
    this.stream = new SideStream(conversation, side);
    this.secrets = new Secrets(conversation, redaction);
  }

  CheckResult contains(BytePosition position) {
    Bytes wanted = position.wanted();
    return result(
        position.isIn(conversation, side),
        stream.mayGrow(),
        "the " + side + " did not send this",
        failure -> addClosest(failure, wanted, () -> ClosestMatch.find(wanted, stream.bytes(), 0)));
  }

  CheckResult line(LinePosition position) {
    Bytes wanted = position.wanted();
    return result(
        position.isIn(conversation, side),
        stream.mayGrow(),
        "the " + side + " did not send this line",
        failure -> {
          if (!stream.isReadable()) {
            return failure.row("expected", secrets.apply(wanted).masked());
          }
          ClosestMatch closest = ClosestMatch.findLine(wanted, stream.bytes());
          boolean lacksLineEnd =
              closest.commonLength() == wanted.size()
                  && closest.endOffset() == stream.bytes().size();
          return failure.closestMatch(
              secrets.apply(lacksLineEnd ? wanted.plus(CRLF) : wanted),
              secrets.stream(stream),
              closest,
              stream.name());
        });
  }

  CheckResult exactly(Bytes wanted) {
    if (!conversation.transport().isStream()) {
      return exactDatagram(wanted);
    }
    // If there is more than was wanted, it need not be read.
    boolean fits = stream.byteCount() <= wanted.size() && stream.gaps().isEmpty();
    boolean isPrefix = fits && wanted.startsWith(stream.bytes());
    return result(
        isPrefix && stream.byteCount() == wanted.size(),
        isPrefix && stream.mayGrow(),
        "the " + side + " did not send exactly this",
        failure ->
            stream.isReadable()
                ? failure.difference("received", difference(wanted, 0, stream.bytes().size()))
                : failure.expectedAndReceived(
                    Quantity.of(wanted.size(), "byte"), Quantity.of(stream.byteCount(), "byte")));
  }

  private CheckResult exactDatagram(Bytes wanted) {
    List<Bytes> datagrams = Datagrams.of(conversation, side);
    return result(
        datagrams.equals(List.of(wanted)) && stream.gaps().isEmpty(),
        datagrams.isEmpty() && stream.mayGrow(),
        "the " + side + " did not send exactly this",
        failure ->
            datagrams.size() == 1 && stream.isReadable()
                ? failure.difference("received", difference(wanted, 0, stream.bytes().size()))
                : failure.expectedAndReceived(
                    secrets.apply(wanted).masked() + ", as one datagram",
                    Quantity.of(datagrams.size(), "datagram")));
  }

  /** Checks how many datagrams were sent; those that were not kept cannot be counted. */
  CheckResult datagrams(int count) {
    boolean isStream = conversation.transport().isStream();
    int actual = isStream ? 0 : Datagrams.of(conversation, side).size();
    boolean isKnown = !isStream && stream.gaps().isEmpty();
    return result(
        isKnown && actual == count,
        isKnown && actual < count && stream.mayGrow(),
        "the count of datagrams differs",
        failure ->
            failure.expectedAndReceived(
                Quantity.of(count, "datagram"),
                isStream ? "a stream, which has no datagrams" : Quantity.of(actual, "datagram")));
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
                + ", which ends before byte "
                + endOffset;
    return result(
        false,
        stream.mayGrow(),
        problem,
        failure -> {
          addClosest(
              failure, wanted, () -> ClosestMatch.find(wanted, stream.bytes(), (int) endOffset));
          long earlierOffset = conversation.indexOf(side, wanted, 0);
          return earlierOffset < 0 ? failure : failure.row("elsewhere", "at byte " + earlierOffset);
        });
  }

  /** Checks that the side sent something, and that the peer had sent something else before. */
  CheckResult onlyAfter(BytePosition position, BytePosition causePosition) {
    long offset = position.find(conversation, side);
    long causeOffset = causePosition.find(conversation, side.peer());
    boolean isUnsure = offset >= 0 && hasGap(side, offset);
    boolean isAfter =
        offset >= 0
            && causeOffset >= 0
            && position.globalOffset() > causePosition.lastGlobalOffset();
    boolean isKnown = isAfter || !hasGap(side.peer(), causeOffset);
    boolean bothSent = offset >= 0 && causeOffset >= 0;
    return result(
        isAfter && !isUnsure,
        offset < 0 && stream.mayGrow(),
        orderProblem(offset, isAfter, causeOffset, isKnown),
        failure ->
            failure
                .row(
                    "this",
                    secrets.apply(position.wanted()).masked()
                        + location(offset, position, side, bothSent))
                .row(
                    "after",
                    secrets.apply(causePosition.wanted()).masked()
                        + location(causeOffset, causePosition, side.peer(), bothSent)));
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
        ? "the " + side + " sent this, and the " + peer + " never sent what has to come first"
        : "the " + side + " sent this before the " + peer + " had sent that";
  }

  /** Whether any byte before an offset was not kept, or any byte at all if the offset is -1. */
  private boolean hasGap(Side sender, long endOffset) {
    return conversation.gaps().stream()
        .anyMatch(gap -> gap.side() == sender && (endOffset < 0 || gap.offset() < endOffset));
  }

  /** Returns where a text stands; among the bytes of both sides if there is a second to compare. */
  private static String location(
      long offset, BytePosition position, Side sender, boolean bothSent) {
    if (offset < 0) {
      return ", which the " + sender + " did not send";
    }
    String location = ", at byte " + offset + " of what the " + sender + " sent";
    return bothSent
        ? location + ", byte " + position.globalOffset() + " of what both sent"
        : location;
  }

  private FailureMessage addClosest(
      FailureMessage failure, Bytes wanted, Supplier<ClosestMatch> closest) {
    return stream.isReadable()
        ? failure.closestMatch(
            secrets.apply(wanted), secrets.stream(stream), closest.get(), stream.name())
        : failure.row("expected", secrets.apply(wanted).masked());
  }

  CheckResult atMost(long limit) {
    return result(
        stream.byteCount() <= limit,
        false,
        limit == 0
            ? "the " + side + " sent something"
            : "the " + side + " sent more than " + Quantity.of(limit, "byte"),
        failure ->
            failure
                .expectedAndReceived(
                    limit == 0 ? "nothing" : Quantity.of(limit, "byte") + " at most",
                    Quantity.of(stream.byteCount(), "byte"))
                .row("too much", excess(limit)));
  }

  /** Checks that nothing was sent from an offset on; holds once nothing more can come. */
  CheckResult nothingAfter(long startOffset, Duration time) {
    boolean hasMore = stream.byteCount() > startOffset;
    return result(
        !hasMore && !stream.mayGrow(),
        !hasMore,
        (hasMore ? "the " + side + " sent more within " : "the " + side + " was not watched for ")
            + DurationText.words(time),
        failure ->
            failure
                .expectedAndReceived(
                    "nothing more", hasMore ? excess(startOffset) : "nothing so far")
                .row("", "from byte " + startOffset + stream.name()));
  }

  CheckResult sentFin() {
    boolean fin = conversation.endEvent(side).orElse(null) instanceof Event.Fin;
    return result(
        fin,
        stream.mayGrow(),
        "the " + side + " did not send a FIN",
        failure -> failure.row("expected", "a FIN"));
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
    return Difference.of(
        secrets.apply(wanted), secrets.stream(stream), offset, endOffset, stream.name());
  }

  private String excess(long startOffset) {
    return stream.isReadable()
        ? secrets.stream(stream).masked().slice((int) startOffset, stream.bytes().size()).toString()
        : Quantity.of(stream.byteCount() - startOffset, "byte");
  }
}
