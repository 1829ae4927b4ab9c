package dev.partyline.store;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Conversations that are written by hand, as a file of HAR. */
final class HarConversation {
  private final AtomicLong clock = new AtomicLong();
  private final Recorder recorder;

  private HarConversation(RecordingPolicy policy) {
    recorder = new Recorder(clock::get, policy);
  }

  static HarConversation of(Consumer<ConversationBuilder> content) {
    return new HarConversation(RecordingPolicy.everything()).and(content);
  }

  static HarConversation keeping(RecordingPolicy policy, Consumer<ConversationBuilder> content) {
    return new HarConversation(policy).and(content);
  }

  HarConversation and(Consumer<ConversationBuilder> content) {
    content.accept(ConversationBuilder.of(open(), clock));
    return this;
  }

  ConversationRecorder open() {
    return recorder.open(Transport.TCP, "127.0.0.1:41230", "127.0.0.1:8080");
  }

  Recorder recorder() {
    return recorder;
  }

  HarFile masked() throws IOException {
    return HarFile.write(recorder.recording());
  }

  HarFile exact() throws IOException {
    return HarFile.write(recorder.recording().exact());
  }

  HarFile.HarEntry entry() throws IOException {
    return masked().entry();
  }
}
