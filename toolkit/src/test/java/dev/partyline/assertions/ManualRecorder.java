package dev.partyline.assertions;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Transport;
import java.util.concurrent.atomic.AtomicLong;

/** A recording that is written by hand; a millisecond passes before each event. */
final class ManualRecorder implements Recorded {
  private final AtomicLong clock = new AtomicLong();
  private final Recorder recorder;

  ManualRecorder() {
    this(RecordingPolicy.everything());
  }

  ManualRecorder(RecordingPolicy policy) {
    recorder = new Recorder(clock::get, policy);
  }

  /** Returns a wire on which one client said this, {@code |} standing for CR LF. */
  static ManualRecorder clientSent(String text) {
    ManualRecorder recorder = new ManualRecorder();
    recorder.open().client(text);
    return recorder;
  }

  ConversationBuilder open() {
    return open(Transport.TCP);
  }

  ConversationBuilder open(Transport transport) {
    int port = 40001 + recorder.recording().connections();
    return ConversationBuilder.of(
        recorder.open(transport, "127.0.0.1:" + port, "127.0.0.1:2525"), clock);
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }
}
