package dev.partyline.internal.pcap.streams;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;

/** The datagrams between two UDP ports, each of which is a chunk. */
final class UdpConversation extends RecordedConversation {
  UdpConversation(ConversationRecorder recorder, CaptureClock clock, boolean clientIsLower) {
    super(recorder, clock, clientIsLower);
  }

  @Override
  void onSegment(TransportSegment segment, Side side) {
    long missingBytes = segment.dataLength() - segment.capturedLength();
    if (segment.capturedLength() > 0 || missingBytes == 0) {
      recorder.recordSent(side, segment.data());
    }
    if (missingBytes > 0) {
      recorder.recordMissing(side, missingBytes);
    }
  }

  @Override
  public boolean isReusedBy(TransportSegment segment, boolean fromLower) {
    return false;
  }

  @Override
  void finish() {
    recorder.recordClosed();
  }
}
