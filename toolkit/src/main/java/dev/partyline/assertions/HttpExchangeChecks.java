package dev.partyline.assertions;

import dev.partyline.internal.text.Excerpt;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.view.Flaw;
import dev.partyline.view.http.Http1;
import dev.partyline.view.http.Http1Exchange;
import dev.partyline.view.http.Http1Message;
import dev.partyline.view.http.Http1Request;
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

/**
 * Checks on HTTP requests and responses as they were at one moment, in the order of the requests.
 */
final class HttpExchangeChecks {
  private static final int MAX_LINES = 10;
  private static final Pattern HTTP_VERSION = Pattern.compile(" HTTP/1\\.[01]$");

  private final List<Conversation> conversations;
  private final List<TimedExchange> exchanges;
  private final boolean mayConnect;
  private final Redaction redaction;

  private HttpExchangeChecks(
      List<Conversation> conversations,
      List<TimedExchange> exchanges,
      boolean mayConnect,
      Redaction redaction) {
    this.conversations = conversations;
    this.exchanges = exchanges;
    this.mayConnect = mayConnect;
    this.redaction = redaction;
  }

  static HttpExchangeChecks of(
      List<Conversation> conversations, boolean mayConnect, Redaction redaction) {
    List<TimedExchange> exchanges = new ArrayList<>();
    for (Conversation conversation : conversations) {
      for (Http1Exchange exchange : Http1.of(conversation.exact()).exchanges()) {
        exchanges.add(TimedExchange.of(conversation, exchange));
      }
    }
    exchanges.sort(Comparator.comparingLong(TimedExchange::startNanos));
    return new HttpExchangeChecks(conversations, exchanges, mayConnect, redaction);
  }

  /** Checks a message of a side; of the server, only final responses count. */
  CheckResult message(Side side, Ordinal ordinal, Function<HttpMessageChecks, CheckResult> check) {
    List<TimedExchange> candidates =
        exchanges.stream().filter(exchange -> exchange.message(side).isPresent()).toList();
    return ordinal.isIn(candidates.size())
        ? checkMessage(
            candidates.get(ordinal.index()), side, ordinal.name(messageName(side)), check)
        : missingMessage(side, ordinal, candidates.size());
  }

  private static String messageName(Side side) {
    return side == Side.CLIENT ? "request" : "response";
  }

  /** Checks the final response to a request. */
  CheckResult response(Ordinal ordinal, Function<HttpMessageChecks, CheckResult> check) {
    List<TimedExchange> requests = requests();
    if (!ordinal.isIn(requests.size())) {
      return missingMessage(Side.CLIENT, ordinal, requests.size());
    }
    TimedExchange exchange = requests.get(ordinal.index());
    String requestName = ordinal.name(messageName(Side.CLIENT));
    return exchange.message(Side.SERVER).isPresent()
        ? checkMessage(exchange, Side.SERVER, "the response to " + requestName, check)
        : CheckResult.of(
            false,
            mayGrow(exchange.conversation(), Side.SERVER),
            () ->
                failure(requestName + " has no final response")
                    .state(exchange.conversation(), Side.SERVER)
                    .conversation(exchange.conversation()));
  }

  private CheckResult checkMessage(
      TimedExchange exchange,
      Side side,
      String name,
      Function<HttpMessageChecks, CheckResult> check) {
    Http1Message message = exchange.message(side).orElseThrow();
    return check.apply(new HttpMessageChecks(exchange.conversation(), message, name, redaction));
  }

  private CheckResult missingMessage(Side side, Ordinal ordinal, int actual) {
    String name = messageName(side);
    return result(
        false,
        !ordinal.isAmbiguous(actual) && mayGrow(side),
        ordinal.problem(name, actual),
        ordinal.expected(name),
        Quantity.of(actual, name));
  }

  /**
   * Checks how many requests came; incomplete ones do not count, and those that were not kept
   * cannot be counted.
   */
  CheckResult requestCount(int count) {
    long actual = requests().stream().filter(HttpExchangeChecks::isComplete).count();
    boolean isKnown = conversations.stream().noneMatch(this::hasUnknownRequests);
    return result(
        isKnown && actual == count,
        isKnown && actual < count && mayGrow(Side.CLIENT),
        "the count of requests differs",
        Quantity.of(count, "request"),
        Quantity.of(actual, "request") + (actual < requests().size() ? ", and one in part" : ""));
  }

