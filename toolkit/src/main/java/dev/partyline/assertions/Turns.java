package dev.partyline.assertions;

import dev.partyline.script.Redaction;
import dev.partyline.view.Http1;
import dev.partyline.view.Http1Exchange;
import dev.partyline.view.Http1Message;
import dev.partyline.view.Http1Request;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was asked and answered over HTTP at one moment, in the order in which it was asked. */
final class Turns {
  /** Stands for the only message that there is. */
  static final int ONLY = 0;

  private static final int MOST_LINES = 10;

  private final List<Conversation> conversations;
  private final List<Turn> turns;
  private final boolean mayConnect;
  private final Redaction redaction;

  private Turns(
      List<Conversation> conversations, List<Turn> turns, boolean mayConnect, Redaction redaction) {
    this.conversations = conversations;
    this.turns = turns;
    this.mayConnect = mayConnect;
    this.redaction = redaction;
  }

  static Turns of(List<Conversation> conversations, boolean mayConnect, Redaction redaction) {
    List<Turn> turns = new ArrayList<>();
    for (Conversation conversation : conversations) {
      List<Http1Exchange> exchanges = Http1.of(conversation).exchanges();
      if (conversations.size() > 1) {
        turns.addAll(Turn.of(conversation, exchanges));
      } else {
        exchanges.forEach(each -> turns.add(new Turn(conversation, each, 0)));
      }
    }
    turns.sort(Comparator.comparingLong(Turn::began));
    return new Turns(conversations, turns, mayConnect, redaction);
  }

  /** Looks at a message of a side by its number; of the server at the final responses alone. */
  Look message(Side side, int number, Function<Told, Look> at) {
    List<Turn> with = turns.stream().filter(turn -> turn.message(side).isPresent()).toList();
    int place = number == ONLY ? 0 : number - 1;
    String name = side == Side.CLIENT ? "request" : "response";
    if (place >= with.size() || number == ONLY && with.size() > 1) {
      return missing(name, number, with.size());
    }
    return look(with.get(place), side, number == ONLY ? "the " + name : name + " " + number, at);
  }

  /** Looks at the final response to a request by the request's number. */
  Look response(int number, Function<Told, Look> at) {
    List<Turn> asked = requests();
    int place = number == ONLY ? 0 : number - 1;
    if (place >= asked.size() || number == ONLY && asked.size() > 1) {
      return missing("request", number, asked.size());
    }
    Turn turn = asked.get(place);
    String whose = number == ONLY ? "the request" : "request " + number;
    return turn.exchange().response().isPresent()
        ? look(turn, Side.SERVER, "the response to " + whose, at)
        : Look.of(
            false,
            mayGrow(turn.conversation(), Side.SERVER),
            () ->
                facts(whose + " has no final response")
                    .state(turn.conversation(), Side.SERVER)
                    .conversation(turn.conversation()));
  }

  private Look look(Turn turn, Side side, String name, Function<Told, Look> at) {
    Http1Message message = turn.message(side).orElseThrow();
    return at.apply(new Told(turn.conversation(), message, name, redaction));
  }

  private Look missing(String name, int number, int come) {
    boolean several = number == ONLY && come > 1;
    String which = number == ONLY ? name : name + " " + number;
    return look(
        false,
        !several && mayGrow(),
        several
            ? "there are " + come + " " + name + "s: say which with " + name + "(n)"
            : "there is no " + which,
        number == ONLY ? "1 " + name : which,
        Facts.words(come, name));
  }

  /** Looks whether so many requests came, those that are not whole left out. */
  Look count(int count) {
    long come = requests().stream().filter(Turns::isWhole).count();
    return look(
        come == count,
        come < count && mayGrow(),
        "the count of requests differs",
        Facts.words(count, "request"),
        Facts.words(come, "request") + (come < requests().size() ? ", and one in part" : ""));
  }

  private static boolean isWhole(Turn turn) {
    return turn.exchange().request().filter(Http1Message::isWhole).isPresent();
  }

  Look inOrder(List<String> wanted) {
    int reached = 0;
    for (Turn turn : requests()) {
      reached += reached < wanted.size() && isLike(turn, wanted.get(reached)) ? 1 : 0;
    }
    String ahead = reached == 0 ? "" : " after number " + reached;
    return missing(wanted, reached, ahead);
  }

  Look inAnyOrder(List<String> wanted) {
    List<Turn> left = new ArrayList<>(requests());
    int missing = wanted.size();
    for (int i = 0; i < wanted.size(); i++) {
      String line = wanted.get(i);
      Turn found = left.stream().filter(turn -> isLike(turn, line)).findFirst().orElse(null);
      if (found == null) {
        missing = Math.min(missing, i);
      } else {
        left.remove(found);
      }
    }
    return missing(wanted, missing, "");
  }

  private Look missing(List<String> wanted, int item, String ahead) {
    if (item == wanted.size()) {
      return Look.held();
    }
    return Look.of(
        false,
        mayGrow(),
        () -> {
          String line = wanted.get(item);
          Facts facts =
              facts(
                  "number " + (item + 1) + " of these " + wanted.size() + " was not asked" + ahead);
          Told nearest = nearest(line);
          return picture(
              nearest == null
                  ? facts.row("expected", redaction.apply(Bytes.utf8(line)))
                  : nearest.startLineParting(facts, line));
        });
  }

  private @Nullable Told nearest(String line) {
    Told best = null;
    int most = -1;
    for (Turn turn : requests()) {
      Http1Request request = turn.exchange().request().orElseThrow();
      int mismatch = Bytes.utf8(line).mismatch(request.startLine().bytes());
      int common = mismatch < 0 ? line.length() : mismatch;
      if (common > most) {
        most = common;
        best = new Told(turn.conversation(), request, "", redaction);
      }
    }
    return best;
  }

  /** Whether a request has this line, of which the version may be left out. */
  private static boolean isLike(Turn turn, String line) {
    Http1Request request = turn.exchange().request().orElseThrow();
    String sent = request.startLine().text();
    return request.hasWholeHead()
        && (sent.equals(line) || sent.equals(line + " " + request.version()));
  }

  private List<Turn> requests() {
    return turns.stream().filter(turn -> turn.exchange().request().isPresent()).toList();
  }

  private boolean mayGrow() {
    return mayConnect || conversations.stream().anyMatch(each -> mayGrow(each, Side.CLIENT));
  }

  static boolean mayGrow(Conversation conversation, Side side) {
    return conversation.isOpen() && conversation.endedBy(side).isEmpty();
  }

  private Look look(
      boolean holds, boolean mayYet, String problem, String expected, String received) {
    return Look.of(
        holds, mayYet, () -> picture(facts(problem).expectedAndReceived(expected, received)));
  }

  private Facts facts(String problem) {
    return Facts.of(problem, redaction);
  }

  /** Adds what was asked, and the connection if there is but one. */
  private Facts picture(Facts facts) {
    List<Turn> asked = requests();
    for (int i = 0; i < Math.min(asked.size(), MOST_LINES); i++) {
      Turn turn = asked.get(i);
      Told told =
          new Told(turn.conversation(), turn.message(Side.CLIENT).orElseThrow(), "", redaction);
      facts.row(i == 0 ? "asked" : "", told.startLine() + where(turn));
    }
    if (asked.size() > MOST_LINES) {
      facts.row("", "… " + (asked.size() - MOST_LINES) + " more");
    }
    return conversations.size() == 1
        ? facts.conversation(conversations.get(0))
        : facts.conversations(conversations);
  }

  private String where(Turn turn) {
    return conversations.size() == 1 ? "" : " (connection " + turn.conversation().number() + ")";
  }
}
