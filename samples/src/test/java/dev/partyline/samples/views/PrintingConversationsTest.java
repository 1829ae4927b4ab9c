package dev.partyline.samples.views;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.view.Dump;
import dev.partyline.view.Ledger;
import dev.partyline.view.http.Curl;
import dev.partyline.view.http.Http1;
import dev.partyline.wire.Conversation;
import org.junit.jupiter.api.Test;

/** One conversation, printed in all ways. */
class PrintingConversationsTest {
  @Test
  void aConversationIsPrinted(
      @ScriptedListener(
              """
              C: GET /tea HTTP/1.1
              C: ...
              C:
              S: HTTP/1.0 200 OK
              S:
              S| tea
              S! close
              """)
          Listener web) {
    try (Client client = Client.to(web.address()).start()) {
      client.send("GET /tea HTTP/1.1\r\nHost: a\r\nCookie: id=7\r\n\r\n");
      client.readToEnd();
    }
    web.recording().awaitClosed(ofSeconds(5));
    Conversation conversation = web.recording().conversations().get(0);
    String text =
        Transcript.exact(conversation)
            + Dump.hex(conversation)
            + Ledger.text(web.recording())
            + Curl.verbose(Redaction.standard().apply(conversation))
            + Curl.command(Http1.of(conversation).requests().get(0));
    assertShown("printed", text);
  }
}
