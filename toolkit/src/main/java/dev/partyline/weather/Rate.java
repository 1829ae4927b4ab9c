package dev.partyline.weather;

/** So many bytes leave in a second: netem's rate, Toxiproxy's bandwidth. */
record Rate(long bytesPerSecond) implements Impairment {
  private static final long SECOND = 1_000_000_000;

  /** What 64 Gbit/s are; a nanosecond's worth of a second's bytes must fit into a long. */
  static final long MOST = 8_000_000_000L;

  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new Paced(meeting.passage().transport().isStream());
  }

  @Override
  public String toString() {
    return "rate " + Units.size(bytesPerSecond) + "/s";
  }

  private final class Paced implements ImpairmentBehavior {
    /** Pieces of about a millisecond flow smoothly, and are few enough. */
    private final int most;

    /** When the line was last idle, and what it has sent since, so that roundings do not add up. */
    private long begun = Long.MIN_VALUE;

    private long sent;

    Paced(boolean stream) {
      most = stream ? (int) Math.max(1, bytesPerSecond / 1_000) : Integer.MAX_VALUE;
    }

    @Override
    public Verdict next(PendingInput waiting) {
      if (begun == Long.MIN_VALUE || waiting.arrived() > done()) {
        begun = waiting.arrived();
        sent = 0;
      }
      int size = Math.min(waiting.size(), most);
      sent += size;
      begun += sent / bytesPerSecond * SECOND;
      sent %= bytesPerSecond;
      return new Verdict.Deliver(size, done());
    }

    private long done() {
      return begun + sent * SECOND / bytesPerSecond;
    }
  }
}
