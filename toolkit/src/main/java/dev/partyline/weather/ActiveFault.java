package dev.partyline.weather;

import dev.partyline.internal.faults.ConnectImpairment;
import dev.partyline.weather.spi.Admission;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.ImpairmentBehavior;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault that was injected; the same fault injected again is another one. */
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

  /** Returns whether it acts on the bytes of this direction. */
  boolean appliesTo(ConnectionDirection direction) {
    return !(fault.impairment() instanceof ConnectImpairment) && fault.target().includes(direction);
  }

  DefaultFaultContext newContext(ConnectionDirection direction, long startedAt) {
    return new DefaultFaultContext(
        direction,
        random.forDirection(direction.connection(), direction.sender()),
        hitCounter,
        startedAt);
  }

  ImpairmentBehavior newBehavior(DefaultFaultContext context) {
    return fault.target().isMidStream()
        ? new StartGate(fault.impairment(), fault.target(), context)
        : context.begin(fault.impairment());
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
