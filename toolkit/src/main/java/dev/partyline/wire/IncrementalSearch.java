package dev.partyline.wire;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Searches all that a side sends, and reads each byte once, however often it is asked. */
final class IncrementalSearch implements BooleanSupplier {
  private final Recording recording;
  private final Side side;
  private final Bytes pattern;
  private @Nullable Conversation match;

  /** Where the search goes on in each connection. */
  private long[] nextOffsets = {};

  IncrementalSearch(Recording recording, Side side, Bytes pattern) {
    this.recording = recording;
    this.side = side;
    this.pattern = pattern;
  }

  @Override
  public boolean getAsBoolean() {
    List<Conversation> all = recording.conversations();
    nextOffsets = Arrays.copyOf(nextOffsets, all.size());
    for (int i = 0; i < all.size() && match == null; i++) {
      Conversation conversation = all.get(i);
      if (conversation.byteCount(side) - nextOffsets[i] >= pattern.size()) {
        match = conversation.indexOf(side, pattern, nextOffsets[i]) >= 0 ? conversation : null;
        nextOffsets[i] = conversation.byteCount(side) - pattern.size() + 1;
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
    return droppedBytes == 0
        ? ""
        : ", of what was kept (" + droppedBytes + " bytes of it were dropped)";
  }
}
