package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;

/** One bit flips, now and then: netem's corrupt. */
record Corrupt(double probability) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    boolean stream = meeting.passage().transport().isStream();
    return waiting -> stream ? bytes(meeting, waiting) : datagram(meeting, waiting);
  }

  private Verdict bytes(FaultContext meeting, PendingInput waiting) {
    byte[] changed = null;
    for (int i = 0; i < waiting.size(); i++) {
      long offset = waiting.offset() + i;
      if (meeting.draw(offset) < probability) {
        changed = changed == null ? Bytes.copyOf(waiting.bytes()).toArray() : changed;
        int bit = (int) (meeting.draw(offset, 1) * 8);
        changed[i] ^= (byte) (1 << bit);
        meeting.hit(offset, "bit " + bit);
      }
    }
    return changed == null
        ? new Verdict.Pass(waiting.size())
        : new Verdict.Change(waiting.size(), Bytes.of(changed));
  }

  private Verdict datagram(FaultContext meeting, PendingInput waiting) {
    if (waiting.size() == 0 || meeting.draw(waiting.index()) >= probability) {
      return new Verdict.Pass(waiting.size());
    }
    byte[] changed = Bytes.copyOf(waiting.bytes()).toArray();
    long bit = (long) (meeting.draw(waiting.index(), 1) * changed.length * 8);
    changed[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
    meeting.hit(waiting.offset(), "byte " + bit / 8 + " bit " + bit % 8);
    return new Verdict.Change(waiting.size(), Bytes.of(changed));
  }

  @Override
  public Side speaker() {
    return Side.SERVER;
  }

  @Override
  public String toString() {
    return "corrupt " + Units.percent(probability);
  }
}
