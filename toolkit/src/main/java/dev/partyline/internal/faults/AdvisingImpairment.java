package dev.partyline.internal.faults;

import dev.partyline.weather.spi.Impairment;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/** An impairment that suggests another one where it makes no sense. */
public interface AdvisingImpairment extends Impairment {
  /** Returns why it makes no sense on a transport; null if it does. */
  @Nullable Advice advice(Transport transport);

  /** Returns the same of any impairment, for one who has written the fault like this. */
  static @Nullable String reason(
      Impairment impairment, Transport transport, FaultNotation notation) {
    if (!(impairment instanceof AdvisingImpairment advising)) {
      return impairment.unsupportedReason(transport);
    }
    Advice advice = advising.advice(transport);
    return advice == null ? null : advice.in(notation);
  }

  @Override
  default @Nullable String unsupportedReason(Transport transport) {
    Advice advice = advice(transport);
    return advice == null ? null : advice.in(FaultNotation.JAVA);
  }
}
