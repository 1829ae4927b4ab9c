package dev.partyline.assertions;

import dev.partyline.script.Redaction;
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
  private static final long MOST = 64L << 20;

  private final Conversation conversation;
  private final Side side;
  private final Redaction redaction;
  private @Nullable Bytes read;

  SideChecks(Conversation conversation, Side side, Redaction redaction) {
    this.conversation = conversation;
    this.side = side;
    this.redaction = redaction;
  }

  CheckResult contains(BytePosition spot) {
    Bytes wanted = spot.wanted();
    return look(
        spot.isIn(conversation, side),
        mayGrow(),
        "the " + side + " did not send this",
        facts -> near(facts, wanted, () -> ClosestMatch.run(wanted, bytes(), 0)));
  }

  CheckResult line(LinePosition spot) {
    Bytes wanted = spot.wanted();
    return look(
        spot.isIn(conversation, side),
        mayGrow(),
        "the " + side + " did not send this line",
        facts -> {
          if (!isReadable()) {
            return facts.row("expected", redaction.apply(wanted));
          }
          ClosestMatch nearest = ClosestMatch.line(wanted, bytes());
          boolean endless = nearest.common() == wanted.size() && nearest.to() == bytes().size();
          return facts.nearest(endless ? wanted.plus(CRLF) : wanted, bytes(), nearest, whose());
        });
  }

  CheckResult exactly(Bytes wanted) {
    // More than was wanted need not be read to be told from it.
    boolean fits = count() <= wanted.size() && gaps().isEmpty();
    boolean begins = fits && wanted.startsWith(bytes());
    return look(
        begins && count() == wanted.size(),
        begins && mayGrow(),
        "the " + side + " did not send exactly this",
        facts ->
            isReadable()
                ? facts.parting("received", parting(wanted, 0, bytes().size()))
                : facts.expectedAndReceived(
                    FailureMessage.words(wanted.size(), "byte"),
                    FailureMessage.words(count(), "byte")));
  }

  CheckResult inOrder(SequencePosition order) {
    if (order.isIn(conversation, side)) {
      return CheckResult.held();
    }
    return missing(order.wanted(), order.reached() + 1, order.size(), order.place());
  }

  private CheckResult missing(Bytes wanted, int item, int items, long reached) {
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
                + reached;
    return look(
        false,
        mayGrow(),
        problem,
        facts -> {
          near(facts, wanted, () -> ClosestMatch.run(wanted, bytes(), (int) reached));
          long early = conversation.indexOf(side, wanted, 0);
          return early < 0 ? facts : facts.row("elsewhere", "at byte " + early);
        });
  }

  /** Looks whether something was said, and the peer had said something else before. */
  CheckResult onlyAfter(BytePosition said, BytePosition heard) {
    long at = said.in(conversation, side);
    long cause = heard.in(conversation, side.peer());
    boolean unsure = at >= 0 && hasGap(side, at);
    boolean after = at >= 0 && cause >= 0 && said.first() > heard.last();
    boolean known = after || !hasGap(side.peer(), cause);
    return look(
        after && !unsure,
        at < 0 && mayGrow(),
        order(at, after, cause, known),
        facts ->
            facts
                .row("this", redaction.apply(said.wanted()) + where(at, said, side))
                .row("after", redaction.apply(heard.wanted()) + where(cause, heard, side.peer())));
  }

  private String order(long at, boolean after, long cause, boolean known) {
    Side peer = side.peer();
    if (at < 0) {
      return "the " + side + " did not send this";
    }
    if (after) {
      return "the " + side + " may have sent this earlier, too";
    }
    if (!known) {
      return "the " + peer + " may have sent that earlier, which was not kept";
    }
    return cause < 0
        ? "the " + side + " sent this, and the " + peer + " never what it waits for"
        : "the " + side + " sent this before the " + peer + " had sent that";
  }

  /** Whether something ahead of a place, or anywhere if that is not known, was not kept. */
  private boolean hasGap(Side of, long ahead) {
    return conversation.gaps().stream()
        .anyMatch(gap -> gap.side() == of && (ahead < 0 || gap.offset() < ahead));
  }

  private static String where(long at, BytePosition spot, Side of) {
    return at < 0
        ? ", which the " + of + " did not send"
        : ", at byte " + at + " of what the " + of + " sent, " + spot.first() + " of all";
  }

  private FailureMessage near(FailureMessage facts, Bytes wanted, Supplier<ClosestMatch> nearest) {
    return isReadable()
        ? facts.nearest(wanted, bytes(), nearest.get(), whose())
        : facts.row("expected", redaction.apply(wanted));
  }

  CheckResult atMost(long limit) {
    return look(
        count() <= limit,
        false,
        limit == 0
            ? "the " + side + " sent something"
            : "the " + side + " sent more than " + FailureMessage.words(limit, "byte"),
        facts ->
            facts
                .expectedAndReceived(
                    limit == 0 ? "nothing" : FailureMessage.words(limit, "byte") + " at most",
                    FailureMessage.words(count(), "byte"))
                .row("too much", excess(limit)));
  }

  /** Looks whether more was said than at a moment before; holds once there cannot be more. */
  CheckResult nothingAfter(long before, Duration time) {
    boolean more = count() > before;
    return look(
        !more && !mayGrow(),
        !more,
        (more ? "the " + side + " sent more within " : "the " + side + " was not watched for ")
            + FailureMessage.words(time),
        facts ->
            facts
                .expectedAndReceived("nothing more", more ? excess(before) : "nothing so far")
                .row("", "from byte " + before + whose()));
  }

  CheckResult finished() {
    boolean fin = conversation.endedBy(side).orElse(null) instanceof Event.Finished;
    return look(
        fin, mayGrow(), "the " + side + " did not finish", facts -> facts.row("expected", "a FIN"));
  }

  /** Whether a failure can show where in all the bytes something stands, and soon. */
  private boolean isReadable() {
    return count() <= MOST && gaps().isEmpty();
  }

  private List<Gap> gaps() {
    return conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
  }

  /** The bytes are read when they are asked for: there can be many, and a count may do. */
  private Bytes bytes() {
    Bytes bytes = read;
    if (bytes == null) {
      bytes = conversation.sentBy(side);
      read = bytes;
    }
    return bytes;
  }

  private long count() {
    return conversation.count(side);
  }

  private boolean mayGrow() {
    return conversation.isOpen() && conversation.endedBy(side).isEmpty();
  }

  private CheckResult look(
      boolean holds, boolean mayYet, String problem, UnaryOperator<FailureMessage> more) {
    return CheckResult.of(
        holds,
        mayYet,
        () ->
            more.apply(FailureMessage.of(problem, redaction))
                .dropped(conversation)
                .state(conversation, side)
                .conversation(conversation));
  }

  private Difference parting(Bytes wanted, int from, int to) {
    return Difference.of(wanted, bytes(), from, to, whose(), redaction);
  }

  private String whose() {
    return " of what the " + side + " sent";
  }

  private String excess(long from) {
    return isReadable()
        ? redaction.apply(bytes()).slice((int) from, bytes().size()).toString()
        : FailureMessage.words(count() - from, "byte");
  }
}
