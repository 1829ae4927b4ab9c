package dev.partyline.assertions;

import dev.partyline.view.http.Http1Exchange;
import dev.partyline.view.http.Http1Message;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.Optional;

/**
 * A request and its responses, with the time at which they began.
 *
 * @param conversation the conversation in which they were sent
 * @param startNanos when its first byte was recorded, in nanoseconds after the recording began
 */
record TimedExchange(Conversation conversation, Http1Exchange http1, long startNanos) {

  Optional<? extends Http1Message> message(Side side) {
    return side == Side.CLIENT ? http1.request() : http1.response();
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
