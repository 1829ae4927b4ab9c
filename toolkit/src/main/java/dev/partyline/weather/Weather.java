package dev.partyline.weather;

import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Faults in order, and the seed of their random numbers: an immutable value.
 *
 * <p>The seed is 0 unless it is set, so that a test draws the same numbers in each run. The presets
 * have the figures of WebPageTest (its {@code connectivity.ini.sample}) unless they name another
 * source, half of the round-trip time in each direction; they suit streams and datagrams.
 */
public final class Weather {
  private static final Weather CLEAR = new Weather(0, List.of());

  private final long seed;
  private final List<Fault> faults;

  private Weather(long seed, List<Fault> faults) {
    this.seed = seed;
    this.faults = faults;
  }

  /** Returns the weather without faults. */
  public static Weather clear() {
    return CLEAR;
  }

  /** Returns the weather of these faults, which are applied in this order. */
  public static Weather of(Fault... faults) {
    return new Weather(0, List.of(faults));
  }

  /**
   * Reads a weather from its text: faults with semicolons between them, among which may be {@code
   * seed 7} and the name of a preset, {@code lan}, {@code wifi}, {@code mobile}, {@code satellite},
   * {@code lossy}, {@code edge}, {@code slow-3g}, {@code fast-3g}, {@code lte}, {@code dsl} or
   * {@code cable}; or {@code clear}.
   *
   * <pre>
   * seed 7; delay 50ms jitter 10ms normal; reset after 512 bytes on connections 1,3
   * </pre>
   *
   * @throws IllegalArgumentException if the text is not a valid weather; it says what was expected
   *     where
   */
  public static Weather parse(String text) {
    return Presets.parse(text);
  }

  /**
   * Returns a local network: 1 Gbit/s each way, 0.5 ms there and back, as within a data center in
   * "Numbers Everyone Should Know" (Jeff Dean, LADIS 2009).
   */
  public static Weather lan() {
    return Presets.LAN;
  }

  /**
   * Returns Wi-Fi: 30 Mbit/s from the server, 15 Mbit/s back, 2 ms there and back, as Firefox
   * throttles to "Wi-Fi".
   */
  public static Weather wifi() {
    return Presets.WIFI;
  }

  /** Returns a mobile network (WebPageTest's 4G): 9 Mbit/s each way, 170 ms there and back. */
  public static Weather mobile() {
    return Presets.MOBILE;
  }

  /**
   * Returns a satellite: 1 Mbit/s from the server, 256 kbit/s back, 600 ms there and back, as
   * Loadero's "Satellite phone"; RFC 2488 has 558 ms at least for a geostationary one.
   */
  public static Weather satellite() {
    return Presets.SATELLITE;
  }

  /**
   * Returns a network that loses every tenth packet by chance and is fast otherwise, as Loadero's
   * "10% packetloss": see {@link Fault#packetLoss}.
   */
  public static Weather lossy() {
    return Presets.LOSSY;
  }

  /**
   * Returns EDGE: 240 kbit/s from the server, 200 kbit/s from the client, 840 ms there and back.
   */
  public static Weather edge() {
    return Presets.EDGE;
  }

  /** Returns slow 3G: 400 kbit/s each way, 400 ms there and back. */
  public static Weather slow3g() {
    return Presets.SLOW_3G;
  }

  /** Returns fast 3G: 1.6 Mbit/s from the server, 768 kbit/s back, 150 ms there and back. */
  public static Weather fast3g() {
    return Presets.FAST_3G;
  }

  /** Returns LTE: 12 Mbit/s each way, 70 ms there and back. */
  public static Weather lte() {
    return Presets.LTE;
  }

  /** Returns DSL: 1.5 Mbit/s from the server, 384 kbit/s back, 50 ms there and back. */
  public static Weather dsl() {
    return Presets.DSL;
  }

  /** Returns cable: 5 Mbit/s from the server, 1 Mbit/s back, 28 ms there and back. */
  public static Weather cable() {
    return Presets.CABLE;
  }

  /** Returns this weather with one more fault, after the others. */
  public Weather with(Fault fault) {
    return with(List.of(fault));
  }

  Weather with(List<Fault> newFaults) {
    List<Fault> all = new ArrayList<>(faults);
    all.addAll(newFaults);
    return new Weather(seed, List.copyOf(all));
  }

  /** Returns this weather with the faults of another after its own, and its seed if it has one. */
  public Weather and(Weather other) {
    return with(other.faults).seed(other.seed == 0 ? seed : other.seed);
  }

  /** Returns this weather without the faults that make no sense on a transport. */
  public Weather over(Transport transport) {
    return new Weather(
        seed, faults.stream().filter(fault -> fault.unsupportedReason(transport) == null).toList());
  }

  /** Returns this weather with another seed. */
  public Weather seed(long seed) {
    return new Weather(seed, faults);
  }

  /** Returns the seed of the random numbers; 0 unless it was set. */
  public long seed() {
    return seed;
  }

  /** Returns the faults, in the order in which they are applied. */
  public List<Fault> faults() {
    return faults;
  }

  /**
   * Checks that every fault makes sense on a transport.
   *
   * @throws IllegalArgumentException if one does not; it says what to use instead
   */
  public void check(Transport transport) {
    check(faults, transport);
  }

  static void check(List<Fault> faults, Transport transport) {
    for (Fault fault : faults) {
      String reason = fault.unsupportedReason(transport);
      if (reason != null) {
        throw new IllegalArgumentException(
            "fault (" + fault + ") cannot act on " + transport + ": " + reason);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Weather that && seed == that.seed && faults.equals(that.faults);
  }

  @Override
  public int hashCode() {
    return Objects.hash(seed, faults);
  }

  /** Returns the text that {@link #parse} reads, unless a fault is the user's own. */
  @Override
  public String toString() {
    String text =
        faults.isEmpty()
            ? "clear"
            : faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
    return seed == 0 ? text : "seed " + seed + "; " + text;
  }
}
