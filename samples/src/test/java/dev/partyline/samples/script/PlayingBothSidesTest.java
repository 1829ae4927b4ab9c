package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import org.junit.jupiter.api.Test;

/** One script for the listener, for the client and for the recording. */
class PlayingBothSidesTest {

  @Test
  void oneScriptIsForBothSidesAndForTheRecording() {
    Script script =
        Script.parse(
            """
            S: 220 mail.example ESMTP
            C: EHLO ${host}
            S: 250 mail.example greets ${host}
            C: QUIT
            S: 221 bye
            S! close
            """);
    try (Listener server = Listener.playing(script).start();
        Client client =
            Client.to(server.address()).playing(script.with("host", "client.example")).start()) {
      assertThat(client).within(ofSeconds(5)).finishedScript();
      assertThat(server).within(ofSeconds(5)).finishedScript();
      assertThat(server).connection().follows(script);
    }
  }
}
