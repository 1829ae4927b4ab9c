package dev.partyline.internal.faults;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.Units;
import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Transport;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loses datagrams in bursts: netem's loss gemodel, the model of Gilbert 1960 and Elliott 1963.
 *
 * @param p the probability to go from the good state to the bad one
 * @param r the probability to go back
 * @param bad the probability to lose a datagram in the bad state, netem's 1-h
 * @param good the probability to lose one in the good state, netem's 1-k
 */
public record LossGilbertElliott(double p, double r, double bad, double good)
    implements AdvisingImpairment {
  /** Checks the probabilities. */
  public LossGilbertElliott {
    p = ArgumentChecks.probability("p", p);
    r = ArgumentChecks.probability("r", r);
    bad = ArgumentChecks.probability("bad", bad);
    good = ArgumentChecks.probability("good", good);
  }

  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    return new MarkovBehavior(context);
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() ? Loss.ADVICE : null;
  }

  @Override
  public List<LossGilbertElliott> smaller() {
    return SmallerValues.probabilities(p).stream()
        .map(lower -> new LossGilbertElliott(lower, r, bad, good))
        .toList();
  }

  @Override
  public String toString() {
    String text = "loss gemodel " + Units.percent(p) + " " + Units.percent(r);
    if (bad == 1 && good == 0) {
      return text;
    }
    return text + " " + Units.percent(bad) + (good == 0 ? "" : " " + Units.percent(good));
  }

  /** The state is drawn from the first datagram on, because datagrams may overtake each other. */
  private final class MarkovBehavior implements ImpairmentBehavior {
    private final FaultContext context;
    private final BitSet badDatagrams = new BitSet();
    private int knownCount;

    MarkovBehavior(FaultContext context) {
      this.context = context;
    }

    @Override
    public Verdict onInput(PendingInput input) {
      double lossProbability = isBad((int) input.offset()) ? bad : good;
      if (context.draw(input.index(), 1) >= lossProbability) {
        return new Verdict.Pass(input.size());
      }
      context.reportHit(input.offset(), "");
      return new Verdict.Drop(input.size());
    }

    private boolean isBad(int datagram) {
      for (; knownCount < datagram; knownCount++) {
        boolean wasBad = badDatagrams.get(knownCount);
        badDatagrams.set(
            knownCount + 1, wasBad == context.draw(knownCount + 1) >= (wasBad ? r : p));
      }
      return badDatagrams.get(datagram);
    }
  }
}
