package dev.partyline.weather;

import dev.partyline.internal.faults.Coalesce;
import dev.partyline.internal.faults.ConnectDelay;
import dev.partyline.internal.faults.Corrupt;
import dev.partyline.internal.faults.CutAfterBytes;
import dev.partyline.internal.faults.CutAfterMatch;
import dev.partyline.internal.faults.CutAfterTime;
import dev.partyline.internal.faults.Delay;
import dev.partyline.internal.faults.DuplicateImpairment;
import dev.partyline.internal.faults.LimitData;
import dev.partyline.internal.faults.Loss;
import dev.partyline.internal.faults.LossEvery;
import dev.partyline.internal.faults.LossGilbertElliott;
import dev.partyline.internal.faults.LostSegment;
import dev.partyline.internal.faults.Rate;
import dev.partyline.internal.faults.Refuse;
import dev.partyline.internal.faults.ReorderImpairment;
import dev.partyline.internal.faults.ResetFirst;
import dev.partyline.internal.faults.Slice;
import dev.partyline.internal.faults.SliceAt;
import dev.partyline.internal.faults.SliceRandomly;
import dev.partyline.internal.faults.SlowClose;
import dev.partyline.internal.faults.StallImpairment;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.weather.spi.CloseType;
import dev.partyline.weather.spi.Distribution;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.Verdict;
import dev.partyline.wire.Bytes;
import java.time.Duration;
import java.util.Arrays;

/**
 * One impairment of the network, and whom it concerns: an immutable value.
 *
 * <p>Without more, a fault concerns every connection from its first byte on. Times are above zero
 * and at most ten years, probabilities from 0 to 1; anything else is an {@link
 * IllegalArgumentException}. The words are those of tc-netem(8) and Toxiproxy.
 */
public final class Fault extends TargetedFault {
  public static final Duration DEFAULT_RTO = Duration.ofMillis(200);
  public static final Duration DEFAULT_REORDER_TIMEOUT = Duration.ofMillis(100);

  private Fault(
      Impairment impairment, String text, FaultTarget target, String name, boolean mustFire) {
    super(impairment, text, target, name, mustFire);
  }

  private static Fault of(Impairment impairment) {
    return new Fault(
        impairment,
        impairment.toString(),
        FaultTarget.sentBy(impairment.defaultSender()),
        "",
        false);
  }

  /**
   * Returns a fault of one's own.
   *
   * @param name how reports call it
   * @param impairment what it does
   */
  public static Fault of(String name, Impairment impairment) {
    return new Fault(
        impairment, checkName(name), FaultTarget.sentBy(impairment.defaultSender()), "", false);
  }

  /**
   * Reads a fault from its text: what it does, and whom it concerns.
   *
   * <pre>
   * delay 50ms | delay 50ms jitter 10ms [uniform | normal | pareto] | rate 100KB/s
   * slice 100 bytes [pause 5ms] | slice at 10,20 | slice randomly 1 to 100 bytes | coalesce 20ms
   * stall [2s] | cut after 512 bytes | cut after 5s | cut after "QUIT\r\n" | reset after ...
   * limit 512 bytes | corrupt 0.1% | slow close 5s | lost segment 1% [rto 300ms]
   * dial delay 2s | reset first 2 | refuse
   * loss 1% | loss every 5 | loss gemodel 1% 10% [100% [0%]] | duplicate 1%
   * reorder 5% [by 3] [within 50ms]
   *
   * from client | from server | both ways | on connections 1,3 | on every 3
   * from address 127.0.0.1 | from byte 512 | from datagram 5 | after "text" | must fire
   * named "name"
   * </pre>
   *
   * <p>{@code cut} ends by FIN, {@code reset} by RST. Times are in ns, us, ms, s or m, sizes in B,
   * KB and so on, powers of 1000, or KiB and so on, powers of 1024; text in quotation marks has the
   * escapes of a wire script.
   *
   * @throws IllegalArgumentException if it is none; it says what was expected where
   */
  public static Fault parse(String text) {
    return FaultParser.parse(text);
  }

  /** Everything leaves later by a time; the end of the stream, too. */
  public static Fault delay(Duration time) {
    return of(new Delay(ArgumentChecks.wait("delay", time).toNanos(), 0, Distribution.UNIFORM));
  }

  /** {@link #delay(Duration, Duration, Distribution)} that is {@link Distribution#UNIFORM}. */
  public static Fault delay(Duration time, Duration jitter) {
    return delay(time, jitter, Distribution.UNIFORM);
  }

