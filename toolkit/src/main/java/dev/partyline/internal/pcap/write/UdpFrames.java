package dev.partyline.internal.pcap.write;

import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a conversation over UDP, one for each datagram. What is said of anything else goes
 * to the frame before it.
 */
final class UdpFrames extends RecordedFrames {
  private static final int MAX_IPV4_BYTES = 65_507;

  /** The header of IPv6 does not count (RFC 8200, 3). */
  private static final int MAX_IPV6_BYTES = 65_527;

  private final boolean isIpv6;
  private final long[] leftOutBytes = new long[Side.values().length];
  private List<String> texts = new ArrayList<>();

  UdpFrames(
      Conversation conversation,
      MaskedRanges masked,
      FrameComments comments,
      boolean isIpv6,
      FrameSink sink) {
    super(conversation, masked, comments, sink);
    this.isIpv6 = isIpv6;
    texts.addAll(comments.opening());
    goToDatagram();
  }

  /** Goes to the next datagram that can be written. */
  private void goToDatagram() {
    while (advance() && !isWritten()) {
      reader.event().ifPresentOrElse(this::skip, this::skipDatagram);
    }
    for (Side side : Side.values()) {
      if (leftOutBytes[side.ordinal()] > 0) {
        texts.add(FrameComments.leftOut(side, leftOutBytes[side.ordinal()]));
        leftOutBytes[side.ordinal()] = 0;
      }
    }
  }

  private int maxBytes() {
    return isIpv6 ? MAX_IPV6_BYTES : MAX_IPV4_BYTES;
  }

  private boolean isWritten() {
    return reader.event().isEmpty()
        && reader.byteCount() <= maxBytes()
        && !isLeftOut(eventOffset(), eventOffset() + reader.byteCount());
  }

  private boolean isLeftOut(long offset, long endOffset) {
    return offset < endOffset
        && (masked.isLeftOut(reader.side(), offset)
            || masked.endOffset(reader.side(), offset, endOffset) < endOffset);
  }

  private void skip(Event event) {
    texts.addAll(comments.of(event));
  }

  private void skipDatagram() {
    texts.addAll(comments.sent());
    if (reader.byteCount() > maxBytes()) {
      String size = Quantity.of(reader.byteCount(), "byte");
      String protocol = isIpv6 ? "IPv6" : "IPv4";
      texts.add(size + " are left out: no datagram of UDP over " + protocol + " has so many");
    } else {
      leftOutBytes[reader.side().ordinal()] += reader.byteCount();
    }
  }

  @Override
  public void open() {}

  @Override
  public void writeNext() {
    byte[] datagram = new byte[reader.byteCount()];
    read(0, datagram.length, datagram, 0);
    SyntheticFrame frame = new SyntheticFrame(reader.side(), null, 0, datagram.length, texts);
    long nanos = reader.nanos();
    texts.addAll(comments.sent());
    goToDatagram();
    texts = new ArrayList<>();
    sink.write(
        nanos,
        frame,
        (offset, length, target, targetOffset) ->
            System.arraycopy(datagram, offset, target, targetOffset, length));
  }

  @Override
  public void close() {}
}
