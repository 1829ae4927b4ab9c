package com.example.mail;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MailerTest {
  @Test
  void saysWhoItIs(
      @ScriptedListener(
              """
              S: 220 mail.example ESMTP
              C: EHLO ${host}
              S: 250 mail.example greets ${host}
              """)
          Listener server)
      throws IOException {
    assertThat(Mailer.greet(server.host(), server.port()))
        .isEqualTo("250 mail.example greets client.example");
    assertThat(server).client().sentLine("EHLO client.example");
  }

  @Test
  void runsOnTheJupiterThatWasAskedFor() {
    assertThat(Test.class.getPackage().getImplementationVersion())
        .isEqualTo(System.getProperty("junit.version"));
  }
}
