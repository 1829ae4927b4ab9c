package dev.partyline.weather;

import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import org.jspecify.annotations.Nullable;

/** What an active fault may use while it acts on one direction of a connection. */
final class DefaultFaultContext implements FaultContext {
  private final ConnectionDirection direction;
  private final IndexedRandom random;
  private final HitCounter hitCounter;
  private final CommonStart commonStart;
  private long startedAt;
  private long hitCount;

  DefaultFaultContext(
      ConnectionDirection direction,
      IndexedRandom random,
      HitCounter hitCounter,
      CommonStart commonStart,
      long startedAt) {
    this.direction = direction;
    this.random = random;
    this.hitCounter = hitCounter;
    this.commonStart = commonStart;
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

  @Override
  public long commonStart(long time) {
    return commonStart.get(time);
  }

  void startAt(long time) {
    startedAt = time;
  }

  /** Starts an impairment; one of a user is not checked for null by the compiler. */
  ImpairmentBehavior begin(Impairment impairment) {
    @Nullable ImpairmentBehavior behavior = impairment.begin(this);
    if (behavior == null) {
      throw new IllegalStateException(
          "fault (" + impairment + ") began with null; it must return a behavior");
    }
    return behavior;
  }

  @Override
  public double draw(long index, int variant) {
    return random.draw(index, variant);
  }

  @Override
  public void reportHit(long offset, String detail) {
    hitCount++;
    hitCounter.add(direction, offset, detail);
  }

  /** Returns how many hits were reported here. */
  long hitCount() {
    return hitCount;
  }

  /** Reports the first thing that the fault did, unless its behavior has done so. */
  void reportFirst(long offset) {
    if (hitCount == 0) {
      reportHit(offset, "");
    }
  }

  /** Reports a slice that the peer may not read apart from what was before. */
  void reportMerge() {
    hitCounter.addMerge(direction);
  }

  void forgetHitAt(long offset) {
    hitCounter.forgetAt(direction, offset);
  }

  void forgetHitsFrom(long offset) {
    hitCounter.forgetFrom(direction, offset);
  }
}
