package dev.partyline.weather;

import static dev.partyline.internal.text.ArgumentChecks.waitNanos;

import dev.partyline.internal.faults.AdvisingImpairment;
import dev.partyline.internal.faults.Coalesce;
import dev.partyline.internal.faults.ConnectDelay;
import dev.partyline.internal.faults.Corrupt;
import dev.partyline.internal.faults.CutAfterBytes;
import dev.partyline.internal.faults.CutAfterMatch;
import dev.partyline.internal.faults.CutAfterTime;
import dev.partyline.internal.faults.DatagramSelection.Chance;
import dev.partyline.internal.faults.Delay;
import dev.partyline.internal.faults.FaultNotation;
import dev.partyline.internal.faults.LimitData;
import dev.partyline.internal.faults.LostSegment;
import dev.partyline.internal.faults.PacketLoss;
import dev.partyline.internal.faults.Rate;
import dev.partyline.internal.faults.Refuse;
import dev.partyline.internal.faults.ResetFirst;
import dev.partyline.internal.faults.Slice;
import dev.partyline.internal.faults.SliceAt;
import dev.partyline.internal.faults.SlicePause;
import dev.partyline.internal.faults.SliceRandomly;
import dev.partyline.internal.faults.SlowClose;
import dev.partyline.internal.faults.SlowRead;
import dev.partyline.internal.faults.StallImpairment;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.QuotedBytes;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Distribution;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One impairment of the network, and what it applies to: an immutable value.
 *
 * <p>By default a fault applies to every connection, from its first byte, and in both directions;
 * {@code cutAfter} bytes or a match, {@code limitData} and {@code corrupt} apply to what the server
 * sends. Times are above zero and at most ten years, probabilities from 0 to 1; anything else is an
 * {@link IllegalArgumentException}. The words are those of tc-netem(8) and Toxiproxy. Faults of
 * datagrams alone are in {@link DatagramFaults}.
 */
public final class Fault {
  private final Impairment impairment;
  private final String text;
  private final FaultTarget target;
  private final String name;
  private final boolean mustFire;
  private final FaultNotation notation;

  private Fault(
      Impairment impairment,
      String text,
      FaultTarget target,
      String name,
      boolean mustFire,
      FaultNotation notation) {
    this.impairment = impairment;
    this.text = text;
    this.target = target.checked(impairment, notation);
    this.name = name;
    this.mustFire = mustFire;
    this.notation = notation;
  }

  /** Returns a fault that comes with the toolkit. */
  static Fault of(Impairment impairment) {
    return of(impairment.toString(), impairment);
  }

  /** Returns a fault of your own, with the name that reports have for it. */
  public static Fault of(String name, Impairment impairment) {
    FaultTarget target = FaultTarget.sentBy(impairment.defaultSender());
    return new Fault(
        impairment, ArgumentChecks.notBlank("name", name), target, "", false, FaultNotation.JAVA);
  }

  /**
   * Reads a fault from a text such as {@code delay 50ms from server}, as the package describes it.
   *
   * @throws IllegalArgumentException if it is not valid; it says what was expected where
   */
  public static Fault parse(String text) {
    return FaultParser.parse(text);
  }

  /** Delays everything by a time, including the end of the stream. */
  public static Fault delay(Duration time) {
    return of(new Delay(waitNanos("delay", time), 0, Distribution.UNIFORM));
  }

  /** {@link #delay(Duration, Duration, Distribution)} with {@link Distribution#UNIFORM}. */
  public static Fault delay(Duration time, Duration jitter) {
    return delay(time, jitter, Distribution.UNIFORM);
  }

  /** Delays by a time drawn for each 1,460 bytes, or datagram; in order, unlike netem's. */
  public static Fault delay(Duration time, Duration jitter, Distribution distribution) {
    return of(new Delay(waitNanos("delay", time), waitNanos("jitter", jitter), distribution));
  }

  /** Sends from 1 to 8,000,000,000 bytes a second: each when a line of that rate would have. */
  public static Fault rate(long bytesPerSecond) {
    return of(new Rate(bytesPerSecond));
  }

  /**
   * Cuts the stream into writes of at most so many bytes. Each leaves when the peer has read the
   * one before, or has not for 2 s, which is no hit; where the system does not tell, after 5 ms.
   */
  public static Fault slice(int size) {
    return of(new Slice(size, SlicePause.UNTIL_READ));
  }

  /** {@link #slice(int)} with a pause between the writes; for one of zero, none waits. */
  public static Fault slice(int size, Duration pause) {
    return of(new Slice(size, SlicePause.of(pause)));
  }

  /** {@link #slice(int)} at offsets from 1: the byte at each is the first of a write. */
  public static Fault sliceAt(long... offsets) {
    return of(SliceAt.of(SlicePause.UNTIL_READ, offsets));
  }

