package dev.partyline.loopback;

import dev.partyline.internal.text.DurationText;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What was not read yet, as a failure shows it. Secrets are masked in it, and in what is expected
 * there: whether a line is a password depends on all that was sent before it.
 */
final class UnreadInput {
  /** How much is looked through for a failure; of more, only what is shown is. */
  private static final int MAX_BYTES = 16 << 20;

  private final Conversation conversation;
  private final Side peer;
  private final Bytes unread;
  private final Redaction redaction;
  private final int offset;

  UnreadInput(Conversation conversation, Side peer, Bytes unread, Redaction redaction) {
    this.conversation = conversation;
    this.peer = peer;
    this.unread = unread;
    this.redaction = redaction;
    this.offset = offset();
  }

  /** Returns where the unread bytes begin in what the peer has sent, or -1 if that is not known. */
  private int offset() {
    long size = conversation.byteCount(peer);
    boolean isKnown =
        conversation.gaps().isEmpty()
            && size + conversation.byteCount(peer.peer()) <= MAX_BYTES
            && size >= unread.size()
            && conversation.bytes(peer, size - unread.size(), size).equals(unread);
    return isKnown ? (int) size - unread.size() : -1;
  }

  Bytes unread() {
    return offset < 0
        ? redaction.apply(unread)
        : redaction.apply(conversation).bytes(peer, offset, offset + (long) unread.size());
  }

  /** Masks a text as if the peer had sent it next. */
  Bytes expected(Bytes text) {
    if (offset < 0) {
      return redaction.apply(text);
    }
    List<Event> events = new ArrayList<>();
    int size = 0;
    long nanos = 0;
    for (Event event : conversation.events()) {
      nanos = event.nanos();
      if (event instanceof Event.Sent sent && sent.side() == peer) {
        Bytes read = sent.bytes().slice(0, Math.min(sent.bytes().size(), offset - size));
        size += read.size();
        events.add(new Event.Sent(peer, nanos, read));
      } else {
        events.add(event);
      }
    }
    events.add(new Event.Sent(peer, nanos, text));
    return redaction
        .apply(conversation.withEvents(events))
        .bytes(peer, offset, offset + (long) text.size());
  }

  /** Returns the text of a failure with the state of the connection. */
  String failureMessage(String text, ReceiveBuffer.State state) {
    String receivedLine =
        text.isEmpty() ? "" : "\n  received: " + (unread.isEmpty() ? "nothing" : unread());
    return text
        + receivedLine
        + "\n  the "
        + peer
        + " "
        + state.text
        + ", silent for "
        + DurationText.words(Duration.ofNanos(conversation.idleNanos(peer)))
        + "\n  on "
        + conversation;
  }
}
