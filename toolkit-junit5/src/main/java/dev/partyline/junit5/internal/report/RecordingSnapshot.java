package dev.partyline.junit5.internal.report;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A recording that does not grow. */
public record RecordingSnapshot(
    List<Conversation> conversations,
    Instant startedAt,
    OptionalLong startedAtNanos,
    int connections,
    int droppedConnections,
    List<String> problems)
    implements Recording {

  /** Returns what a recording has now. */
  public static RecordingSnapshot of(Recording recording) {
    return new RecordingSnapshot(
        recording.conversations(),
        recording.startedAt(),
        recording.startedAtNanos(),
        recording.connections(),
        recording.droppedConnections(),
        recording.problems());
  }

  @Override
  public boolean isFinished() {
    return true;
  }

  @Override
  public long byteCount(Side side) {
    return conversations.stream().mapToLong(each -> each.byteCount(side)).sum();
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) {
    return condition.getAsBoolean();
  }
}