  /**
   * Everything leaves later by a time that is drawn for each 1,460 bytes of the stream, or each
   * datagram, and is never below zero. The order is kept, on UDP too, where netem's is not.
   */
  public static Fault delay(Duration time, Duration jitter, Distribution distribution) {
    return of(
        new Delay(
            ArgumentChecks.wait("delay", time).toNanos(),
            ArgumentChecks.wait("jitter", jitter).toNanos(),
            distribution));
  }

  /**
   * So many bytes a second leave: each when a line of that rate would have sent it.
   *
   * @param bytesPerSecond from 1 to 8,000,000,000
   */
  public static Fault rate(long bytesPerSecond) {
    if (ArgumentChecks.atLeast("rate", bytesPerSecond, 1) > Rate.MAX_BYTES_PER_SECOND) {
      throw ArgumentChecks.invalid("rate", bytesPerSecond, "at most 8000000000 bytes a second");
    }
    return of(new Rate(bytesPerSecond));
  }

  /** The stream is cut into writes of at most so many bytes, which follow one another at once. */
  public static Fault slice(int size) {
    return of(new Slice(ArgumentChecks.atLeast("size", size, 1), 0));
  }

  /** The stream is cut into writes of at most so many bytes, with a pause between them. */
  public static Fault slice(int size, Duration pause) {
    return of(
        new Slice(
            ArgumentChecks.atLeast("size", size, 1),
            ArgumentChecks.wait("pause", pause).toNanos()));
  }

  /** The stream is cut at offsets from 1 on: the byte at each is the first of a write. */
  public static Fault sliceAt(long... offsets) {
    if (offsets.length == 0) {
      throw new IllegalArgumentException("offsets () must be at least one");
    }
    Arrays.stream(offsets).forEach(offset -> ArgumentChecks.atLeast("offset", offset, 1));
    return of(new SliceAt(Arrays.stream(offsets).sorted().distinct().boxed().toList()));
  }

  /** The stream is cut into writes of at most a random size, from one size to another. */
  public static Fault sliceRandomly(int minSize, int maxSize) {
    ArgumentChecks.atLeast("least", minSize, 1);
    return of(new SliceRandomly(minSize, ArgumentChecks.atLeast("most", maxSize, minSize)));
  }

  /** Bytes wait until none has come for a time, or 64 KiB have, and leave as one write. */
  public static Fault coalesce(Duration quiet) {
    return of(new Coalesce(ArgumentChecks.wait("quiet", quiet).toNanos()));
  }

  /** Nothing leaves until the fault is taken down; nothing is lost. */
  public static Fault stall() {
    return of(new StallImpairment(Verdict.NEVER));
  }

  /** The first byte and all behind it wait for a time; then everything flows again. */
  public static Fault stall(Duration time) {
    return of(new StallImpairment(ArgumentChecks.wait("time", time).toNanos()));
  }

  /**
   * The connection ends in both directions once exactly so many bytes have passed.
   *
   * @param bytes counted from the first that the fault concerns, in what the server says unless
   *     told otherwise; 0 ends it as soon as it is open
   * @param closeType by FIN or RST
   */
  public static Fault cutAfter(long bytes, CloseType closeType) {
    return of(new CutAfterBytes(ArgumentChecks.atLeast("bytes", bytes, 0), closeType));
  }

  /**
   * The connection ends in both directions after a time, whether bytes pass or not.
   *
   * @param time counted from the opening, or from the putting up of the fault if that is later
   * @param closeType by FIN or RST
   */
  public static Fault cutAfter(Duration time, CloseType closeType) {
    return of(new CutAfterTime(ArgumentChecks.wait("time", time).toNanos(), closeType));
  }

  /** {@link #cutAfter(Bytes, CloseType)} of a text in UTF-8. */
  public static Fault cutAfter(String text, CloseType closeType) {
    return cutAfter(Bytes.utf8(text), closeType);
  }

  /**
   * The connection ends in both directions right after a pattern has passed, in however many pieces
   * it came; it is looked for in what the server says unless told otherwise.
   */
  public static Fault cutAfter(Bytes pattern, CloseType closeType) {
    return of(new CutAfterMatch(requireNotEmpty(pattern), closeType));
  }

