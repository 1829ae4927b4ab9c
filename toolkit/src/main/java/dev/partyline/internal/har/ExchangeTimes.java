package dev.partyline.internal.har;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * When an exchange began, and how long its parts took, in nanoseconds.
 *
 * @param startNanos when its first byte was seen, after the connection opened
 * @param sendNanos from there to the last byte of the request, or to the response if that began
 *     earlier
 * @param waitNanos from there to the first byte of the final response
 * @param receiveNanos from there to its last byte
 */
record ExchangeTimes(long startNanos, long sendNanos, long waitNanos, long receiveNanos) {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final int MILLIS_SCALE = 3;

  /**
   * Returns the times of an exchange.
   *
   * @param responseStart when the response began; empty if there is none
   * @param end when the response, or the wait for it, ended
   */
  static ExchangeTimes of(long start, long requestEnd, OptionalLong responseStart, long end) {
    long waitEnd = Math.max(start, responseStart.orElse(Math.max(requestEnd, end)));
    long sendEnd = Math.max(start, Math.min(requestEnd, waitEnd));
    long receiveEnd = Math.max(waitEnd, end);
    return new ExchangeTimes(start, sendEnd - start, waitEnd - sendEnd, receiveEnd - waitEnd);
  }

  BigDecimal send() {
    return millis(sendNanos);
  }

  BigDecimal waitTime() {
    return millis(waitNanos);
  }

  BigDecimal receive() {
    return millis(receiveNanos);
  }

  /** Returns the sum of what is written, not of what was measured. */
  BigDecimal total() {
    return send().add(waitTime()).add(receive());
  }

  private static BigDecimal millis(long nanos) {
    return BigDecimal.valueOf(nanos / NANOS_PER_MICRO, MILLIS_SCALE);
  }
}
