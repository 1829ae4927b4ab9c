package dev.partyline.internal.pcap.write;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationReader;

/** The frames of what was recorded, whatever its protocol: where it is read, and masked. */
abstract class RecordedFrames implements FrameSource {
  final ConversationReader reader;
  final MaskedRanges masked;
  final FrameComments comments;
  final FrameSink sink;
  private final StreamOffsets offsets = new StreamOffsets();
  private boolean hasNext;
  private long eventOffset;

  RecordedFrames(
      Conversation conversation, MaskedRanges masked, FrameComments comments, FrameSink sink) {
    this.reader = conversation.reader();
    this.masked = masked;
    this.comments = comments;
    this.sink = sink;
  }

  /** Goes to the next event; returns whether there is one. */
  final boolean advance() {
    hasNext = reader.next();
    if (hasNext) {
      eventOffset = offsets.before(reader);
    }
    return hasNext;
  }

  /** Returns where the current event begins in what its side has sent. */
  final long eventOffset() {
    return eventOffset;
  }

  /** Reads a part of the current event, secrets masked. */
  final void read(int offset, int length, byte[] target, int targetOffset) {
    reader.read(offset, length, target, targetOffset);
    masked.apply(reader.side(), eventOffset + offset, target, targetOffset, length);
  }

  @Override
  public final boolean hasNext() {
    return hasNext;
  }

  @Override
  public final long nextNanos() {
    return reader.nanos();
  }
}
