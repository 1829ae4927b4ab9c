package dev.partyline.weather;

import java.util.concurrent.atomic.AtomicInteger;

/** A fault that is up; the same fault put up again is another one. */
final class ActiveFault {
  private final Fault fault;
  private final IndexedRandom chance;
  private final HitCounter tally;
  private final AtomicInteger admitted = new AtomicInteger();

  ActiveFault(Fault fault, IndexedRandom chance) {
    this.fault = fault;
    this.chance = chance;
    this.tally = new HitCounter(fault);
  }

  Fault fault() {
    return fault;
  }

  HitCounter tally() {
    return tally;
  }

  /** Whether bytes of this direction meet it. */
  boolean concerns(ConnectionDirection passage) {
    return !(fault.impairment() instanceof ConnectImpairment) && fault.target().includes(passage);
  }

  DefaultFaultContext meet(ConnectionDirection passage, long since) {
    return new DefaultFaultContext(
        passage, chance.at(passage.connection(), passage.from()), tally, since);
  }

  Admission admit(ConnectionDirection client) {
    if (!(fault.impairment() instanceof ConnectImpairment door)
        || !fault.target().includes(client)) {
      return Admission.FREE;
    }
    Admission admission = door.admit(admitted.incrementAndGet());
    if (admission.equals(Admission.FREE)) {
      return admission;
    }
    tally.add(client, -1, admission.reset() ? "on accept" : "before dialling");
    return new Admission(admission.reset(), admission.delayNanos(), fault.cause());
  }
}
