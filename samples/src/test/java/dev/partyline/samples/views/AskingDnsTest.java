package dev.partyline.samples.views;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.view.dns.Dns;
import dev.partyline.wire.Transport;
import java.util.Properties;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.Test;

/** The resolver of the JDK asks a name server that is a script. */
@SuppressWarnings("BanJNDI") // It looks up a text record, of a server of ours.
class AskingDnsTest {
  // tag::dns-script[]
  @Test
  void theMailServerIsLookedUp(
      @ScriptedListener(
              transport = Transport.UDP,
              value =
                  """
                  C# ${id:2 bytes} 01 00 00 01 00 00 00 00 00 00
                  C# 01 "a" 07 "example" 00 00 0f 00 01   # the question
                  S# ${id:2 bytes} 84 00 00 01 00 01 00 00 00 00
                  S# 01 "a" 07 "example" 00 00 0f 00 01
                  S# c0 0c 00 0f 00 01 00 00 01 2c 00 07 00 0a 02 "mx" c0 0e
                  """)
          Listener dns)
      throws NamingException {
    assertThat(lookUp("a.example", dns.port())).isEqualTo("10 mx.example.");
    assertThat(dns).connection().viewedAs(Dns::of).shows("QUESTION: a.example. IN MX");
  }

  // end::dns-script[]

  private static Object lookUp(String name, int port) throws NamingException {
    Properties jndi = new Properties();
    jndi.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    jndi.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + port);
    jndi.put("com.sun.jndi.dns.timeout.initial", "20000"); // after which it asks again
    return new InitialDirContext(jndi).getAttributes(name, new String[] {"MX"}).get("MX").get();
  }
}