  /** {@link #sliceAt(long...)} with a pause between the writes; for one of zero, none waits. */
  public static Fault sliceAt(Duration pause, long... offsets) {
    return of(SliceAt.of(SlicePause.of(pause), offsets));
  }

  /** {@link #slice(int)} with a random size for each write, from one size to another. */
  public static Fault sliceRandomly(int minSize, int maxSize) {
    return of(new SliceRandomly(minSize, maxSize, SlicePause.UNTIL_READ));
  }

  /** {@link #sliceRandomly(int, int)} with a pause between the writes; for zero, none waits. */
  public static Fault sliceRandomly(int minSize, int maxSize, Duration pause) {
    return of(new SliceRandomly(minSize, maxSize, SlicePause.of(pause)));
  }

  /** Holds bytes until none has come for a time, or 64 KiB have, and sends them as one write. */
  public static Fault coalesce(Duration quiet) {
    return of(new Coalesce(waitNanos("quiet", quiet)));
  }

  /** Holds everything until the fault is removed; nothing is lost. */
  public static Fault stall() {
    return of(new StallImpairment(Verdict.NEVER, StallImpairment.Scope.DIRECTION));
  }

  /** Holds everything for a time that starts with the first byte of each direction. */
  public static Fault stall(Duration time) {
    return of(new StallImpairment(waitNanos("time", time), StallImpairment.Scope.DIRECTION));
  }

  /** Holds everything for a time that starts with the first byte of any connection, once. */
  public static Fault stallAll(Duration time) {
    return of(new StallImpairment(waitNanos("time", time), StallImpairment.Scope.ALL_CONNECTIONS));
  }

  /**
   * Ends the connection in both directions once so many bytes have passed in one, counted from
   * where the fault starts. An RST waits until the peer's kernel has taken them, or the connection
   * ends; if that was too early, or the system does not tell (Linux does), a note says so.
   */
  public static Fault cutAfter(long bytes, CloseType closeType) {
    return of(new CutAfterBytes(bytes, closeType));
  }

  /** Ends the connection a time after it opened or the fault was injected, whatever is unsent. */
  public static Fault cutAfter(Duration time, CloseType closeType) {
    return of(new CutAfterTime(waitNanos("time", time), closeType));
  }

  /** {@link #cutAfter(Bytes, CloseType)} with a text in UTF-8. */
  public static Fault cutAfter(String text, CloseType closeType) {
    return cutAfter(Bytes.utf8(text), closeType);
  }

  /** Ends the connection in both directions right after a pattern, however it was split. */
  public static Fault cutAfter(Bytes pattern, CloseType closeType) {
    return of(new CutAfterMatch(pattern, closeType));
  }

  /** Ends one direction by a FIN after so many bytes, and drops the rest; the other continues. */
  public static Fault limitData(long bytes) {
    return of(new LimitData(bytes));
  }

  /** Flips one bit with a probability for each byte of a stream, or each datagram as in netem. */
  public static Fault corrupt(double probability) {
    return of(new Corrupt(new Chance(probability)));
  }

  /** Delays a FIN by a time (Toxiproxy's slow_close). */
  public static Fault slowClose(Duration time) {
    return of(new SlowClose(waitNanos("time", time)));
  }

  /** Reads nothing for a time from the first byte, into 4 KiB if it is there from the start. */
  public static Fault slowRead(Duration time) {
    return of(new SlowRead(waitNanos("time", time)));
  }

  /** Connects to the server only some time after the client was accepted. */
  public static Fault connectDelay(Duration time) {
    return of(new ConnectDelay(waitNanos("time", time)));
  }

  /** Resets the first n connections when they are accepted; later ones pass. */
  public static Fault resetFirst(int n) {
    return of(new ResetFirst(n));
  }

  /** {@link #lostSegment(double, Duration)} with 200 ms, the minimum of Linux. */
  public static Fault lostSegment(double probability) {
    return lostSegment(probability, LostSegment.DEFAULT_RTO);
  }

  /**
   * Delays a segment of 1,460 bytes until its retransmission after the rto of RFC 6298; all bytes
   * after it wait, too. Each further loss, up to the sixth, doubles the wait, up to 120 s.
   */
  public static Fault lostSegment(double probability, Duration rto) {
    return of(new LostSegment(probability, waitNanos("rto", rto)));
  }

  /** {@link #lostSegment(double)} over a stream, {@link DatagramFaults#loss(double)} over UDP. */
  public static Fault packetLoss(double probability) {
    return of(new PacketLoss(probability));
  }

  /** Refuses connections as if nothing listened, and over UDP all; open ones continue. */
  public static Fault refuse() {
    return of(new Refuse(Verdict.NEVER));
  }

  /** {@link #refuse()} for a time, from when the tap opens or the fault is injected. */
  public static Fault refuse(Duration time) {
    return of(new Refuse(waitNanos("time", time)));
  }

