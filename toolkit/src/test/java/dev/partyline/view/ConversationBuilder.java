package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;

/** A conversation that is written by hand. */
public final class ConversationBuilder {
  private final ConversationRecorder recorder;

  private ConversationBuilder(Transport transport, RecordingPolicy policy) {
    this.recorder =
        new Recorder(() -> 0, policy).open(transport, "127.0.0.1:40001", "127.0.0.1:2525");
  }

  public static ConversationBuilder tcp() {
    return new ConversationBuilder(Transport.TCP, RecordingPolicy.everything());
  }

  public static ConversationBuilder udp() {
    return new ConversationBuilder(Transport.UDP, RecordingPolicy.everything());
  }

  /** Returns one of which only so many bytes of the beginning and of the end are kept. */
  public static ConversationBuilder headAndTail(int head, int tail) {
    return new ConversationBuilder(Transport.TCP, RecordingPolicy.headAndTail(head, tail));
  }

  public ConversationBuilder client(Bytes bytes) {
    recorder.recordSent(Side.CLIENT, bytes.toBuffer());
    return this;
  }

  public ConversationBuilder server(Bytes bytes) {
    recorder.recordSent(Side.SERVER, bytes.toBuffer());
    return this;
  }

  /** Adds text, {@code |} standing for CR LF. */
  public ConversationBuilder client(String text) {
    return client(text(text));
  }

  /** Adds text, {@code |} standing for CR LF. */
  public ConversationBuilder server(String text) {
    return server(text(text));
  }

  public Conversation conversation() {
    return recorder.snapshot();
  }

  public static Bytes text(String text) {
    return Bytes.utf8(text.replace("|", "\r\n"));
  }
}
