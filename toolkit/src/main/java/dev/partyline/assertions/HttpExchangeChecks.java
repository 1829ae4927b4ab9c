package dev.partyline.assertions;

import dev.partyline.script.Redaction;
import dev.partyline.view.Flaw;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was asked and answered over HTTP at one moment, in the order in which it was asked. */
final class HttpExchangeChecks {
  /** Stands for the only message that there is. */
  static final int ONLY = 0;

  private static final int MOST_LINES = 10;
  private static final Pattern VERSIONED = Pattern.compile(" HTTP/1\\.[01]$");

  private final List<Conversation> conversations;
  private final List<TimedExchange> turns;
  private final boolean mayConnect;
  private final Redaction redaction;

  private HttpExchangeChecks(
      List<Conversation> conversations,
      List<TimedExchange> turns,
      boolean mayConnect,
      Redaction redaction) {
    this.conversations = conversations;
    this.turns = turns;
    this.mayConnect = mayConnect;
    this.redaction = redaction;
  }

  static HttpExchangeChecks of(
      List<Conversation> conversations, boolean mayConnect, Redaction redaction) {
    List<TimedExchange> turns = new ArrayList<>();
    for (Conversation conversation : conversations) {
      for (Http1Exchange exchange : Http1.of(conversation).exchanges()) {
        turns.add(TimedExchange.of(conversation, exchange));
      }
    }
    turns.sort(Comparator.comparingLong(TimedExchange::began));
    return new HttpExchangeChecks(conversations, turns, mayConnect, redaction);
  }

  /** Looks at a message of a side by its number; of the server at the final responses alone. */
  CheckResult message(Side side, int number, Function<HttpMessageChecks, CheckResult> at) {
    List<TimedExchange> with =
        turns.stream().filter(turn -> turn.message(side).isPresent()).toList();
    int place = number == ONLY ? 0 : number - 1;
    if (place >= with.size() || number == ONLY && with.size() > 1) {
      return missing(side, number, with.size());
    }
    String name = name(side);
    return look(with.get(place), side, number == ONLY ? "the " + name : name + " " + number, at);
  }

  private static String name(Side side) {
    return side == Side.CLIENT ? "request" : "response";
  }

  /** Looks at the final response to a request by the request's number. */
  CheckResult response(int number, Function<HttpMessageChecks, CheckResult> at) {
    List<TimedExchange> asked = requests();
    int place = number == ONLY ? 0 : number - 1;
    if (place >= asked.size() || number == ONLY && asked.size() > 1) {
      return missing(Side.CLIENT, number, asked.size());
    }
    TimedExchange turn = asked.get(place);
    String whose = number == ONLY ? "the request" : "request " + number;
    return turn.exchange().response().isPresent()
        ? look(turn, Side.SERVER, "the response to " + whose, at)
        : CheckResult.of(
            false,
            mayGrow(turn.conversation(), Side.SERVER),
            () ->
                facts(whose + " has no final response")
                    .state(turn.conversation(), Side.SERVER)
                    .conversation(turn.conversation()));
  }

  private CheckResult look(
      TimedExchange turn, Side side, String name, Function<HttpMessageChecks, CheckResult> at) {
    Http1Message message = turn.message(side).orElseThrow();
    return at.apply(new HttpMessageChecks(turn.conversation(), message, name, redaction));
  }

  private CheckResult missing(Side side, int number, int come) {
    String name = name(side);
    boolean several = number == ONLY && come > 1;
    String which = number == ONLY ? name : name + " " + number;
    return look(
        false,
        !several && mayGrow(side),
        several
            ? "there are " + come + " " + name + "s: say which with " + name + "(n)"
            : "there is no " + which,
        number == ONLY ? "1 " + name : which,
        FailureMessage.words(come, name));
  }

  /** Looks whether so many requests came, those that are not whole left out. */
  CheckResult count(int count) {
    long come = requests().stream().filter(HttpExchangeChecks::isThere).count();
    return look(
        come == count,
        come < count && mayGrow(Side.CLIENT),
        "the count of requests differs",
        FailureMessage.words(count, "request"),
        FailureMessage.words(come, "request")
            + (come < requests().size() ? ", and one in part" : ""));
  }

