package dev.partyline.samples.junit;

import static dev.partyline.assertions.PartylineAssertions.assertThat;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener for the class, a tap for each test, and clients that connect to it. */
class ScopesTest {
  // tag::scopes[]
  @ScriptedListener("every connection\n  C: price of ${item}\n  S: ${item} costs 3.50")
  static Listener shop;

  @Tapped(to = "shop")
  Tap tap;

  @Test
  void teaHasAPrice(@ScriptedClient(to = "tap") Client customer) {
    customer.sendLine("price of tea");
    customer.expectLine("tea costs 3.50");
    assertThat(tap).hasConnections(1).client().sentLine("price of tea");
  }

  // end::scopes[]

  @ParameterizedTest
  @ValueSource(strings = {"coffee", "cocoa"})
  void everythingHasAPrice(String item, @ScriptedClient(to = "tap") Client customer) {
    customer.sendLine("price of " + item);
    customer.expectLine(item + " costs 3.50");
    assertThat(tap).hasConnections(1);
  }

  @Nested
  class InAQueue {
    @ScriptedClient(to = "tap", value = "C: price of milk\nS: milk costs 3.50")
    Client first;

    @Test
    void theSecondIsServedToo(@ScriptedClient(to = "tap") Client second) {
      second.sendLine("price of tea");
      second.expectLine("tea costs 3.50");
      assertThat(tap).hasConnections(2);
    }
  }
}
