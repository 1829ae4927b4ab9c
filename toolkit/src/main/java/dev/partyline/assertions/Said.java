package dev.partyline.assertions;

import dev.partyline.script.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one side of a conversation had said at one moment, and what can be asked about it. */
final class Said {
  private static final Bytes CRLF = Bytes.utf8("\r\n");

  private final Conversation conversation;
  private final Side side;
  private final Redaction redaction;
  private @Nullable Bytes read;

  Said(Conversation conversation, Side side, Redaction redaction) {
    this.conversation = conversation;
    this.side = side;
    this.redaction = redaction;
  }

  Look contains(Bytes wanted) {
    return look(
        bytes().indexOf(wanted, 0) >= 0,
        mayGrow(),
        "the " + side + " did not send this",
        facts -> facts.nearest(wanted, bytes(), Nearest.run(wanted, bytes(), 0), whose()));
  }

  Look line(Bytes wanted) {
    return look(
        Nearest.hasLine(wanted, bytes()),
        mayGrow(),
        "the " + side + " did not send this line",
        facts -> {
          Nearest nearest = Nearest.line(wanted, bytes());
          boolean endless = nearest.common() == wanted.size() && nearest.to() == bytes().size();
          return facts.nearest(endless ? wanted.plus(CRLF) : wanted, bytes(), nearest, whose());
        });
  }

  Look exactly(Bytes wanted) {
    return look(
        bytes().equals(wanted),
        wanted.startsWith(bytes()) && mayGrow(),
        "the " + side + " did not send exactly this",
        facts -> facts.parting("received", parting(wanted, 0, bytes().size())));
  }

  Look inOrder(List<Bytes> wanted) {
    int reached = 0;
    for (int i = 0; i < wanted.size(); i++) {
      int at = bytes().indexOf(wanted.get(i), reached);
      if (at < 0) {
        return missing(wanted.get(i), i + 1, wanted.size(), reached);
      }
      reached = at + wanted.get(i).size();
    }
    return Look.held();
  }

  private Look missing(Bytes wanted, int item, int items, int reached) {
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
          facts.nearest(wanted, bytes(), Nearest.run(wanted, bytes(), reached), whose());
          int early = bytes().indexOf(wanted, 0);
          return early < 0 ? facts : facts.row("elsewhere", "at byte " + early);
        });
  }

  Look atMost(int limit) {
    return look(
        count() <= limit,
        false,
        limit == 0
            ? "the " + side + " sent something"
            : "the " + side + " sent more than " + Facts.words(limit, "byte"),
        facts ->
            facts
                .expectedAndReceived(
                    limit == 0 ? "nothing" : Facts.words(limit, "byte") + " at most",
                    Facts.words(count(), "byte"))
                .row("too much", excess(limit)));
  }

  /** Looks whether more was said than at a moment before; holds once there cannot be more. */
  Look nothingAfter(int before, Duration time) {
    boolean more = count() > before;
    return look(
        !more && !mayGrow(),
        !more,
        (more ? "the " + side + " sent more within " : "the " + side + " was not watched for ")
            + Facts.words(time),
        facts ->
            facts
                .expectedAndReceived("nothing more", more ? excess(before) : "nothing so far")
                .row("", "from byte " + before + whose()));
  }

  Look finished() {
    boolean fin =
        conversation.events().stream()
            .anyMatch(event -> event instanceof Event.Finished && event.side() == side);
    return look(
        fin, mayGrow(), "the " + side + " did not finish", facts -> facts.row("expected", "a FIN"));
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

  private Look look(boolean holds, boolean mayYet, String problem, UnaryOperator<Facts> more) {
    return Look.of(
        holds,
        mayYet,
        () ->
            more.apply(Facts.of(problem, redaction))
                .state(conversation, side)
                .conversation(conversation));
  }

  private Parting parting(Bytes wanted, int from, int to) {
    return Parting.of(wanted, bytes(), from, to, whose(), redaction);
  }

  private String whose() {
    return " of what the " + side + " sent";
  }

  private String excess(int from) {
    return redaction.apply(bytes()).slice(from, bytes().size()).toString();
  }
}