  /** Whether nothing more of a request is to come, of which some may not have been kept. */
  private static boolean isThere(TimedExchange turn) {
    Http1Request request = turn.exchange().request().orElseThrow();
    return request.hasEnded()
        || request.flaws().stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.INCOMPLETE);
  }

  CheckResult inOrder(List<String> wanted) {
    int reached = 0;
    for (TimedExchange turn : requests()) {
      reached += reached < wanted.size() && isLike(turn, wanted.get(reached)) ? 1 : 0;
    }
    String ahead = reached == 0 ? "" : " after number " + reached;
    return missing(wanted, reached, ahead);
  }

  CheckResult inAnyOrder(List<String> wanted) {
    List<TimedExchange> left = new ArrayList<>(requests());
    boolean[] found = new boolean[wanted.size()];
    // A line without a version must not take the only request that one with a version fits.
    for (boolean versioned : new boolean[] {true, false}) {
      for (int i = 0; i < found.length; i++) {
        String line = wanted.get(i);
        if (VERSIONED.matcher(line).find() == versioned) {
          Optional<TimedExchange> turn =
              left.stream().filter(each -> isLike(each, line)).findFirst();
          turn.ifPresent(left::remove);
          found[i] = turn.isPresent();
        }
      }
    }
    int missing = 0;
    while (missing < found.length && found[missing]) {
      missing++;
    }
    return missing(wanted, missing, "");
  }

  private CheckResult missing(List<String> wanted, int item, String ahead) {
    if (item == wanted.size()) {
      return CheckResult.held();
    }
    return CheckResult.of(
        false,
        mayGrow(Side.CLIENT),
        () -> {
          String line = wanted.get(item);
          FailureMessage facts =
              facts(
                  "number " + (item + 1) + " of these " + wanted.size() + " was not asked" + ahead);
          HttpMessageChecks nearest = nearest(line);
          return picture(
              nearest == null
                  ? facts.row("expected", redaction.apply(Bytes.utf8(line)))
                  : nearest.startLineParting(facts, line));
        });
  }

  private @Nullable HttpMessageChecks nearest(String line) {
    HttpMessageChecks best = null;
    int most = -1;
    for (TimedExchange turn : requests()) {
      Http1Request request = turn.exchange().request().orElseThrow();
      int mismatch = Bytes.utf8(line).mismatch(request.startLine().bytes());
      int common = mismatch < 0 ? line.length() : mismatch;
      if (common > most) {
        most = common;
        best = new HttpMessageChecks(turn.conversation(), request, "", redaction);
      }
    }
    return best;
  }

  /** Whether a request has this line, of which the version may be left out. */
  private static boolean isLike(TimedExchange turn, String line) {
    Http1Request request = turn.exchange().request().orElseThrow();
    String sent = request.startLine().text();
    return request.hasWholeHead()
        && (sent.equals(line) || sent.equals(line + " " + request.version()));
  }

  private List<TimedExchange> requests() {
    return turns.stream().filter(turn -> turn.exchange().request().isPresent()).toList();
  }

  private boolean mayGrow(Side side) {
    return mayConnect || conversations.stream().anyMatch(each -> mayGrow(each, side));
  }

  static boolean mayGrow(Conversation conversation, Side side) {
    return conversation.isOpen() && conversation.endedBy(side).isEmpty();
  }

  private CheckResult look(
      boolean holds, boolean mayYet, String problem, String expected, String received) {
    return CheckResult.of(
        holds, mayYet, () -> picture(facts(problem).expectedAndReceived(expected, received)));
  }

  private FailureMessage facts(String problem) {
    return FailureMessage.of(problem, redaction);
  }

  /** Adds what was asked, and the connection if there is but one. */
  private FailureMessage picture(FailureMessage facts) {
    List<TimedExchange> asked = requests();
    for (int i = 0; i < Math.min(asked.size(), MOST_LINES); i++) {
      TimedExchange turn = asked.get(i);
      HttpMessageChecks told =
          new HttpMessageChecks(
              turn.conversation(), turn.message(Side.CLIENT).orElseThrow(), "", redaction);
      facts.row(i == 0 ? "asked" : "", told.startLine() + where(turn));
    }
    if (asked.size() > MOST_LINES) {
      facts.row("", "… " + (asked.size() - MOST_LINES) + " more");
    }
    return conversations.size() == 1
        ? facts.conversation(conversations.get(0))
        : facts.conversations(conversations);
  }

  private String where(TimedExchange turn) {
    return conversations.size() == 1 ? "" : " (connection " + turn.conversation().number() + ")";
  }
}
