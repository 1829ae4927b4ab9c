package dev.partyline.wire;

import dev.partyline.internal.text.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Searches all that a side sends, and reads each byte once, however often it is asked. */
final class IncrementalSearch implements BooleanSupplier {
  private final Recording recording;
  private final Side side;
  private final Bytes pattern;
  private @Nullable Conversation match;

  /** Where the search goes on in each connection, by its number. */
  private final Map<Integer, Long> nextOffsets = new HashMap<>();

  IncrementalSearch(Recording recording, Side side, Bytes pattern) {
    this.recording = recording;
    this.side = side;
    this.pattern = pattern;
  }

  @Override
  public boolean getAsBoolean() {
    List<Conversation> all = recording.conversations();
    for (int i = 0; i < all.size() && match == null; i++) {
      Conversation conversation = all.get(i);
      long byteCount = conversation.byteCount(side);
      long offset = nextOffsets.getOrDefault(conversation.number(), 0L);
      if (byteCount - offset >= pattern.size()) {
        match = conversation.indexOf(side, pattern, offset) >= 0 ? conversation : null;
        nextOffsets.put(conversation.number(), byteCount - pattern.size() + 1);
      }
    }
    return match != null;
  }

  Conversation match() {
    if (match == null) {
      throw new IllegalStateException("there is no match");
    }
    return match;
  }

  /** Returns how much could not be searched, as the end of a sentence. */
  String droppedText() {
    long droppedBytes =
        recording.conversations().stream().mapToLong(each -> each.droppedBytes(side)).sum();
    int droppedConnections = recording.droppedConnections();
    if (droppedBytes == 0 && droppedConnections == 0) {
      return "";
    }
    return ", of what was kept ("
        + (droppedConnections == 0 ? "" : Quantity.of(droppedConnections, "connection") + " and ")
        + Quantity.of(droppedBytes, "byte")
        + (droppedConnections == 0 ? " of it" : " of the others")
        + " were dropped)";
  }
}
