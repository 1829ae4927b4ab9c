package dev.partyline.weather.spi;

/**
 * What the weather does to a client that has just been accepted, before the server is connected to.
 *
 * @param reset whether the client is reset, and the server is not connected to
 * @param delayNanos how long to wait before connecting to the server, in nanoseconds
 * @param cause the text of the faults that do so; empty if there are none
 */
public record Admission(boolean reset, long delayNanos, String cause) {}
