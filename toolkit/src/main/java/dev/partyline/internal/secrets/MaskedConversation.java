package dev.partyline.internal.secrets;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A conversation in which the secrets were found. */
public final class MaskedConversation {
  /** A shorter one may stand anywhere by chance. */
  private static final int MIN_VALUE_BYTES = 6;

  private static final int MAX_VALUES = 1000;

  private final Conversation original;
  private final Dialogue dialogue;

  MaskedConversation(Conversation original, Dialogue dialogue) {
    this.original = original;
    this.dialogue = dialogue;
  }

  /** Returns the conversation with its secrets masked; sizes and times stay. */
  public Conversation conversation() {
    Bytes client = dialogue.stream(Side.CLIENT).bytes();
    Bytes server = dialogue.stream(Side.SERVER).bytes();
    int[] offsets = new int[Side.values().length];
    List<Event> events = new ArrayList<>();
    for (Event event : original.events()) {
      if (event instanceof Event.Sent sent) {
        int offset = offsets[sent.side().ordinal()];
        int endOffset = offset + sent.bytes().size();
        Bytes masked = (sent.side() == Side.CLIENT ? client : server).slice(offset, endOffset);
        events.add(new Event.Sent(sent.side(), sent.nanos(), masked));
        offsets[sent.side().ordinal()] = endOffset;
      } else {
        events.add(event);
      }
    }
    return original.withEvents(events);
  }

  /** Returns the secrets that were found, the longest first, but for very short ones. */
  public List<Bytes> values() {
    Set<Bytes> values = new LinkedHashSet<>();
    for (Side side : Side.values()) {
      MaskedStream stream = dialogue.stream(side);
      int[] ranges = stream.ranges();
      for (int i = 0; i < ranges.length && values.size() < MAX_VALUES; i += 2) {
        if (ranges[i + 1] - ranges[i] >= MIN_VALUE_BYTES) {
          values.add(Bytes.copyOf(stream.original(), ranges[i], ranges[i + 1]));
        }
      }
    }
    List<Bytes> longestFirst = new ArrayList<>(values);
    longestFirst.sort(Comparator.comparing(Bytes::size).reversed());
    return longestFirst;
  }
}
