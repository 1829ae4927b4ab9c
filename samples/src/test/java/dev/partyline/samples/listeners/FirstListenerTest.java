package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import org.junit.jupiter.api.Test;

/** One listener, from an annotation and from Java. */
class FirstListenerTest {
  // tag::listener-annotation[]
  @Test
  void theCustomerGetsTea(@ScriptedListener("C: tea\nS: here you are") Listener shop) {
    try (Client customer = Client.to(shop.address()).start()) {
      customer.sendLine("tea");
      customer.expectLine("here you are");
    }
  }

  @Test
  void theCustomerGetsTeaWithoutAnAnnotation() {
    try (Listener shop = Listener.playing("C: tea\nS: here you are").start();
        Client customer = Client.to(shop.address()).start()) {
      customer.sendLine("tea");
      customer.expectLine("here you are");
      assertThat(shop).within(ofSeconds(5)).finishedScript();
    }
  }
  // end::listener-annotation[]
}
