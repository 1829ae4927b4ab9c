package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import org.junit.jupiter.api.Test;

/** A server that sends first: a script that a mail client follows. */
class GreetingMailTest {

  // tag::mail[]
  @Test
  void curlSendsAMail(
      @ScriptedListener(
              """
              S: 220 mail.example ESMTP
              C: EHLO ${host}
              S: 250 mail.example greets ${host}
              C: MAIL FROM:<${sender:[^>]+}>
              S: 250 OK
              C: RCPT TO:<bob@example.org>
              S: 250 OK
              C: DATA
              S: 354 go ahead
              C: Subject: hello
              C: ...
              C: .
              S: 250 queued
              C: QUIT
              S: 221 bye
              S! close
              """)
          Listener mail) {
    Program.run(
        "Subject: hello\r\n\r\nHi Bob!\r\n",
        "curl",
        "-s",
        "smtp://127.0.0.1:" + mail.port() + "/client.example",
        "--mail-from",
        "alice@example.org",
        "--mail-rcpt",
        "bob@example.org",
        "--upload-file",
        "-");

    assertThat(mail).client().sentInOrder("MAIL FROM:<alice@example.org>", "Hi Bob!", "QUIT");
    assertThat(mail).within(ofSeconds(5)).finishedScript();
  }
  // end::mail[]
}
