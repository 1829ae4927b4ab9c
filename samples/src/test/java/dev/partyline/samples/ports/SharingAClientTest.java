package dev.partyline.samples.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.NoSocketLeaks;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A client that the tests of a class share is closed after all of them. */
class SharingAClientTest {
  @Test
  void aClassIsCheckedAsAWhole() {
    assertThat(JUnitRun.messageOf(ShopIT.class, Map.of())).isEmpty();
  }

  // tag::shared[]
  @NoSocketLeaks(check = NoSocketLeaks.Check.AFTER_ALL)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class ShopIT {
    @ScriptedListener("repeat\n  C: tea\n  S: here you are")
    static Listener shop;

    @AutoClose private Client customer;

    @BeforeEach
    void connectOnce() {
      customer = customer == null ? Client.to(shop.address()).start() : customer;
    }

    @RepeatedTest(2)
    void theCustomerStays() {
      customer.sendLine("tea");
      customer.expectLine("here you are");
    }
  }
  // end::shared[]
}
