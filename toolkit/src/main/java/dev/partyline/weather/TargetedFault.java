package dev.partyline.weather;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partyline.internal.faults.ConnectImpairment;
import dev.partyline.internal.faults.Refuse;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.QuotedBytes;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.weather.spi.Impairment;
import dev.partyline.weather.spi.ImpairmentBehavior;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a fault is beside what it does: whom it concerns, and its name. All targets must hold. */
abstract sealed class TargetedFault permits Fault {
  private static final Pattern ADDRESS_LITERAL =
      Pattern.compile("[0-9A-Fa-f:.]*[:.][0-9A-Fa-f:.]*|\\[[0-9A-Fa-f:.]+]:[0-9]+|/[^ ;\"\t\r\n]+");

  private final Impairment impairment;

  /** What it says of itself, without its targets. */
  private final String text;

  private final FaultTarget target;

  /** The name that it was given, or nothing. */
  private final String name;

  private final boolean mustFire;

  TargetedFault(
      Impairment impairment, String text, FaultTarget target, String name, boolean mustFire) {
    this.impairment = impairment;
    this.text = text;
    this.target = target;
    this.name = name;
    this.mustFire = mustFire;
    if (impairment instanceof ConnectImpairment
        && (target.sender() != null || target.isMidStream())) {
      throw new IllegalArgumentException(
          text + " concerns connections before their first byte; it takes no side and no offset");
    }
    if (impairment instanceof Refuse && !target.isUnrestricted()) {
      throw new IllegalArgumentException(
          "refuse concerns everybody, for nobody listens; to turn some away, use resetFirst(n)");
    }
  }

  abstract Fault copyWith(FaultTarget target, String name, boolean mustFire);

  private Fault withTarget(FaultTarget replacement) {
    return copyWith(replacement, name, mustFire);
  }

  /** Returns this fault that concerns only what one side says. */
  public Fault from(Side side) {
    return withTarget(target.withSender(side));
  }

  /**
   * Returns this fault that concerns what either side says, each direction by itself. That is the
   * default but for {@code cutAfter} bytes or a match, {@code limit} and {@code corrupt}, which
   * concern what the server says (Toxiproxy's downstream).
   */
  public Fault bothWays() {
    return withTarget(target.withSender((Side) null));
  }

