package dev.partyline.internal.pcap.streams;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;

/** A conversation that the filter wants: its times, sides and notes, whatever its protocol. */
abstract class RecordedConversation implements CapturedConversation {
  final ConversationRecorder recorder;
  private final CaptureClock clock;
  private final boolean clientIsLower;
  private long lastNanos;

  RecordedConversation(ConversationRecorder recorder, CaptureClock clock, boolean clientIsLower) {
    this.recorder = recorder;
    this.clock = clock;
    this.clientIsLower = clientIsLower;
    this.lastNanos = clock.nanos();
  }

  @Override
  public final void onSegment(TransportSegment segment, boolean fromLower) {
    updateTime();
    onSegment(segment, side(fromLower));
  }

  /** Called with each packet, and who has sent it. */
  abstract void onSegment(TransportSegment segment, Side side);

  @Override
  public final void onNote(String text) {
    updateTime();
    recorder.recordNote(text);
  }

  @Override
  public final void onEnd() {
    clock.set(lastNanos);
    finish();
  }

  /** Called when no more packets are passed; the clock has the time of the last one. */
  abstract void finish();

  /** Returns which side has sent a packet. */
  final Side side(boolean fromLower) {
    return fromLower == clientIsLower ? Side.CLIENT : Side.SERVER;
  }

  /** Times within a conversation never decrease. */
  private void updateTime() {
    lastNanos = Math.max(lastNanos, clock.nanos());
    clock.set(lastNanos);
  }
}
