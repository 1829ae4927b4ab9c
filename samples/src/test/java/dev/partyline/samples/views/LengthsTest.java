package dev.partyline.samples.views;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A protocol of messages that begin with their length. */
class LengthsTest {
  // tag::view-own[]
  static List<String> messages(Conversation conversation) {
    Bytes sent = conversation.bytes(Side.CLIENT);
    List<String> messages = new ArrayList<>();
    int offset = 0;
    while (offset < sent.size() && offset + sent.byteAt(offset) < sent.size()) {
      int endOffset = offset + 1 + sent.byteAt(offset);
      messages.add("message at " + offset + ": " + sent.slice(offset + 1, endOffset).utf8());
      offset = endOffset;
    }
    return messages;
  }

  // end::view-own[]

  @Test
  void theSecondMessageIsShort(@ScriptedListener("C: ...") Listener sink) {
    try (Client client = Client.to(sink.address()).start()) {
      client.send("\005hello\002me\010not who");
      sink.recording().awaitBytes(Side.CLIENT, 17, ofSeconds(5));
    }
    assertThat(sink)
        .connection()
        .viewedAs(LengthsTest::messages)
        .shows("message at 6: me")
        .satisfies(messages -> messages.hasSize(2));
  }
}
