package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.ShownOutput;
import dev.partyline.script.Script;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import org.junit.jupiter.api.Test;

/** A recording prints as a script, exactly or plainly, and is played again. */
class PrintingConversationTest {

  @Test
  void aRecordingIsTheNextScript() {
    Conversation conversation = conversation();
    String exact = Transcript.exact(conversation);
    ShownOutput.assertShown("exact-transcript", exact);
    assertThat(Transcript.conversation(exact)).isEqualTo(conversation);
    String plain =
        """
        S: 220 ready
        C: SIZE 42
        C# 00 00 00 2a
        S: 250\\s
        C! finish
        S! finish
        """;
    assertThat(Transcript.plain(conversation)).isEqualTo(plain);
    assertThat(conversation).follows(plain);

    Script seen = Transcript.script(conversation);
    try (Listener server = Listener.playing(seen).start();
        Client client = Client.to(server.address()).playing(seen).start()) {
      assertThat(client).within(ofSeconds(5)).finishedScript();
    }
  }

  private static Conversation conversation() {
    String script =
        """
        S: 220 ready
        C: SIZE ${*:2 bytes}
        C# 00 00 00 2a
        S: 250\s
        C! finish
        S! close
        """;
    try (Listener server = Listener.playing(script).start();
        Client client = Client.to(server.address()).start()) {
      client.expectLine("220 ready");
      client.send(Bytes.utf8("SIZE"));
      assertThat(server).within(ofSeconds(5)).connection().client().sent("SIZE");
      client.send(Bytes.utf8(" 42\r\n").plus(Bytes.hex("0000002a")));
      client.expectLine("250 ");
      client.shutdownOutput();
      client.readToEnd();
      assertThat(server).within(ofSeconds(5)).finishedScript();
      return server.recording().conversations().get(0);
    }
  }
}
