package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorded;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
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

  /** Returns a recording in which one client sent this, {@code |} standing for CR LF. */
  static ManualRecorder clientSent(String text) {
    ManualRecorder recorder = new ManualRecorder();
    recorder.open().client(text);
    return recorder;
  }

  Connection open() {
    int port = 40001 + recorder.recording().connections();
    return new Connection(recorder.open(Transport.TCP, "127.0.0.1:" + port, "127.0.0.1:2525"));
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }

  /** One connection. */
  final class Connection {
    private final ConversationRecorder conversationRecorder;

    private Connection(ConversationRecorder conversationRecorder) {
      this.conversationRecorder = conversationRecorder;
    }

    Connection client(String text) {
      return send(Side.CLIENT, Bytes.utf8(text.replace("|", "\r\n")));
    }

    Connection server(String text) {
      return send(Side.SERVER, Bytes.utf8(text.replace("|", "\r\n")));
    }

    Connection send(Side side, Bytes bytes) {
      clock.addAndGet(1_000_000);
      conversationRecorder.recordSent(side, bytes.toBuffer());
      return this;
    }

    Connection fin(Side side) {
      clock.addAndGet(1_000_000);
      conversationRecorder.recordFin(side);
      return this;
    }

    Connection reset(Side side) {
      clock.addAndGet(1_000_000);
      conversationRecorder.recordRst(side);
      return this;
    }

    Connection terminate(Side side, Termination.Kind kind, String cause) {
      clock.addAndGet(1_000_000);
      conversationRecorder.recordRst(side, kind, cause);
      return this;
    }

    Connection close() {
      conversationRecorder.recordClosed();
      return this;
    }
  }
}
