package dev.partyline.weather;

import dev.partyline.wire.Transport;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams are lost in bursts: netem's loss gemodel, the model of Gilbert 1960 and Elliott 1963.
 *
 * @param p of going from the good state to the bad one
 * @param r of going back
 * @param bad of losing a datagram in the bad state, netem's 1-h
 * @param good of losing one in the good state, netem's 1-k
 */
record GilbertElliottLoss(double p, double r, double bad, double good) implements Impairment {
  @Override
  public ImpairmentBehavior begin(FaultContext meeting) {
    return new Chain(meeting);
  }

  @Override
  public @Nullable String unfit(Transport transport) {
    return transport.isStream() ? Loss.ADVICE : null;
  }

  @Override
  public String toString() {
    String text = "loss gemodel " + Units.percent(p) + " " + Units.percent(r);
    if (bad == 1 && good == 0) {
      return text;
    }
    return text + " " + Units.percent(bad) + (good == 0 ? "" : " " + Units.percent(good));
  }

  /** The state is drawn from the first datagram on, for those to come may overtake one another. */
  private final class Chain implements ImpairmentBehavior {
    private final FaultContext meeting;
    private final BitSet badOnes = new BitSet();
    private int known;

    Chain(FaultContext meeting) {
      this.meeting = meeting;
    }

    @Override
    public Verdict next(PendingInput waiting) {
      double chance = isBad((int) waiting.offset()) ? bad : good;
      if (meeting.draw(waiting.index(), 1) >= chance) {
        return new Verdict.Pass(waiting.size());
      }
      meeting.hit(waiting.offset(), "");
      return new Verdict.Discard(waiting.size());
    }

    private boolean isBad(int datagram) {
      for (; known < datagram; known++) {
        boolean now = badOnes.get(known);
        badOnes.set(known + 1, now == meeting.draw(known + 1) >= (now ? r : p));
      }
      return badOnes.get(datagram);
    }
  }
}
