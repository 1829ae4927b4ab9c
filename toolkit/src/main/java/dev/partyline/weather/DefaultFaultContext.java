package dev.partyline.weather;

/** A fault that is up meets a lane. */
final class DefaultFaultContext implements FaultContext {
  private final ConnectionDirection passage;
  private final IndexedRandom chance;
  private final HitCounter tally;
  private long since;
  private boolean reported;

  DefaultFaultContext(
      ConnectionDirection passage, IndexedRandom chance, HitCounter tally, long since) {
    this.passage = passage;
    this.chance = chance;
    this.tally = tally;
    this.since = since;
  }

  @Override
  public ConnectionDirection passage() {
    return passage;
  }

  @Override
  public long since() {
    return since;
  }

  void since(long time) {
    since = time;
  }

  @Override
  public double draw(long index, int again) {
    return chance.draw(index, again);
  }

  @Override
  public void hit(long at, String detail) {
    reported = true;
    tally.add(passage, at, detail);
  }

  /** Reports the first thing done, unless the course did. */
  void first(long at) {
    if (!reported) {
      hit(at, "");
    }
  }

  void unsee(long offset) {
    tally.forget(passage, offset);
  }
}
