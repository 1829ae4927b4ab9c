/**
 * What a fault of your own is made of.
 *
 * <p>Begin with {@link dev.partyline.weather.spi.Impairment}. Its {@link
 * dev.partyline.weather.spi.ImpairmentBehavior} returns a {@link dev.partyline.weather.spi.Verdict}
 * about the next bytes in one {@link dev.partyline.weather.spi.ConnectionDirection}.
 */
@NullMarked
package dev.partyline.weather.spi;

import org.jspecify.annotations.NullMarked;
