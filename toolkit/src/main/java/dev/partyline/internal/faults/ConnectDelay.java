package dev.partyline.internal.faults;

import dev.partyline.internal.text.DurationText;
import dev.partyline.weather.spi.Admission;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects to the server only some time after the client was accepted. */
public record ConnectDelay(long nanos) implements ConnectImpairment {
  @Override
  public Admission admit(int nth) {
    return new Admission(false, nanos, "");
  }

  @Override
  public @Nullable Advice advice(Transport transport) {
    return transport.isStream()
        ? null
        : new Advice("datagrams need no connection", "delay 50ms", "Fault.delay(time)");
  }

  @Override
  public List<ConnectDelay> smaller() {
    return SmallerValues.times(nanos).stream().map(ConnectDelay::new).toList();
  }

  @Override
  public String toString() {
    return "connect delay " + DurationText.literal(nanos);
  }
}
