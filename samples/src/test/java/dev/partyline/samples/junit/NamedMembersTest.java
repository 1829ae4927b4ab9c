package dev.partyline.samples.junit;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import dev.partyline.junit5.ScriptedClient;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.script.Script;
import java.lang.annotation.Retention;
import org.junit.jupiter.api.Test;

/** What an annotation names, and an annotation of one's own. */
class NamedMembersTest {
  // tag::names[]
  static Script prices() {
    return Script.parse("C: price of ${item}\nS: ${item} costs ${price}").with("price", "3.50");
  }

  @Test
  void oneTapIsBeforeTheOther(
      @ScriptedListener(script = "prices") Listener shop,
      @Tapped(to = "shop") Tap inner,
      @Tapped(to = "inner") Tap outer,
      @ScriptedClient(to = "outer") Client customer) {
    customer.sendLine("price of tea");
    customer.expectLine("tea costs 3.50");
    assertThat(inner).hasConnections(1);
  }

  // end::names[]

  // tag::composed[]
  @ScriptedListener("S: 220 mail.example\nC: QUIT\nS: 221 bye")
  @Retention(RUNTIME)
  @interface MailServer {}

  // end::composed[]

  @Test
  void theServerGreetsFirst(@MailServer Listener mail) {
    try (Client client = Client.to(mail.address()).start()) {
      client.expectLine("220 mail.example");
      client.sendLine("QUIT");
      client.expectLine("221 bye");
    }
  }
}
