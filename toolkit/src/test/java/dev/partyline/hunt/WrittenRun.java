package dev.partyline.hunt;

import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A run of a test that is written by hand; a millisecond passes before each event. */
final class WrittenRun {
  private final AtomicLong clock = new AtomicLong(1_000);
  private final Recorder recorder = new Recorder(clock::get);
  private final List<ConversationRecorder> connections = new ArrayList<>();
  private final Transport transport;

  WrittenRun() {
    this(Transport.TCP);
  }

  WrittenRun(Transport transport) {
    this.transport = transport;
  }

  WrittenRun open() {
    pass(1);
    connections.add(recorder.open(transport, "127.0.0.1:40001", "127.0.0.1:2525"));
    return this;
  }

  /** Lets time pass. */
  WrittenRun pass(long millis) {
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    return this;
  }

  /** Sends a text on a connection, from 1; {@code |} stands for CR LF. */
  WrittenRun send(int connection, Side side, String text) {
    return on(
        connection,
        recording -> recording.recordSent(side, Bytes.utf8(text.replace("|", "\r\n")).toBuffer()));
  }

  WrittenRun fin(int connection, Side side) {
    return on(connection, recording -> recording.recordFin(side));
  }

  WrittenRun reset(int connection, Side side) {
    return on(connection, recording -> recording.recordRst(side));
  }

  WrittenRun timeOut(int connection, Side side) {
    return on(
        connection, recording -> recording.recordRst(side, Termination.Kind.TIMED_OUT, "in time"));
  }

  private WrittenRun on(int connection, Consumer<ConversationRecorder> action) {
    pass(1);
    action.accept(connections.get(connection - 1));
    return this;
  }

  /** Writes what a client asks and a server answers, and that both end. */
  WrittenRun exchange(int connection, String question, String answer) {
    return send(connection, Side.CLIENT, question)
        .send(connection, Side.SERVER, answer)
        .fin(connection, Side.CLIENT)
        .fin(connection, Side.SERVER);
  }

  static WrittenRun ping() {
    return new WrittenRun().open().exchange(1, "PING|", "PONG|");
  }

  RecordedPeer peer() {
    return new RecordedPeer(
        "server",
        recorder.recording().conversations(),
        connections.size(),
        0,
        Redaction.standard());
  }

  RecordedRun run() {
    return new RecordedRun(List.of(peer()), 0, clock.get());
  }

  static PassingRuns passing(int count, WrittenRun run) {
    PassingRuns runs = new PassingRuns();
    for (int i = 0; i < count; i++) {
      runs.add(run.run());
    }
    return runs;
  }

  /** Returns what this run does that so many runs like another one do not. */
  List<String> differencesFrom(int count, WrittenRun passing) {
    return differencesFrom(passing(count, passing));
  }

  List<String> differencesFrom(PassingRuns passing) {
    return passing.compare(run()).differences().stream().map(RunDifference::toString).toList();
  }
}
