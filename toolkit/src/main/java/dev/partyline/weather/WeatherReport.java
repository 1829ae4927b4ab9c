package dev.partyline.weather;

import dev.partyline.wire.Side;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the faults of a tap have done, including those that were removed: an immutable snapshot.
 *
 * <p>Reports are equal if every fault has done the same to every connection.
 */
public final class WeatherReport {
  private final List<FaultHits> allHits;
  private final Map<SentStream, Long> passedBytes;

  /** What a side sends on a connection. */
  record SentStream(int connection, Side sender) {}

  WeatherReport(List<FaultHits> allHits, Map<SentStream, Long> passedBytes) {
    this.allHits = List.copyOf(allHits);
    this.passedBytes = passedBytes;
  }

  /** Returns the faults that were ever injected, in that order. */
  public List<Fault> faults() {
    return allHits.stream().map(FaultHits::fault).toList();
  }

  /**
   * Returns what a fault did, in the order of the connections, and of the bytes or datagrams in
   * each. What slices has hit the byte that begins each write but the first; whom {@link
   * Fault#refuse} has hit the system does not tell. For one direction of one connection the first
   * 2,000 hits are listed; {@link #hitCount} counts all.
   */
  public List<Hit> hits(Fault fault) {
    return find(fault)
        .flatMap(hits -> hits.directions().stream())
        .flatMap(direction -> direction.hits().stream())
        .toList();
  }

  /** Returns how many times a fault did something. */
  public long hitCount(Fault fault) {
    return find(fault).mapToLong(FaultHits::count).sum();
  }

  /**
   * Returns how many slices of a fault are no hits, because the peer did not read what was before
   * them within 2 s, or another fault has joined them with that. One with a pause of 0 ms waits for
   * no reader, and is a hit.
   */
  public long mergedSliceCount(Fault fault) {
    return find(fault).mapToLong(FaultHits::mergeCount).sum();
  }

  /**
   * Returns whether it is known what a fault has hit. It is not of {@link Fault#refuse}, because
   * the system does not tell whom it has refused.
   */
  public boolean isCounted(Fault fault) {
    return !fault.isRefusal();
  }

  /**
   * Returns how many bytes of what a side has sent on a connection had left for its peer. What
   * comes after them was held back or dropped, and was not delivered. It is not exact where a fault
   * of your own puts more or fewer bytes in the place of others.
   *
   * @param connection the number of the connection, from 1
   * @return empty for datagrams, and if no fault was applied to what the side sends
   */
  public OptionalLong passedBytes(int connection, Side sender) {
    Long count = passedBytes.get(new SentStream(connection, sender));
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  /** Returns the faults that must fire and have not: see {@link Fault#mustFire()}. */
  public List<Fault> unfiredFaults() {
    return allHits.stream()
        .filter(hits -> hits.fault().hasToFire() && hitCount(hits.fault()) == 0)
        .map(FaultHits::fault)
        .distinct()
        .toList();
  }

  private Stream<FaultHits> find(Fault fault) {
    return allHits.stream().filter(hits -> hits.fault().equals(fault));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WeatherReport that && allHits.equals(that.allHits);
  }

  @Override
  public int hashCode() {
    return allHits.hashCode();
  }

  /**
   * Returns what was done as a sentence, such as {@code reset hit connections #1 and #3 at byte
   * 512; corrupt hit nothing}.
   */
  @Override
  public String toString() {
    return WeatherReportText.of(allHits);
  }
}
