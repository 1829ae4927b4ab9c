package dev.partyline.weather.spi;

/**
 * A fault at work on one direction of one connection: a state machine that moves neither bytes nor
 * time.
 *
 * <p>What it decides must depend on the bytes, their offsets and what it draws, never on how the
 * bytes were split.
 */
@FunctionalInterface
public interface ImpairmentBehavior {
  /**
   * Returns what is done with the first of what waits. It is asked again about the same bytes only
   * after {@link Verdict.Hold}.
   */
  Verdict onInput(PendingInput input);

  /**
   * Returns what is done while nothing waits: {@link Verdict.Hold}, {@link Verdict.CloseConnection}
   * or {@link Verdict.HalfClose}; by default it waits for more.
   *
   * @param now what time it is
   */
  default Verdict onIdle(long now) {
    return Verdict.WAIT;
  }

  /**
   * Returns when the end of the stream goes on, once all bytes before it have; by default at once.
   *
   * @param kind how it ends: {@link Delivery.Kind#FIN} and {@link Delivery.Kind#RST} are the
   *     speaker's, the others come from a fault ahead of this one
   * @param arrivedAt when the end came here
   */
  default long onEnd(Delivery.Kind kind, long arrivedAt) {
    return arrivedAt;
  }
}
