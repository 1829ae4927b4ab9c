package com.example.mailtest;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.mail.Mailer;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MailerTest {
  @ScriptedListener(resource = "greeting.wire")
  private Listener server;

  @Test
  void saysWhoItIs() throws IOException {
    assertThat(Mailer.greet(server.host(), server.port()))
        .isEqualTo("250 mail.example greets client.example");
    assertThat(server).client().sentLine("EHLO client.example");
  }
}
