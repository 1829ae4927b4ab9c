package dev.partyline.internal.faults;

import dev.partyline.weather.spi.FaultContext;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.weather.spi.PendingInput;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flips single bits: netem's corrupt. */
public record Corrupt(DatagramSelection selection) implements AdvisingImpairment {
  @Override
  public ImpairmentBehavior begin(FaultContext context) {
    boolean stream = context.direction().transport().isStream();
    return input -> stream ? bytes(context, input) : datagram(context, input);
  }

  private Verdict bytes(FaultContext context, PendingInput input) {
    byte[] changed = null;
    for (int i = 0; i < input.size(); i++) {
      long offset = input.offset() + i;
      if (selection.includes(context, offset, offset)) {
        changed = changed == null ? Bytes.copyOf(input.bytes()).toArray() : changed;
        int bit = (int) (context.draw(offset, 1) * 8);
        changed[i] ^= (byte) (1 << bit);
        context.reportHit(offset, "bit " + bit);
      }
    }
    return changed == null
        ? new Verdict.Pass(input.size())
        : new Verdict.Replace(input.size(), Bytes.of(changed));
  }

  private Verdict datagram(FaultContext context, PendingInput input) {
    if (input.size() == 0 || !selection.includes(context, input.offset(), input.index())) {
      return new Verdict.Pass(input.size());
    }
    byte[] changed = Bytes.copyOf(input.bytes()).toArray();
    long bit = (long) (context.draw(input.index(), 1) * changed.length * 8);
    changed[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
    context.reportHit(input.offset(), "byte " + bit / 8 + " bit " + bit % 8);
    return new Verdict.Replace(input.size(), Bytes.of(changed));
  }

  @Override
  public Side defaultSender() {
    return Side.SERVER;
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream() && selection instanceof DatagramSelection.DatagramNumbers
        ? new Advice("a stream has no datagrams", "corrupt 1%", "Fault.corrupt(0.01)")
        : null;
  }

  @Override
  public List<Corrupt> smaller() {
    return selection.smaller().stream().map(Corrupt::new).toList();
  }

  @Override
  public String toString() {
    return "corrupt " + selection;
  }
}
