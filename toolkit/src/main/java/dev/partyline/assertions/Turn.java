package dev.partyline.assertions;

import dev.partyline.view.Http1Exchange;
import dev.partyline.view.Http1Message;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request and its responses.
 *
 * @param conversation where they were said
 * @param began when its first byte was seen, in nanoseconds after the recording began
 */
record Turn(Conversation conversation, Http1Exchange exchange, long began) {

  Optional<? extends Http1Message> message(Side side) {
    return side == Side.CLIENT ? exchange.request() : exchange.response();
  }

  /** Returns the offset of the first byte, of the response if it answers no request. */
  private long at(Side side) {
    return exchange.request().isPresent()
        ? side == Side.CLIENT ? exchange.request().get().at() : -1
        : side == Side.SERVER ? exchange.response().map(Http1Message::at).orElse(0L) : -1;
  }

  /** Returns the exchanges with the times at which they began. */
  static List<Turn> of(Conversation conversation, List<Http1Exchange> exchanges) {
    List<Turn> turns = new ArrayList<>();
    exchanges.forEach(each -> turns.add(new Turn(conversation, each, 0)));
    long[] sent = new long[2];
    int[] next = new int[1];
    conversation.forEachEvent(
        event -> {
          int side = event.side().ordinal();
          sent[side] +=
              event instanceof Event.Sent some
                  ? some.bytes().size()
                  : event instanceof Event.Dropped dropped ? dropped.bytes() : 0;
          for (; next[0] < turns.size(); next[0]++) {
            Turn turn = turns.get(next[0]);
            long at = turn.at(event.side());
            if (at < 0 || at >= sent[side]) {
              break;
            }
            long began = conversation.opened() + event.nanos();
            turns.set(next[0], new Turn(conversation, turn.exchange(), began));
          }
        });
    return turns;
  }
}
