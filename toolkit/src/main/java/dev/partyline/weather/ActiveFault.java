package dev.partyline.weather;

import dev.partyline.internal.faults.ConnectImpairment;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.ConnectionDirection;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault that is up; the same fault put up again is another one. */
final class ActiveFault {
  private final Fault fault;
  private final IndexedRandom random;
  private final HitCounter hitCounter;
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

  /** Whether bytes of this direction meet it. */
  boolean concerns(ConnectionDirection direction) {
    return !(fault.impairment() instanceof ConnectImpairment) && fault.target().includes(direction);
  }

  DefaultFaultContext newContext(ConnectionDirection direction, long startedAt) {
    return new DefaultFaultContext(
        direction,
        random.forDirection(direction.connection(), direction.sender()),
        hitCounter,
        startedAt);
  }

  Admission admit(ConnectionDirection client) {
    if (!(fault.impairment() instanceof ConnectImpairment impairment)
        || !fault.target().includes(client)) {
      return Admission.IMMEDIATE;
    }
    Admission admission = impairment.admit(admitted.incrementAndGet());
    if (admission.equals(Admission.IMMEDIATE)) {
      return admission;
    }
    hitCounter.add(client, -1, admission.reset() ? "on accept" : "before dialling");
    return new Admission(admission.reset(), admission.delayNanos(), fault.cause());
  }
}
