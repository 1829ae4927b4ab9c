package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.util.concurrent.atomic.AtomicLong;

/** A conversation that is written by hand; a millisecond passes before each event. */
public final class ConversationBuilder {
  private final ConversationRecorder recorder;
  private final AtomicLong clock;

  private ConversationBuilder(ConversationRecorder recorder, AtomicLong clock) {
    this.recorder = recorder;
    this.clock = clock;
  }

  private static ConversationBuilder of(Transport transport, RecordingPolicy policy) {
    AtomicLong clock = new AtomicLong();
    Recorder recorder = new Recorder(clock::get, policy);
    return of(recorder.open(transport, "127.0.0.1:40001", "127.0.0.1:2525"), clock);
  }

  /** Returns one that writes to a recorder, which reads the clock. */
  public static ConversationBuilder of(ConversationRecorder recorder, AtomicLong clock) {
    return new ConversationBuilder(recorder, clock);
  }

  public static ConversationBuilder tcp() {
    return of(Transport.TCP, RecordingPolicy.everything());
  }

  public static ConversationBuilder udp() {
    return of(Transport.UDP, RecordingPolicy.everything());
  }

  /** Returns one of which only so many bytes of the beginning and of the end are kept. */
  public static ConversationBuilder headAndTail(int head, int tail) {
    return of(Transport.TCP, RecordingPolicy.headAndTail(head, tail));
  }

  public ConversationBuilder client(Bytes bytes) {
    return send(Side.CLIENT, bytes);
  }

  public ConversationBuilder server(Bytes bytes) {
    return send(Side.SERVER, bytes);
  }

  /** Adds text, {@code |} standing for CR LF. */
  public ConversationBuilder client(String text) {
    return client(text(text));
  }

  /** Adds text, {@code |} standing for CR LF. */
  public ConversationBuilder server(String text) {
    return server(text(text));
  }

  public ConversationBuilder send(Side side, Bytes bytes) {
    tick();
    recorder.recordSent(side, bytes.toBuffer());
    return this;
  }

  public ConversationBuilder fin(Side side) {
    tick();
    recorder.recordFin(side);
    return this;
  }

  public ConversationBuilder reset(Side side) {
    tick();
    recorder.recordRst(side);
    return this;
  }

  public ConversationBuilder terminate(Side side, Termination.Kind kind, String cause) {
    tick();
    recorder.recordRst(side, kind, cause);
    return this;
  }

  public ConversationBuilder close() {
    recorder.recordClosed();
    return this;
  }

  public Conversation conversation() {
    return recorder.snapshot();
  }

  public static Bytes text(String text) {
    return Bytes.utf8(text.replace("|", "\r\n"));
  }

  private void tick() {
    clock.addAndGet(1_000_000);
  }
}
