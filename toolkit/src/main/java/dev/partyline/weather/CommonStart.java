package dev.partyline.weather;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** When a fault has started that has one start for all connections, which two loops may serve. */
final class CommonStart {
  private final AtomicReference<OptionalLong> time = new AtomicReference<>(OptionalLong.empty());

  /** Returns the time with which this was called first. */
  long get(long now) {
    time.compareAndSet(OptionalLong.empty(), OptionalLong.of(now));
    return time.get().getAsLong();
  }
}
