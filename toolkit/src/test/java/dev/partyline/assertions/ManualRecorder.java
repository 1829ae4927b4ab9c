package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
import dev.partyline.wire.Transport;
import java.util.concurrent.atomic.AtomicLong;

/** A recording that is written by hand; a millisecond passes ahead of each event. */
final class ManualRecorder implements Recorded {
  private final AtomicLong clock = new AtomicLong();
  private final Recorder recorder;

  ManualRecorder() {
    this(RecordingPolicy.everything());
  }

  ManualRecorder(RecordingPolicy keep) {
    recorder = new Recorder(clock::get, keep);
  }

  /** Returns a wire on which one client said this, {@code |} standing for CR LF. */
  static ManualRecorder saying(String text) {
    ManualRecorder wire = new ManualRecorder();
    wire.open().client(text);
    return wire;
  }

  Line open() {
    int port = 40001 + recorder.recording().connections();
    return new Line(recorder.open(Transport.TCP, "127.0.0.1:" + port, "127.0.0.1:2525"));
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }

  /** One connection. */
  final class Line {
    private final ConversationRecorder track;

    private Line(ConversationRecorder track) {
      this.track = track;
    }

    Line client(String text) {
      return sent(Side.CLIENT, Bytes.utf8(text.replace("|", "\r\n")));
    }

    Line server(String text) {
      return sent(Side.SERVER, Bytes.utf8(text.replace("|", "\r\n")));
    }

    Line sent(Side side, Bytes bytes) {
      clock.addAndGet(1_000_000);
      track.sent(side, bytes.toBuffer());
      return this;
    }

    Line finish(Side side) {
      clock.addAndGet(1_000_000);
      track.finished(side);
      return this;
    }

    Line reset(Side side) {
      clock.addAndGet(1_000_000);
      track.reset(side);
      return this;
    }

    Line ended(Side side, TerminationKind how, String cause) {
      clock.addAndGet(1_000_000);
      track.reset(side, how, cause);
      return this;
    }

    Line close() {
      track.closed();
      return this;
    }
  }
}
