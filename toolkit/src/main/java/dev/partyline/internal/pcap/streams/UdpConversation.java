package dev.partyline.internal.pcap.streams;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;

/** The datagrams between two UDP ports, each of which is a chunk. */
final class UdpConversation implements CapturedConversation {
  private final ConversationRecorder recorder;
  private final CaptureClock clock;
  private final boolean clientIsLower;
  private long lastNanos;

  UdpConversation(ConversationRecorder recorder, CaptureClock clock, boolean clientIsLower) {
    this.recorder = recorder;
    this.clock = clock;
    this.clientIsLower = clientIsLower;
    this.lastNanos = clock.nanos();
  }

  @Override
  public void onSegment(TransportSegment segment, boolean fromLower) {
    updateTime();
    Side side = CapturedConversation.side(fromLower, clientIsLower);
    long missingBytes = segment.dataLength() - segment.capturedLength();
    if (segment.capturedLength() > 0 || missingBytes == 0) {
      recorder.recordSent(side, segment.data());
    }
    if (missingBytes > 0) {
      recorder.recordMissing(side, missingBytes);
    }
  }

  private void updateTime() {
    lastNanos = Math.max(lastNanos, clock.nanos());
    clock.set(lastNanos);
  }

  @Override
  public void onNote(String text) {
    updateTime();
    recorder.recordNote(text);
  }

  @Override
  public boolean isReusedBy(TransportSegment segment, boolean fromLower) {
    return false;
  }

  @Override
  public void onEnd() {
    clock.set(lastNanos);
    recorder.recordClosed();
  }
}
