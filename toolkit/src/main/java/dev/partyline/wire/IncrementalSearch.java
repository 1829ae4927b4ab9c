package dev.partyline.wire;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for bytes in all that a side sends, and looks at each byte once, however often it looks.
 */
final class IncrementalSearch implements BooleanSupplier {
  private final Recording recording;
  private final Side side;
  private final Bytes wanted;
  private @Nullable Conversation found;

  /** From which offset of each connection on it is still to be looked for. */
  private long[] places = {};

  IncrementalSearch(Recording recording, Side side, Bytes wanted) {
    this.recording = recording;
    this.side = side;
    this.wanted = wanted;
  }

  @Override
  public boolean getAsBoolean() {
    List<Conversation> all = recording.conversations();
    places = Arrays.copyOf(places, all.size());
    for (int i = 0; i < all.size() && found == null; i++) {
      Conversation conversation = all.get(i);
      if (conversation.count(side) - places[i] >= wanted.size()) {
        found = conversation.indexOf(side, wanted, places[i]) >= 0 ? conversation : null;
        places[i] = conversation.count(side) - wanted.size() + 1;
      }
    }
    return found != null;
  }

  Conversation found() {
    if (found == null) {
      throw new IllegalStateException("there is no match");
    }
    return found;
  }

  /** Returns how much could not be looked at, as the end of a sentence. */
  String missing() {
    long dropped = recording.conversations().stream().mapToLong(each -> each.dropped(side)).sum();
    return dropped == 0 ? "" : ", of what was kept (" + dropped + " bytes of it were dropped)";
  }
}
