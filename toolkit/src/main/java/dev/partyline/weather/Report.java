package dev.partyline.weather;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the faults of a sky have done, those that were taken down included: an immutable snapshot.
 *
 * <p>Reports are equal if every fault has done the same to every connection.
 */
public final class Report {
  private final List<FaultHits> rows;

  Report(List<FaultHits> rows) {
    this.rows = List.copyOf(rows);
  }

  /** Returns the faults that were ever up, in the order of their putting up. */
  public List<Fault> faults() {
    return rows.stream().map(FaultHits::fault).toList();
  }

  /**
   * Returns what a fault did, in the order of connections, and of bytes or datagrams in each; empty
   * if nothing. Of one direction of one connection the first 2,000 hits are listed, and {@link
   * #count} has all.
   */
  public List<Hit> hits(Fault fault) {
    return of(fault).flatMap(row -> row.strips().stream()).flatMap(s -> s.hits().stream()).toList();
  }

  /** Returns how many times a fault did something. */
  public long count(Fault fault) {
    return of(fault).mapToLong(FaultHits::count).sum();
  }

  /** Returns the faults that had to fire and did not: see {@link Fault#mustFire()}. */
  public List<Fault> missed() {
    return rows.stream()
        .filter(row -> row.fault().hasToFire() && count(row.fault()) == 0)
        .map(FaultHits::fault)
        .distinct()
        .toList();
  }

  private Stream<FaultHits> of(Fault fault) {
    return rows.stream().filter(row -> row.fault().equals(fault));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Report that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  /**
   * Returns what was done as a sentence, such as {@code reset hit connections #1 and #3 at byte
   * 512; corrupt hit nothing}.
   */
  @Override
  public String toString() {
    return ReportText.of(rows);
  }
}
