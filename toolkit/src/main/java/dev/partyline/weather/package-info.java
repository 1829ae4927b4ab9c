/**
 * Network impairments as pure decisions: what bad weather does to each byte, not how it is carried.
 *
 * <p>Begin with {@link dev.partyline.weather.Fault} and {@link dev.partyline.weather.Weather}. A
 * tap has a {@link dev.partyline.weather.FaultInjector}, where faults are put up and taken down
 * while traffic runs. Whoever wants a fault of their own writes an {@link
 * dev.partyline.weather.spi.Impairment}. Nothing here has a thread, a socket or a clock.
 */
@NullMarked
package dev.partyline.weather;

import org.jspecify.annotations.NullMarked;
