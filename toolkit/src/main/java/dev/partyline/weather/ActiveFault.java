package dev.partyline.weather;

import dev.partyline.internal.faults.ConnectImpairment;
import dev.partyline.internal.faults.Refuse;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.Verdict;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault that was injected; the same fault injected again is another one. */
final class ActiveFault {
  private final Fault fault;
  private final IndexedRandom random;
  private final HitCounter hitCounter;
  private final CommonStart commonStart = new CommonStart();
  private final AtomicInteger admitted = new AtomicInteger();

  ActiveFault(Fault fault, IndexedRandom random) {
    this.fault = fault;
    this.random = random;
    this.hitCounter = new HitCounter(fault);
  }

  Fault fault() {
    return fault;
  }

  HitCounter hitCounter() {
    return hitCounter;
  }

  /** Returns whether it acts on the bytes of this direction. */
  boolean appliesTo(ConnectionDirection direction) {
    return !(fault.impairment() instanceof ConnectImpairment) && fault.target().includes(direction);
  }

  DefaultFaultContext newContext(ConnectionDirection direction, long startedAt) {
    return new DefaultFaultContext(
        direction,
        random.forDirection(direction.connection(), direction.sender()),
        hitCounter,
        commonStart,
        startedAt);
  }

  ImpairmentBehavior newBehavior(DefaultFaultContext context) {
    FaultStart start = fault.target().start();
    return start.isImmediate()
        ? context.begin(fault.impairment())
        : new StartGate(fault.impairment(), start, context);
  }

  /** Returns until when it refuses connects, {@code now} if it does not. */
  long refusesUntil(long now) {
    if (!(fault.impairment() instanceof Refuse refuse)) {
      return now;
    }
    return refuse.nanos() == Verdict.NEVER
        ? Verdict.NEVER
        : Math.max(now, commonStart.get(now) + refuse.nanos());
  }

  Admission admit(ConnectionDirection client) {
    if (!(fault.impairment() instanceof ConnectImpairment impairment)
        || !fault.target().includes(client)) {
      return ConnectImpairment.IMMEDIATE;
    }
    Admission admission = impairment.admit(admitted.incrementAndGet());
    if (admission.equals(ConnectImpairment.IMMEDIATE)) {
      return admission;
    }
    hitCounter.add(client, -1, admission.reset() ? "on accept" : "before connecting");
    return new Admission(admission.reset(), admission.delayNanos(), fault.cause());
  }
}
