package dev.partyline.weather;

import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.FaultContext;

/** A fault that is up meets a lane. */
final class DefaultFaultContext implements FaultContext {
  private final ConnectionDirection direction;
  private final IndexedRandom random;
  private final HitCounter hitCounter;
  private long startedAt;
  private boolean reported;

  DefaultFaultContext(
      ConnectionDirection direction, IndexedRandom random, HitCounter hitCounter, long startedAt) {
    this.direction = direction;
    this.random = random;
    this.hitCounter = hitCounter;
    this.startedAt = startedAt;
  }

  @Override
  public ConnectionDirection direction() {
    return direction;
  }

  @Override
  public long startedAt() {
    return startedAt;
  }

  void startAt(long time) {
    startedAt = time;
  }

  @Override
  public double draw(long index, int variant) {
    return random.draw(index, variant);
  }

  @Override
  public void reportHit(long offset, String detail) {
    reported = true;
    hitCounter.add(direction, offset, detail);
  }

  /** Reports the first thing done, unless the course did. */
  void reportFirst(long offset) {
    if (!reported) {
      reportHit(offset, "");
    }
  }

  void forgetHitsFrom(long offset) {
    hitCounter.forgetFrom(direction, offset);
  }
}