  private Fault withTarget(FaultTarget replacement) {
    return new Fault(impairment, text, replacement, name, mustFire, notation);
  }

  /** Returns this fault, applied only to what one side sends. */
  public Fault from(Side side) {
    return withTarget(target.withSender(side));
  }

  /** Returns this fault, applied to what either side sends, to each direction by itself. */
  public Fault bothWays() {
    return withTarget(target.withSender(null));
  }

  /** Returns this fault, applied only to the connections with these numbers, in order from 1. */
  public Fault onConnections(int... numbers) {
    return withTarget(target.withConnections(numbers));
  }

  /** Returns this fault, applied to every nth connection: for 3 the third, the sixth and so on. */
  public Fault onEveryNth(int nth) {
    return withTarget(target.withEveryNth(nth));
  }

  /** Returns this fault, applied only to a client's literal address, with or without its port. */
  public Fault onClientAddress(String address) {
    return withTarget(target.withAddress(address));
  }

  /** Returns this fault where a condition holds, which no text can have, for each direction. */
  public Fault onlyIf(Predicate<ConnectionDirection> condition) {
    return withTarget(target.withCondition(condition));
  }

  /** Returns this fault, starting at an offset in the stream, from 0. */
  public Fault startingAtByte(long offset) {
    return withTarget(target.withStart(target.start().atByte(offset)));
  }

  /** Returns this fault, starting at a datagram, counted from 1 in each direction. */
  public Fault startingAtDatagram(long number) {
    return withTarget(target.withStart(target.start().atDatagram(number)));
  }

  /** {@link #after(Bytes)} with a text in UTF-8. */
  public Fault after(String text) {
    return after(Bytes.utf8(text));
  }

  /** Returns this fault, starting right after a pattern, or the datagram with it, has passed. */
  public Fault after(Bytes pattern) {
    return withTarget(target.withStart(target.start().after(pattern, null)));
  }

  /** {@link #after(Bytes, Side)} with a text in UTF-8. */
  public Fault after(String text, Side sender) {
    return after(Bytes.utf8(text), sender);
  }

  /** Returns it starting when a side has sent a pattern: in the other direction, from then on. */
  public Fault after(Bytes pattern, Side sender) {
    return withTarget(target.withStart(target.start().after(pattern, sender)));
  }

  /** Returns this fault, which {@link WeatherReport#unfiredFaults()} lists until it has a hit. */
  public Fault mustFire() {
    if (isRefusal()) {
      throw new IllegalArgumentException(Refuse.NOT_REPORTED.in(notation));
    }
    return new Fault(impairment, text, target, name, true, notation);
  }

  /** Returns this fault with another name, which reports have for it, and which seeds its draws. */
  public Fault named(String name) {
    String newName = ArgumentChecks.notBlank("name", name);
    return new Fault(impairment, text, target, newName, mustFire, notation);
  }

  /** Returns the same fault with less of what it does, in each way; see {@link Impairment}. */
  public List<Fault> smaller() {
    return impairment.smaller().stream().map(this::with).toList();
  }

  private Fault with(Impairment other) {
    String newText = text.equals(impairment.toString()) ? other.toString() : text;
    return new Fault(other, newText, target, name, mustFire, notation);
  }

  Fault asText() {
    return new Fault(impairment, text, target, name, mustFire, FaultNotation.TEXT);
  }

  /** Returns the name that reports have for it: the one given, or what kind of fault it is. */
  public String name() {
    return name.isEmpty() ? FaultParser.kind(text) : name;
  }

  Impairment impairment() {
    return impairment;
  }

  FaultTarget target() {
    return target;
  }

  /** Returns the cause that the ledger has for an end that it made. */
  String cause() {
    return name.isEmpty() ? text : name + " (" + text + ")";
  }

  boolean hasToFire() {
    return mustFire;
  }

  /** Returns whether nothing is to listen while it is active. */
  boolean isRefusal() {
    return impairment instanceof Refuse;
  }

  @Nullable String unsupportedReason(Transport transport) {
    String reason = AdvisingImpairment.reason(impairment, transport, notation);
    return reason == null ? target.start().unsupportedReason(transport, notation) : reason;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fault that
        && impairment.equals(that.impairment)
        && text.equals(that.text)
        && target.equals(that.target)
        && name.equals(that.name)
        && mustFire == that.mustFire;
  }

  @Override
  public int hashCode() {
    return Objects.hash(impairment, text, target, name, mustFire);
  }

  /** Returns the text that {@link #parse} reads, unless it is a fault of your own. */
  @Override
  public String toString() {
    return text
        + target.text(impairment.defaultSender())
        + (mustFire ? " must fire" : "")
        + (name.isEmpty() ? "" : " named " + QuotedBytes.print(Bytes.utf8(name).toArray()));
  }
}
