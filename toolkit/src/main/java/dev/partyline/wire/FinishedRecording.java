package dev.partyline.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A recording that no longer changes. */
record FinishedRecording(
    Instant startedAt,
    OptionalLong startedAtNanos,
    int droppedConnections,
    List<Conversation> conversations,
    List<String> problems)
    implements Recording {
  /** Returns the conversations with numbers from 1. */
  static List<Conversation> numbered(List<Conversation> conversations) {
    List<Conversation> result = new ArrayList<>();
    for (Conversation conversation : conversations) {
      result.add(conversation.withNumber(result.size() + 1));
    }
    return List.copyOf(result);
  }

  @Override
  public int connections() {
    return conversations.size() + droppedConnections;
  }

  @Override
  public boolean isFinished() {
    return true;
  }

  @Override
  public long byteCount(Side side) {
    return conversations.stream().mapToLong(conversation -> conversation.byteCount(side)).sum();
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) {
    return condition.getAsBoolean();
  }
}
