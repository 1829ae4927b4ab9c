package dev.partyline.assertions;

import dev.partyline.view.Flaw;
import dev.partyline.view.http.Http1Exchange;
import dev.partyline.view.http.Http1Message;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Optional;

/**
 * A request and its responses, with the time at which they began.
 *
 * @param conversation the conversation in which they were sent
 * @param startNanos when its first byte was recorded, in nanoseconds after the recording began
 */
record TimedExchange(Conversation conversation, Http1Exchange http1, long startNanos) {

  /** Returns the request, if it can be read as HTTP/1, or the final response. */
  Optional<? extends Http1Message> message(Side side) {
    return side == Side.CLIENT
        ? http1.request().filter(request -> notHttp().isEmpty())
        : http1.response();
  }

  /** Returns why what the client sent is not a request of HTTP/1. */
  Optional<Flaw> notHttp() {
    return http1.request().flatMap(TimedExchange::notHttp);
  }

  /** A first line that was sent in part may still become one of HTTP/1. */
  private static Optional<Flaw> notHttp(Http1Message message) {
    List<Flaw> flaws = message.flaws();
    boolean isPart = flaws.stream().anyMatch(flaw -> flaw.kind() == Flaw.Kind.INCOMPLETE);
    return message.version().isEmpty() && !isPart && !flaws.isEmpty()
        ? Optional.of(flaws.get(flaws.size() - 1))
        : Optional.empty();
  }

  /** Returns an exchange with the time at which it began. */
  static TimedExchange of(Conversation conversation, Http1Exchange exchange) {
    Optional<? extends Http1Message> first =
        exchange.request().isPresent() ? exchange.request() : exchange.response();
    long offsetNanos =
        first.map(each -> conversation.timestampNanos(each.side(), each.offset())).orElse(0L);
    return new TimedExchange(conversation, exchange, conversation.openedAtNanos() + offsetNanos);
  }
}
