package dev.partyline.weather.spi;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does, whatever it applies to. A fault of your own can be a lambda:
 *
 * <pre>
 * Fault.of("black hole", context -&gt; input -&gt; new Verdict.Drop(input.size()))
 * </pre>
 *
 * <p>Each behavior is called by one thread at a time; those of different connections may be called
 * by two threads at once.
 */
@FunctionalInterface
public interface Impairment {
  /** Returns its behavior in one direction of one connection. */
  ImpairmentBehavior begin(FaultContext context);

  /** Returns the side whose bytes it applies to by default; null for both. */
  default @Nullable Side defaultSender() {
    return null;
  }

  /**
   * Returns whether nothing more is read from the sender while it holds bytes, so that the sender
   * gets back pressure; by default it reads on.
   */
  default boolean holdsSender() {
    return false;
  }

  /**
   * Returns the same with less of what it does: a shorter time, a lower probability, fewer
   * datagrams; by default none. The search for the smallest condition tries them in this order.
   */
  default List<? extends Impairment> smaller() {
    return List.of();
  }

  /** Returns why it makes no sense on a transport, and what to use instead; null if it does. */
  default @Nullable String unsupportedReason(Transport transport) {
    return null;
  }
}
