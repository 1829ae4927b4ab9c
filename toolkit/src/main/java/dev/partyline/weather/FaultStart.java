package dev.partyline.weather;

import dev.partyline.internal.faults.Advice;
import dev.partyline.internal.faults.CutAfterMatch;
import dev.partyline.internal.faults.FaultNotation;
import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.QuotedBytes;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Where a fault starts within a direction; all of it must have come.
 *
 * @param offset the first byte, or the first datagram
 * @param atDatagram whether that is a datagram
 * @param pattern what must have passed before; empty for nothing
 * @param patternSender the side that sends the pattern; null for that of the direction
 */
record FaultStart(long offset, boolean atDatagram, Bytes pattern, @Nullable Side patternSender) {
  private static final Advice NO_DATAGRAMS =
      new Advice("a stream has no datagrams", "from byte 512", "startingAtByte(offset)");

  private static final Advice NO_STREAM =
      new Advice(
          "datagrams have no offset in a stream", "from datagram 5", "startingAtDatagram(number)");

  static final FaultStart IMMEDIATE = new FaultStart(0, false, Bytes.EMPTY, null);

  FaultStart atByte(long newOffset) {
    ArgumentChecks.atLeast("offset", newOffset, 0);
    return new FaultStart(newOffset, false, pattern, patternSender);
  }

  FaultStart atDatagram(long number) {
    ArgumentChecks.atLeast("number", number, 1);
    return new FaultStart(number, true, pattern, patternSender);
  }

  FaultStart after(Bytes newPattern, @Nullable Side sender) {
    return new FaultStart(offset, atDatagram, CutAfterMatch.requireNotEmpty(newPattern), sender);
  }

  boolean isImmediate() {
    return offset == 0 && pattern.isEmpty();
  }

  /** Returns whether the pattern is one of the other direction. */
  boolean isOpposite(Side sender) {
    return patternSender == sender.peer();
  }

  /** Returns why it makes no sense on a transport, and what to use instead; null if it does. */
  @Nullable String unsupportedReason(Transport transport, FaultNotation notation) {
    if (offset == 0 || atDatagram != transport.isStream()) {
      return null;
    }
    return (atDatagram ? NO_DATAGRAMS : NO_STREAM).in(notation);
  }

  /** Returns its text, each part after a space. */
  String text() {
    String first = offset == 0 ? "" : (atDatagram ? " from datagram " : " from byte ") + offset;
    if (pattern.isEmpty()) {
      return first;
    }
    String side = patternSender == null ? "" : " from " + patternSender;
    return first + " after " + QuotedBytes.print(pattern.toArray()) + side;
  }
}