  /**
   * Returns this fault that concerns only certain connections.
   *
   * @param numbers their numbers in the order of opening, from 1
   */
  public Fault onConnections(int... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("connections () must be at least one number");
    }
    Arrays.stream(numbers).forEach(number -> ArgumentChecks.atLeast("connection", number, 1));
    List<Integer> sorted = Arrays.stream(numbers).sorted().distinct().boxed().toList();
    return withTarget(target.withConnections(sorted));
  }

  /**
   * Returns this fault that concerns every nth connection: for 3 the third, the sixth and so on.
   *
   * @param nth at least 1
   */
  public Fault onEveryNth(int nth) {
    return withTarget(target.withEveryNth(ArgumentChecks.atLeast("nth", nth, 1)));
  }

  /**
   * Returns this fault that concerns only one client.
   *
   * @param client its literal address, such as {@code 127.0.0.1} or {@code ::1}; with its port,
   *     such as {@code 127.0.0.1:40312}, only the connection from there
   */
  public Fault onClientAddress(String client) {
    // A name would never match, for a recording has addresses only.
    if (!ADDRESS_LITERAL.matcher(client).matches()) {
      throw ArgumentChecks.invalid("address", client, "a literal address such as 127.0.0.1 or ::1");
    }
    return withTarget(target.withAddress(client));
  }

  /**
   * Returns this fault that concerns only what satisfies a condition, which is asked once for each
   * direction of each connection. Such a fault has no text that could be read back.
   */
  public Fault onlyIf(Predicate<ConnectionDirection> condition) {
    return withTarget(target.withCondition(condition));
  }

  /**
   * Returns this fault that begins at a byte of the stream; all before it passes.
   *
   * @param offset from 0
   */
  public Fault startingAtByte(long offset) {
    return withTarget(target.startingAt(ArgumentChecks.atLeast("offset", offset, 0), false));
  }

  /**
   * Returns this fault that begins at a datagram; all before it pass.
   *
   * @param number from 1, counted in each direction
   */
  public Fault startingAtDatagram(long number) {
    return withTarget(target.startingAt(ArgumentChecks.atLeast("number", number, 1), true));
  }

  /** Returns this fault that begins after a text in UTF-8: see {@link #after(Bytes)}. */
  public Fault after(String text) {
    return after(Bytes.utf8(text));
  }

  /**
   * Returns this fault that begins right after a pattern has passed in the same direction, in
   * however many pieces it came; on UDP, after the datagram that contains it.
   */
  public Fault after(Bytes pattern) {
    return withTarget(target.startingAfter(requireNotEmpty(pattern)));
  }

  static Bytes requireNotEmpty(Bytes pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("pattern () must have at least one byte");
    }
    return pattern;
  }

  /**
   * Returns this fault that is among {@link Report#unfiredFaults()} as long as it has done nothing.
   *
   * @throws IllegalArgumentException for {@code refuse}: the system tells nobody whom it refused
   */
  public Fault mustFire() {
    if (impairment instanceof Refuse) {
      throw new IllegalArgumentException(
          "fault ("
              + text
              + ") cannot be one that must fire: the system tells nobody whom it"
              + " refused; assert what the client did, or use Fault.resetFirst");
    }
    return copyWith(target, name, true);
  }

  /**
   * Returns this fault with another name, by which reports call it and its random choices are
   * drawn.
   */
  public Fault named(String name) {
    return copyWith(target, checkName(name), mustFire);
  }

  static String checkName(String name) {
    if (name.isBlank()) {
      throw ArgumentChecks.invalid("name", name, "at least one letter");
    }
    return name;
  }

  /** Returns the name by which reports call it: the one given, or what kind of fault it is. */
  public String name() {
    return name.isEmpty() ? FaultParser.kind(text) : name;
  }

  Impairment impairment() {
    return impairment;
  }

  /** How it is named as the cause of an end. */
  String cause() {
    return name.isEmpty() ? text : name + " (" + text + ")";
  }

  ImpairmentBehavior behavior(DefaultFaultContext context) {
    return target.isMidStream()
        ? new StartGate(impairment, target, context)
        : begin(impairment, context);
  }

  /** Whoever writes a fault may do so without our checks for null. */
  static ImpairmentBehavior begin(Impairment impairment, DefaultFaultContext context) {
    @Nullable ImpairmentBehavior behavior = impairment.begin(context);
    if (behavior == null) {
      throw new IllegalStateException(
          "fault (" + impairment + ") began with null; it must return a course");
    }
    return behavior;
  }

  void check(Transport transport) {
    String reason = impairment.unsupportedReason(transport);
    if (reason == null && target.start() > 0 && target.startsAtDatagram() == transport.isStream()) {
      reason =
          target.startsAtDatagram()
              ? "a stream has no datagrams; use startingAtByte(offset)"
              : "datagrams have no offset in a stream; use startingAtDatagram(number)";
    }
    if (reason != null) {
      throw new IllegalArgumentException(
          "fault (" + this + ") cannot act on " + transport + ": " + reason);
    }
  }

  FaultTarget target() {
    return target;
  }

  String text() {
    return text;
  }

  boolean hasToFire() {
    return mustFire;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TargetedFault that
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

  /** Returns the text that {@link Fault#parse} reads back, unless it is of one's own. */
  @Override
  public String toString() {
    StringBuilder all = new StringBuilder(text);
    target.print(all, impairment.defaultSender());
    all.append(mustFire ? " must fire" : "");
    all.append(name.isEmpty() ? "" : " named " + QuotedBytes.print(name.getBytes(UTF_8)));
    return all.toString();
  }
}
