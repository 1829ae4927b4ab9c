package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.FreePort;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import dev.partyline.samples.taps.Shop.Customer;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The server starts after the tap, and the client takes its address from a system property. */
@ResourceLock("shop.url")
class TappingAnOwnServerTest {
  @AutoClose private final Shop shop = new Shop();

  TappingAnOwnServerTest() throws IOException {}

  // tag::taps-own-server[]
  @FreePort private int port;

  @Tapped(to = "port", systemProperty = "shop.url=http://${address}/")
  private Tap tap;

  @BeforeEach
  void open() throws IOException {
    shop.open(port);
  }

  @Test
  void teaIsSold() throws IOException {
    assertThat(new Customer().buy("tea")).isEqualTo("sold");
    assertThat(tap).client().sentLine("GET /tea HTTP/1.1");
  }

  // end::taps-own-server[]
}
