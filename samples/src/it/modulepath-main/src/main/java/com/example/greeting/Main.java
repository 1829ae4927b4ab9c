package com.example.greeting;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;

/** A listener and a client, without JUnit. */
public final class Main {
  private Main() {}

  /** Ends with a stack trace, and not with 0, where something does not hold. */
  public static void main(String[] arguments) {
    String script =
        """
        S: who is there?
        C: ${name}
        S: hello ${name}
        """;
    try (Listener listener = Listener.playing(script).start();
        Client client = Client.to(listener.host(), listener.port()).start()) {
      client.expectLine("who is there?");
      client.sendLine("Alice");
      client.expectLine("hello Alice");
      assertThat(listener).client().sentLine("Alice");
    }
    assertThat(Listener.class.getModule().getName()).isEqualTo("dev.partyline.toolkit");
  }
}
