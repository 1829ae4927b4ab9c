package dev.partyline.weather.spi;

/**
 * What a fault does in one direction of one connection: a state machine that does no I/O and has no
 * clock.
 *
 * <p>Its decisions must depend on the bytes, their offsets and the random numbers, never on how the
 * bytes were split.
 */
@FunctionalInterface
public interface ImpairmentBehavior {
  /**
   * Decides about the first bytes that are pending. It is called again for the same bytes only
   * after {@link Verdict.Hold}.
   */
  Verdict onInput(PendingInput input);

  /**
   * Decides while nothing is pending: {@link Verdict.Hold}, {@link Verdict.CloseConnection} or
   * {@link Verdict.HalfClose}; by default it waits for more.
   *
   * @param now the current time
   */
  default Verdict onIdle(long now) {
    return Verdict.WAIT;
  }

  /**
   * Returns when it closes the connection, {@link Verdict#NEVER} by default. At that time it must
   * do so by {@link Verdict.CloseConnection}; what has not left by then is dropped, wherever it is
   * held.
   */
  default long closeAt() {
    return Verdict.NEVER;
  }

  /**
   * Returns when the end of the stream leaves, after all bytes before it; by default at once.
   *
   * @param kind how it ends: {@link Delivery.Kind#FIN} and {@link Delivery.Kind#RST} are the
   *     sender's, the others come from a fault before this one
   * @param arrivedAt when the end arrived here
   */
  default long onEnd(Delivery.Kind kind, long arrivedAt) {
    return arrivedAt;
  }
}
