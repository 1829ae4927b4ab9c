package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConversationReaderTest {
  @Property(tries = 50)
  void readsTheEventsOfTheConversationInParts(@ForAll long seed) {
    for (RecordingPolicy policy :
        List.of(
            RecordingPolicy.everything(),
            RecordingPolicy.everything().inMemory(0),
            RecordingPolicy.headAndTail(500, 500))) {
      Recorder recorder = new Recorder(() -> 0, policy);
      ConversationRecorder conversation = recorder.open(Transport.TCP, "?", "?");
      RandomEvents random = new RandomEvents(seed, 2_000);
      for (int i = 0; i < 30; i++) {
        random.recordNext(conversation);
        conversation.recordNote("a note");
      }
      assertThat(read(conversation.snapshot())).isEqualTo(conversation.snapshot().events());
    }
  }

  private static List<Event> read(Conversation conversation) {
    List<Event> events = new ArrayList<>();
    ConversationReader reader = conversation.reader();
    while (reader.next()) {
      Event sent = new Event.Sent(reader.side(), reader.nanos(), bytes(reader));
      events.add(reader.event().orElse(sent));
    }
    return events;
  }

  private static Bytes bytes(ConversationReader reader) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[9];
    for (int offset = 0; offset < reader.byteCount(); offset += 7) {
      int length = Math.min(7, reader.byteCount() - offset);
      reader.read(offset, length, part, 1);
      bytes.write(part, 1, length);
    }
    return Bytes.of(bytes.toByteArray());
  }

  @Test
  void aPartMustBeWithinTheEvent() {
    Event sent = new Event.Sent(Side.CLIENT, 0, Bytes.utf8("tea"));
    ConversationReader reader = Conversation.of(List.of(sent)).reader();
    assertThat(reader.next()).isTrue();
    assertThatThrownBy(() -> reader.read(1, 3, new byte[9], 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("offset 1, length 3");
    assertThat(reader.next()).isFalse();
  }
}
