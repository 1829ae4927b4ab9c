package dev.partyline.weather;

/** A fault that is up meets a lane. */
final class Encounter implements Meeting {
  private final Passage passage;
  private final Chance chance;
  private final Tally tally;
  private long since;
  private boolean reported;

  Encounter(Passage passage, Chance chance, Tally tally, long since) {
    this.passage = passage;
    this.chance = chance;
    this.tally = tally;
    this.since = since;
  }

  @Override
  public Passage passage() {
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
