package dev.partyline.weather;

import org.jspecify.annotations.Nullable;

/** Lets everything pass up to where a fault begins, and gives what follows to its course. */
final class StartGate implements ImpairmentBehavior {
  private final Impairment impairment;
  private final DefaultFaultContext meeting;
  private final boolean stream;
  private final long start;
  private final @Nullable PatternScanner seeker;
  private @Nullable ImpairmentBehavior course;

  /** Whether all has passed that had to, so that the fault begins without another byte. */
  private boolean open;

  StartGate(Impairment impairment, FaultTarget target, DefaultFaultContext meeting) {
    this.impairment = impairment;
    this.meeting = meeting;
    this.stream = meeting.passage().transport().isStream();
    this.start = target.start();
    this.seeker = target.after().isEmpty() ? null : new PatternScanner(target.after());
  }

  @Override
  public Verdict next(PendingInput waiting) {
    if (course == null && !open) {
      return waiting.offset() < start ? pass(waiting, ahead(waiting)) : seek(waiting);
    }
    return begun(waiting.arrived()).next(waiting);
  }

  private int ahead(PendingInput waiting) {
    return stream ? (int) Math.min(waiting.size(), start - waiting.offset()) : waiting.size();
  }

  private Verdict pass(PendingInput waiting, int size) {
    open = stream && seeker == null && waiting.offset() + size == start;
    return new Verdict.Pass(size);
  }

  private Verdict seek(PendingInput waiting) {
    if (seeker == null) {
      open = true;
      return begun(waiting.arrived()).next(waiting);
    }
    int end = seeker.read(waiting);
    if (!stream) {
      seeker.restart();
    }
    open = end >= 0;
    return new Verdict.Pass(stream && open ? end : waiting.size());
  }

  @Override
  public Verdict idle(long now) {
    return course == null && !open ? Verdict.WAIT : begun(now).idle(now);
  }

  @Override
  public long end(Delivery.Kind end, long arrived) {
    return course == null && !open ? arrived : begun(arrived).end(end, arrived);
  }

  private ImpairmentBehavior begun(long since) {
    ImpairmentBehavior begun = course;
    if (begun == null) {
      meeting.since(since);
      begun = TargetedFault.begun(impairment, meeting);
      course = begun;
    }
    return begun;
  }
}
