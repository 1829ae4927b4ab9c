package dev.partyline.samples.tls;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS: the lines before the statement tls are in plain, those after it under TLS. */
class StartingTlsTest {
  @Test
  void curlSendsAMailUnderTls(
      @ScriptedListener(
              """
              S: 220 mail.example ESMTP
              C: EHLO ${*}
              S: 250-mail.example
              S: 250 STARTTLS
              C: STARTTLS
              S: 220 go ahead
              tls
              C: EHLO ${*}
              S: 250 mail.example
              C: MAIL FROM:<alice@example.org>
              S: 250 OK
              C: RCPT TO:<bob@example.org>
              S: 250 OK
              C: DATA
              S: 354 go ahead
              C: ...
              C: .
              S: 250 queued
              C: QUIT
              S: 221 bye
              S! close
              """)
          Listener mail,
      @TempDir Path folder)
      throws IOException {
    Path authority = folder.resolve("authority.pem");
    Files.writeString(authority, Tls.standard().trust().pem());
    Program.run(
        "Hi Bob!\r\n",
        "curl",
        "-sS",
        "--ssl-reqd",
        "--cacert",
        authority,
        "smtp://127.0.0.1:" + mail.port() + "/client.example",
        "--mail-from",
        "alice@example.org",
        "--mail-rcpt",
        "bob@example.org",
        "--upload-file",
        "-");
    assertThat(mail).within(ofSeconds(5)).client().sentInOrder("STARTTLS", "Hi Bob!", "QUIT");
  }
}