  /**
   * So many bytes pass in one direction, then comes a FIN, and the rest is swallowed; the other
   * direction goes on. It concerns what the server says unless told otherwise.
   */
  public static Fault limitData(long bytes) {
    return of(new LimitData(ArgumentChecks.atLeast("bytes", bytes, 0)));
  }

  /**
   * One bit flips, in what the server says unless told otherwise.
   *
   * @param probability for each byte of a stream; on UDP for each datagram, as in netem
   */
  public static Fault corrupt(double probability) {
    return of(new Corrupt(ArgumentChecks.probability("probability", probability)));
  }

  /** A FIN waits for a time (Toxiproxy's slow_close). */
  public static Fault slowClose(Duration time) {
    return of(new SlowClose(ArgumentChecks.wait("time", time).toNanos()));
  }

  /** The server is dialled so much later than the client was accepted. */
  public static Fault dialDelay(Duration time) {
    return of(new ConnectDelay(ArgumentChecks.wait("time", time).toNanos()));
  }

  /** The first n connections that it concerns are reset on accept; the next ones live. */
  public static Fault resetFirst(int n) {
    return of(new ResetFirst(ArgumentChecks.atLeast("n", n, 1)));
  }

  /** {@link #lostSegment(double, Duration)} with 200 ms, the least that Linux waits. */
  public static Fault lostSegment(double probability) {
    return lostSegment(probability, DEFAULT_RTO);
  }

  /**
   * A segment of the stream, of 1,460 bytes, is lost and comes with its retransmission, all behind
   * it waiting; each further loss of it, up to the sixth, doubles the wait, up to 120 s.
   *
   * @param rto how long TCP waits before it sends again (RFC 6298)
   */
  public static Fault lostSegment(double probability, Duration rto) {
    double checkedProbability = ArgumentChecks.probability("probability", probability);
    return of(new LostSegment(checkedProbability, ArgumentChecks.wait("rto", rto).toNanos()));
  }

  /** Nobody listens while it is up: connections are refused; those that are open go on. */
  public static Fault refuse() {
    return of(new Refuse());
  }

  /** Each datagram may be lost (netem's loss random). */
  public static Fault loss(double probability) {
    return of(new Loss(ArgumentChecks.probability("probability", probability)));
  }

  /** Every nth datagram is lost, in each direction: for 3 the third, the sixth and so on. */
  public static Fault lossEvery(int n) {
    return of(new LossEvery(ArgumentChecks.atLeast("n", n, 1)));
  }

  /**
   * {@link #lossGilbertElliott(double, double, double, double)} that loses all in the bad state
   * alone.
   */
  public static Fault lossGilbertElliott(double p, double r) {
    return lossGilbertElliott(p, r, 1, 0);
  }

  /**
   * Datagrams are lost in bursts, by the model of Gilbert and Elliott (netem's loss gemodel).
   *
   * @param p the probability to go from the good state to the bad one, at each datagram
   * @param r to go back; a burst takes 1/r datagrams in the mean
   * @param bad to lose a datagram in the bad state (1-h)
   * @param good to lose one in the good state (1-k)
   */
  public static Fault lossGilbertElliott(double p, double r, double bad, double good) {
    return of(
        new LossGilbertElliott(
            ArgumentChecks.probability("p", p),
            ArgumentChecks.probability("r", r),
            ArgumentChecks.probability("bad", bad),
            ArgumentChecks.probability("good", good)));
  }

  /** Each datagram may come twice (netem's duplicate). */
  public static Fault duplicate(double probability) {
    return of(new DuplicateImpairment(ArgumentChecks.probability("probability", probability)));
  }

  /** {@link #reorder(double, int, Duration)} within 100 ms. */
  public static Fault reorder(double probability, int datagrams) {
    return reorder(probability, datagrams, DEFAULT_REORDER_TIMEOUT);
  }

  /**
   * Each datagram may be overtaken by others.
   *
   * @param datagrams by how many, at least 1
   * @param timeout when it leaves at the latest, if fewer come
   */
  public static Fault reorder(double probability, int datagrams, Duration timeout) {
    double checkedProbability = ArgumentChecks.probability("probability", probability);
    int checkedDatagrams = ArgumentChecks.atLeast("others", datagrams, 1);
    return of(
        new ReorderImpairment(
            checkedProbability,
            checkedDatagrams,
            ArgumentChecks.wait("within", timeout).toNanos()));
  }

  @Override
  Fault copyWith(FaultTarget target, String name, boolean mustFire) {
    return new Fault(impairment(), text(), target, name, mustFire);
  }
}
