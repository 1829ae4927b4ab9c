package dev.partyline.weather;

/** Nothing leaves for a time, or until the fault is taken down; nothing is lost. */
record Stall(long nanos) implements Impairment {
  @Override
  public Course begin(Meeting meeting) {
    return new Stalled();
  }

  @Override
  public String toString() {
    return nanos == Verdict.NEVER ? "stall" : "stall " + Amounts.time(nanos);
  }

  private final class Stalled implements Course {
    private boolean begun;
    private long until;

    @Override
    public Verdict next(Waiting waiting) {
      long at = resumed(waiting.arrived());
      return at > waiting.arrived()
          ? new Verdict.Deliver(waiting.size(), at)
          : new Verdict.Pass(waiting.size());
    }

    @Override
    public long end(Leaving.Kind end, long arrived) {
      return resumed(arrived);
    }

    private long resumed(long arrived) {
      if (!begun) {
        begun = true;
        until = nanos == Verdict.NEVER ? nanos : arrived + nanos;
      }
      return Math.max(arrived, until);
    }
  }
}
