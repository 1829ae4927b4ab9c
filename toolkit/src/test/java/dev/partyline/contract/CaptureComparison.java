package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what one side sent in a recording with what a capture has of the same connection.
 *
 * <p>Bytes that the recording has not kept are left out, with those in the same mebibyte. The order
 * of the ends of the two sides is not compared, because they may cross on the wire.
 */
final class CaptureComparison {
  private static final long PART_BYTES = 1 << 20;
  private static final Bytes TLS_HANDSHAKE = Bytes.of((byte) 22, (byte) 3);

  private final Conversation recorded;
  private final Conversation captured;
  private final Side side;
  private final String name;
  private final Set<CaptureDifference> differences = EnumSet.noneOf(CaptureDifference.class);

  private CaptureComparison(Conversation recorded, Conversation captured, Side side) {
    this.recorded = recorded;
    this.captured = captured;
    this.side = side;
    this.name =
        "the %s's direction of %s, recorded %s, on the wire %s: %s, %s"
            .formatted(
                side,
                recorded.name(),
                recorded.ledger(),
                captured.name(),
                captured.ledger(),
                captured.gaps());
  }

  /**
   * Compares the side that sent to our end of the connection.
   *
   * @return the differences that the recorder could not avoid
   * @throws AssertionError if there are others
   */
  static Set<CaptureDifference> ofReceived(
      Conversation recorded, Conversation captured, Side side) {
    CaptureComparison comparison = new CaptureComparison(recorded, captured, side);
    if (comparison.compareBytes()) {
      comparison.compareReceivedCount();
      comparison.compareReceivedEnds();
    }
    return comparison.differences;
  }

  /**
   * Compares the side that is our end of the connection.
   *
   * @param isTap whether our end is that of a tap: what it sends, the recording has of the peer
   * @return the differences that the recorder could not avoid
   * @throws AssertionError if there are others
   */
  static Set<CaptureDifference> ofSent(
      Conversation recorded, Conversation captured, Side side, boolean isTap) {
    CaptureComparison comparison = new CaptureComparison(recorded, captured, side);
    if (comparison.compareBytes()) {
      comparison.compareSentCount();
      comparison.compareSentEnds(isTap);
    }
    return comparison.differences;
  }

  /** Compares the bytes that both have; returns whether there is more to compare. */
  private boolean compareBytes() {
    assertThat(captured.gaps()).as(name).isEmpty();
    if (isEncrypted(Side.CLIENT) || isEncrypted(Side.SERVER)) {
      add(CaptureDifference.ENCRYPTED, capturedBytes() >= recordedBytes() || wasReset());
      return false;
    }
    long count = Math.min(recordedBytes(), capturedBytes());
    for (long offset = 0; offset < count; offset += PART_BYTES) {
      long endOffset = Math.min(count, offset + PART_BYTES);
      if (isKept(offset, endOffset)) {
        boolean isEqual =
            recorded.bytes(side, offset, endOffset).equals(captured.bytes(side, offset, endOffset));
        assertThat(isEqual).as("bytes %d to %d of %s", offset, endOffset, name).isTrue();
      }
    }
    if (recorded.transport() == Transport.UDP) {
      assertThat(sizes(recorded)).as(name).isEqualTo(sizes(captured));
    }
    return true;
  }

  /** Returns whether a handshake of TLS was captured that was not passed through as it is. */
  private boolean isEncrypted(Side sender) {
    return beginsWithHandshake(captured, sender) && !beginsWithHandshake(recorded, sender);
  }

  private static boolean beginsWithHandshake(Conversation conversation, Side sender) {
    return conversation.byteCount(sender) >= 2
        && conversation.bytes(sender, 0, 2).equals(TLS_HANDSHAKE);
  }

  private boolean isKept(long offset, long endOffset) {
    List<Gap> gaps = recorded.gaps();
    return gaps.stream()
        .noneMatch(
            gap -> gap.side() == side && gap.offset() < endOffset && gap.endOffset() > offset);
  }

  private List<Integer> sizes(Conversation conversation) {
    return conversation.events().stream()
        .filter(event -> event instanceof Event.Sent && event.side() == side)
        .map(event -> ((Event.Sent) event).bytes().size())
        .toList();
  }

  private void compareReceivedCount() {
    assertThat(recordedBytes()).as(name).isLessThanOrEqualTo(capturedBytes());
    if (recordedBytes() < capturedBytes()) {
      add(CaptureDifference.UNREAD_BYTES, wasReset());
    }
  }

  private void compareReceivedEnds() {
    for (Termination.Kind kind : List.of(Termination.Kind.FIN, Termination.Kind.RST)) {
      boolean isRecorded =
          recorded.ledger().stream()
              .anyMatch(end -> end.side() == side && end.kind() == kind && end.cause().isEmpty());
      if (isRecorded) {
        assertThat(hasEnd(captured, kind)).as("%s in %s", kind, name).isTrue();
      } else if (hasEnd(captured, kind)) {
        add(
            CaptureDifference.UNREAD_END,
            recorded.resetBy().isPresent() || hasPeerEndedBefore(kind));
      }
    }
  }

  /** Returns whether the other side, our end, has ended on the wire before this end. */
  private boolean hasPeerEndedBefore(Termination.Kind kind) {
    return captured.ledger().stream()
        .takeWhile(end -> end.side() != side || end.kind() != kind)
        .anyMatch(end -> end.side() != side);
  }

  private void compareSentCount() {
    assertThat(capturedBytes()).as(name).isLessThanOrEqualTo(recordedBytes());
    if (capturedBytes() < recordedBytes()) {
      add(CaptureDifference.UNSENT_BYTES, wasReset() || isUnreachable());
    }
  }

  private void compareSentEnds(boolean isTap) {
    for (Termination.Kind kind : List.of(Termination.Kind.FIN, Termination.Kind.RST)) {
      boolean isRecorded = hasEnd(recorded, kind);
      if (isRecorded && !hasEnd(captured, kind)) {
        add(CaptureDifference.UNSENT_END, !captured.isOpen() || isUnreachable());
      } else if (!isRecorded && hasEnd(captured, kind)) {
        add(CaptureDifference.UNRECORDED_END, isTap && !recorded.isOpen());
      }
    }
  }

  private boolean hasEnd(Conversation conversation, Termination.Kind kind) {
    return conversation.ledger().stream().anyMatch(end -> end.side() == side && end.kind() == kind);
  }

  private boolean isUnreachable() {
    return recorded.ledger().stream()
        .anyMatch(
            end ->
                end.kind() == Termination.Kind.REFUSED || end.kind() == Termination.Kind.TIMED_OUT);
  }

  private boolean wasReset() {
    return captured.resetBy().isPresent();
  }

  private long recordedBytes() {
    return recorded.byteCount(side);
  }

  private long capturedBytes() {
    return captured.byteCount(side);
  }

  private void add(CaptureDifference difference, boolean isExplained) {
    assertThat(isExplained)
        .as(
            "%s of %d bytes recorded, %d on the wire: %s",
            difference, recordedBytes(), capturedBytes(), name)
        .isTrue();
    differences.add(difference);
  }
}