  /** Whether a request has been sent to its end, though not all of it may have been kept. */
  private static boolean isComplete(TimedExchange exchange) {
    Http1Request request = exchange.http1().request().orElseThrow();
    return request.hasEnded()
        || request.flaws().stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.INCOMPLETE);
  }

  /** Whether bytes were not kept that are not within a request whose end is known. */
  private boolean hasUnknownRequests(Conversation conversation) {
    return conversation.gaps().stream()
        .anyMatch(gap -> gap.side() == Side.CLIENT && gap.endOffset() > knownEnd(conversation));
  }

  private long knownEnd(Conversation conversation) {
    return requests().stream()
        .filter(each -> each.conversation().number() == conversation.number() && isComplete(each))
        .mapToLong(each -> each.message(Side.CLIENT).orElseThrow().endOffset())
        .max()
        .orElse(0);
  }

  CheckResult inOrder(List<String> wanted) {
    int matchCount = 0;
    for (TimedExchange exchange : requests()) {
      matchCount += matchCount < wanted.size() && matches(exchange, wanted.get(matchCount)) ? 1 : 0;
    }
    String suffix = matchCount == 0 ? "" : " after number " + matchCount;
    return missingRequest(wanted, matchCount, suffix);
  }

  CheckResult inAnyOrder(List<String> wanted) {
    List<TimedExchange> candidates = new ArrayList<>(requests());
    boolean[] matches = new boolean[wanted.size()];
    // Lines with a version come first: one without could take the only request that fits them.
    for (boolean hasVersion : new boolean[] {true, false}) {
      for (int i = 0; i < matches.length; i++) {
        String line = wanted.get(i);
        if (HTTP_VERSION.matcher(line).find() == hasVersion) {
          Optional<TimedExchange> exchange =
              candidates.stream().filter(each -> matches(each, line)).findFirst();
          exchange.ifPresent(candidates::remove);
          matches[i] = exchange.isPresent();
        }
      }
    }
    int missingIndex = 0;
    while (missingIndex < matches.length && matches[missingIndex]) {
      missingIndex++;
    }
    return missingRequest(wanted, missingIndex, "");
  }

  private CheckResult missingRequest(List<String> wanted, int index, String suffix) {
    if (index == wanted.size()) {
      return CheckResult.pass();
    }
    return CheckResult.of(
        false,
        mayGrow(Side.CLIENT),
        () -> {
          String line = wanted.get(index);
          FailureMessage failure =
              failure(
                  "number "
                      + (index + 1)
                      + " of these "
                      + wanted.size()
                      + " was not sent"
                      + suffix);
          HttpMessageChecks closest = closestRequest(line);
          return addRequests(
              closest == null
                  ? failure.row("expected", redaction.apply(Bytes.utf8(line)))
                  : closest.startLineDifference(failure, line));
        });
  }

  private @Nullable HttpMessageChecks closestRequest(String line) {
    HttpMessageChecks closest = null;
    int closestLength = -1;
    for (TimedExchange exchange : requests()) {
      Http1Request request = exchange.http1().request().orElseThrow();
      int mismatch = Bytes.utf8(line).mismatch(request.startLine().bytes());
      int commonLength = mismatch < 0 ? line.length() : mismatch;
      if (commonLength > closestLength) {
        closestLength = commonLength;
        closest = new HttpMessageChecks(exchange.conversation(), request, "", redaction);
      }
    }
    return closest;
  }

  /** Whether a request has this line, whose version may be left out. */
  private static boolean matches(TimedExchange exchange, String line) {
    Http1Request request = exchange.http1().request().orElseThrow();
    String startLine = request.startLine().text();
    return request.hasCompleteHead()
        && (startLine.equals(line) || startLine.equals(line + " " + request.version()));
  }

  private List<TimedExchange> requests() {
    return exchanges.stream().filter(each -> each.message(Side.CLIENT).isPresent()).toList();
  }

  private boolean mayGrow(Side side) {
    return mayConnect
        || conversations.stream()
            .anyMatch(each -> mayGrow(each, side) && (side == Side.SERVER || isHttp(each)));
  }

  private boolean isHttp(Conversation conversation) {
    return exchanges.stream()
        .filter(each -> each.conversation().equals(conversation))
        .allMatch(each -> each.notHttp().isEmpty());
  }

  private static boolean mayGrow(Conversation conversation, Side side) {
    return new SideStream(conversation, side).mayGrow();
  }

  private CheckResult result(
      boolean holds, boolean mayHoldLater, String problem, String expected, String received) {
    return CheckResult.of(
        holds,
        mayHoldLater,
        () -> addRequests(failure(problem).expectedAndReceived(expected, received)));
  }

  private FailureMessage failure(String problem) {
    return FailureMessage.of(problem, redaction);
  }

  /** Adds the requests, and the connection if there is only one. */
  private FailureMessage addRequests(FailureMessage failure) {
    String label = "requests";
    for (String line : Excerpt.of(requests(), MAX_LINES, this::requestText)) {
      failure.row(label, line);
      label = "";
    }
    addUnread(failure);
    if (conversations.size() == 1) {
      failure.droppedBytes(conversations.get(0));
    }
    return conversations.size() == 1
        ? failure.conversation(conversations.get(0))
        : failure.conversations(conversations);
  }

  /** Adds why what was sent is not HTTP/1, for each connection. */
  private void addUnread(FailureMessage failure) {
    List<TimedExchange> unread =
        exchanges.stream().filter(each -> each.notHttp().isPresent()).toList();
    Excerpt.of(unread, MAX_LINES, this::unreadText).forEach(line -> failure.row("not read", line));
  }

  private String unreadText(TimedExchange exchange) {
    Http1Request request = exchange.http1().request().orElseThrow();
    return new HttpMessageChecks(exchange.conversation(), request, "", redaction)
            .maskedText(exchange.notHttp().orElseThrow())
        + " (connection "
        + exchange.conversation().number()
        + ")";
  }

  private String requestText(TimedExchange exchange) {
    Http1Message request = exchange.message(Side.CLIENT).orElseThrow();
    String startLine =
        new HttpMessageChecks(exchange.conversation(), request, "", redaction).startLine();
    return conversations.size() == 1
        ? startLine
        : startLine + " (connection " + exchange.conversation().number() + ")";
  }
}
