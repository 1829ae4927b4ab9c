package dev.partyline.weather;

/** Nothing leaves for a time, or until the fault is taken down; nothing is lost. */
record DataStall(long nanos) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new Stalled();
  }

  @Override
  public String toString() {
    return nanos == Verdict.NEVER ? "stall" : "stall " + Units.time(nanos);
  }

  private final class Stalled implements ImpairmentBehavior {
    private boolean begun;
    private long until;

    @Override
    public Verdict next(PendingInput waiting) {
      long at = resumed(waiting.arrived());
      return at > waiting.arrived()
          ? new Verdict.Deliver(waiting.size(), at)
          : new Verdict.Pass(waiting.size());
    }

    @Override
    public long end(Delivery.Kind end, long arrived) {
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
