package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/** The messages of a side over UDP. */
final class Datagrams {
  private Datagrams() {}

  /** Returns the datagrams that were kept, in the order in which they were sent. */
  static List<Bytes> of(Conversation conversation, Side side) {
    List<Bytes> datagrams = new ArrayList<>();
    conversation.forEachEvent(
        event -> {
          if (event instanceof Event.Sent sent && sent.side() == side) {
            datagrams.add(sent.bytes());
          }
        });
    return datagrams;
  }
}
