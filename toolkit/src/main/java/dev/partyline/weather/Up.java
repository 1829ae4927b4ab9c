package dev.partyline.weather;

import java.util.concurrent.atomic.AtomicInteger;

/** A fault that is up; the same fault put up again is another one. */
final class Up {
  private final Fault fault;
  private final Chance chance;
  private final Tally tally;
  private final AtomicInteger admitted = new AtomicInteger();

  Up(Fault fault, Chance chance) {
    this.fault = fault;
    this.chance = chance;
    this.tally = new Tally(fault);
  }

  Fault fault() {
    return fault;
  }

  Tally tally() {
    return tally;
  }

  /** Whether bytes of this direction meet it. */
  boolean concerns(Passage passage) {
    return !(fault.impairment() instanceof Door) && fault.target().includes(passage);
  }

  Encounter meet(Passage passage, long since) {
    return new Encounter(passage, chance.at(passage.connection(), passage.from()), tally, since);
  }

  Admission admit(Passage client) {
    if (!(fault.impairment() instanceof Door door) || !fault.target().includes(client)) {
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
