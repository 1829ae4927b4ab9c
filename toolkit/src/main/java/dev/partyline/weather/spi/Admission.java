package dev.partyline.weather.spi;

/**
 * What the weather does to a client that has just been accepted, before the server is dialled.
 *
 * @param reset whether the client is reset, and the server never dialled
 * @param delayNanos how long to wait before dialling, in nanoseconds
 * @param cause the faults that say so, as text; empty if there are none
 */
public record Admission(boolean reset, long delayNanos, String cause) {
  /** In at once. */
  public static final Admission IMMEDIATE = new Admission(false, 0, "");
}
