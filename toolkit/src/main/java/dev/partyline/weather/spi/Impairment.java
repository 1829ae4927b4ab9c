package dev.partyline.weather.spi;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does, apart from whom it concerns. A fault of one's own is a lambda:
 *
 * <pre>
 * Fault.of("black hole", context -&gt; input -&gt; new Verdict.Drop(input.size()))
 * </pre>
 *
 * <p>Each course is asked by one thread at a time; those of several connections by two at once.
 */
@FunctionalInterface
public interface Impairment {
  /** Returns its course on one direction of one connection. */
  ImpairmentBehavior begin(FaultContext context);

  /** Returns whose words it concerns unless the fault is told otherwise; null for both. */
  default @Nullable Side defaultSender() {
    return null;
  }

  /** Returns why it makes no sense on a transport, and what to use instead; null if it does. */
  default @Nullable String unsupportedReason(Transport transport) {
    return null;
  }
}
