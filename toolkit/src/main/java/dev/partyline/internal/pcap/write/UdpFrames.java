package dev.partyline.internal.pcap.write;

import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationReader;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a conversation over UDP, one for each datagram. What is said of anything else goes
 * to the frame before it.
 */
final class UdpFrames implements FrameSource {
  private static final int MAX_DATAGRAM_BYTES = 65_507;

  private final ConversationReader reader;
  private final MaskedRanges masked;
  private final FrameComments comments;
  private final StreamOffsets offsets = new StreamOffsets();
  private final long[] leftOutBytes = new long[Side.values().length];
  private List<String> texts = new ArrayList<>();
  private boolean hasNext;

  /** Where the next datagram begins in what its side has sent. */
  private long nextOffset;

  UdpFrames(Conversation conversation, MaskedRanges masked, FrameComments comments) {
    this.reader = conversation.reader();
    this.masked = masked;
    this.comments = comments;
    texts.addAll(comments.opening());
    advance();
  }

  /** Goes to the next datagram that can be written. */
  private void advance() {
    for (hasNext = reader.next(); hasNext && !isWritten(); hasNext = reader.next()) {
      reader.event().ifPresentOrElse(this::skip, this::skipDatagram);
    }
    for (Side side : Side.values()) {
      if (leftOutBytes[side.ordinal()] > 0) {
        texts.add(FrameComments.leftOut(side, leftOutBytes[side.ordinal()]));
        leftOutBytes[side.ordinal()] = 0;
      }
    }
  }

  private boolean isWritten() {
    nextOffset = offsets.before(reader);
    return reader.event().isEmpty()
        && reader.byteCount() <= MAX_DATAGRAM_BYTES
        && !isLeftOut(nextOffset + reader.byteCount());
  }

  private boolean isLeftOut(long endOffset) {
    return nextOffset < endOffset
        && (masked.isLeftOut(reader.side(), nextOffset)
            || masked.endOffset(reader.side(), nextOffset, endOffset) < endOffset);
  }

  private void skip(Event event) {
    boolean isEnd = event instanceof Event.Fin || event instanceof Event.Rst;
    texts.addAll(isEnd ? comments.of(comments.nextTermination(event)) : comments.of(event));
  }

  private void skipDatagram() {
    texts.addAll(comments.sent());
    if (reader.byteCount() > MAX_DATAGRAM_BYTES) {
      String size = Quantity.of(reader.byteCount(), "byte");
      texts.add(size + " are left out: no datagram of UDP has so many");
    } else {
      leftOutBytes[reader.side().ordinal()] += reader.byteCount();
    }
  }

  @Override
  public void open(FrameSink sink) {}

  @Override
  public boolean hasNext() {
    return hasNext;
  }

  @Override
  public long nextNanos() {
    return reader.nanos();
  }

  @Override
  public void writeNext(FrameSink sink) {
    byte[] datagram = new byte[reader.byteCount()];
    reader.read(0, datagram.length, datagram, 0);
    masked.apply(reader.side(), nextOffset, datagram, 0, datagram.length);
    SyntheticFrame frame = new SyntheticFrame(reader.side(), null, 0, datagram.length, texts);
    long nanos = reader.nanos();
    texts.addAll(comments.sent());
    advance();
    texts = new ArrayList<>();
    sink.write(
        nanos,
        frame,
        (offset, length, target, targetOffset) ->
            System.arraycopy(datagram, offset, target, targetOffset, length));
  }

  @Override
  public void close(FrameSink sink) {}
}
