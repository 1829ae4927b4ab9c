package dev.partyline.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A recording that no longer changes. */
record FinishedRecording(
    Instant startedAt, int droppedConnections, List<Conversation> conversations)
    implements Recording {
  @Override
  public int connections() {
    return conversations.size() + droppedConnections;
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
