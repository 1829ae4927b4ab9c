package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Something that keeps a recording of what passed through its faults, and where a test can hold
 * what a side sends, and let it go.
 *
 * <p>What is held has met the faults already, and is in the recording, which has a note when it is
 * held and when it is let go. Numbers of connections count from 1; without any, all are meant,
 * those that open later too. When a connection ends, what is held of it is not passed on, and a
 * note says so.
 */
public interface Weathered extends Recorded {
  /** Returns a tap itself, and the weather of a {@link WeatherOwner}; empty for anything else. */
  static Optional<Weathered> of(Recorded recorded) {
    if (recorded instanceof Weathered weathered) {
      return Optional.of(weathered);
    }
    return recorded instanceof WeatherOwner owner ? Optional.of(owner.weather()) : Optional.empty();
  }

  /** Returns what the faults have done so far. */
  WeatherReport weatherReport();

  /**
   * Returns whether a connection or a datagram came, or may have come: the system does not tell
   * whom a {@linkplain Fault#refuse refusal} has refused.
   */
  default boolean isUsed() {
    WeatherReport report = weatherReport();
    return recording().connections() > 0
        || report.faults().stream()
            .anyMatch(fault -> report.hitCount(fault) > 0 || !report.isCounted(fault));
  }

  /** Returns the seed with which all random numbers of its weather are drawn again. */
  long seed();

  /**
   * Returns what is held, for {@link #hold} and the methods beside it.
   *
   * @throws IllegalStateException if nothing can be, because a listener or a client was started
   *     without a weather
   */
  Holds holds();

  /**
   * Returns words for what is held now, such as {@code 6 bytes and the FIN of the server on
   * connection 1}, for 10 sides of connections and how many more there are; none if nothing is.
   */
  default List<String> held() {
    return holds().describe();
  }

  /**
   * Holds what a side sends from now on, its FIN or RST too, until it is released. It is read all
   * the same, 4 MiB of a stream; then the sender gets back pressure. Holding it again has no
   * effect.
   *
   * @throws IllegalStateException if this is closed
   */
  default void hold(Side sender, int... connections) {
    holds().hold(EnumSet.of(Holds.checkSender(sender)), connections);
  }

  /** Passes on all that is held of a side, and what comes from it from now on. */
  default void release(Side sender, int... connections) {
    holds().release(EnumSet.of(Holds.checkSender(sender)), connections);
  }

  /**
   * Passes on the one thing that is held of a side for longest, and goes on holding: what was
   * received by one read, or what the weather has made of it, a datagram, a FIN or an RST. If there
   * is none yet, waits 5 s for it, stretched by {@link dev.partyline.wire.TimeoutFactor}.
   *
   * @return the bytes; none of a FIN or an RST
   * @throws AssertionError if nothing came, or the connection ended before it could be passed on;
   *     at once if nothing can come: it was released or this was closed meanwhile, or the
   *     connections with these numbers have ended
   * @throws IllegalStateException if the side is not held, or this is closed
   */
  default Bytes step(Side sender, int... connections) {
    return holds().step(sender, connections);
  }

  /**
   * Waits until something is held of a side, on one of the connections.
   *
   * @param timeout how long to wait, stretched by {@link dev.partyline.wire.TimeoutFactor}
   * @throws AssertionError if nothing is in time, or nothing can be: see {@link #step}
   * @throws IllegalStateException if the side is not held, or this is closed
   */
  default void awaitHeld(Side sender, Duration timeout, int... connections) {
    holds().awaitHeld(sender, timeout, connections);
  }

  /** Holds what both sides send from now on, as a network that has stopped; see {@link #hold}. */
  default void freeze(int... connections) {
    holds().hold(EnumSet.allOf(Side.class), connections);
  }

  /** Passes on all that is held of both sides, and what comes from now on. */
  default void thaw(int... connections) {
    holds().release(EnumSet.allOf(Side.class), connections);
  }
}
