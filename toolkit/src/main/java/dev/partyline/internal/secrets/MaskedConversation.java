package dev.partyline.internal.secrets;

import dev.partyline.internal.secrets.stream.Dialogue;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A conversation in which the secrets were found. */
public final class MaskedConversation {
  private final Conversation original;
  private final Dialogue dialogue;

  MaskedConversation(Conversation original, Dialogue dialogue) {
    this.original = original;
    this.dialogue = dialogue;
  }

  /** Returns the conversation with its secrets masked; sizes and times stay. */
  public Conversation conversation() {
    if (!dialogue.layer(Side.CLIENT).stream().hasSecrets()
        && !dialogue.layer(Side.SERVER).stream().hasSecrets()) {
      return original;
    }
    Bytes client = dialogue.layer(Side.CLIENT).stream().bytes();
    Bytes server = dialogue.layer(Side.SERVER).stream().bytes();
    int[] offsets = new int[Side.values().length];
    List<Event> events = new ArrayList<>();
    original.forEachEvent(
        event -> {
          if (event instanceof Event.Sent sent) {
            int offset = offsets[sent.side().ordinal()];
            int endOffset = offset + sent.bytes().size();
            Bytes masked = (sent.side() == Side.CLIENT ? client : server).slice(offset, endOffset);
            events.add(new Event.Sent(sent.side(), sent.nanos(), masked));
            offsets[sent.side().ordinal()] = endOffset;
          } else {
            events.add(event);
          }
        });
    return original.withEvents(events);
  }

  /** Returns the secrets that are masked wherever else the recording has them. */
  public List<Bytes> repeatedValues() {
    return RepeatedSecrets.of(dialogue);
  }

  /** Returns the secrets that were found, the longest first, but for very short ones. */
  public List<Bytes> values() {
    List<Bytes> values = new ArrayList<>();
    for (Side side : Side.values()) {
      values.addAll(dialogue.layer(side).stream().values().all());
    }
    values.sort(Comparator.comparingInt(Bytes::size).reversed());
    return values;
  }
}
