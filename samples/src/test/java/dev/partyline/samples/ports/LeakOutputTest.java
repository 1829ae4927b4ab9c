package dev.partyline.samples.ports;

import static dev.partyline.samples.docs.ShownOutput.assertShown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.NoSocketLeaks;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.samples.docs.JUnitRun;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is shown of a test that leaves sockets open. */
@EnabledOnOs(OS.LINUX)
class LeakOutputTest {
  private static AutoCloseable left = () -> {};

  @AfterEach
  void closeWhatWasLeft() throws Exception {
    left.close();
  }

  @Test
  void aSocketIsShownWithItsServer() {
    assertShown("leak", JUnitRun.messageOf(ShopIT.class, Map.of()));
  }

  static class ShopIT {
    @Test
    @NoSocketLeaks
    void theCustomerLeaves(@ScriptedListener("C: tea\nS: here you are\nS! close") Listener shop)
        throws IOException {
      Socket customer = new Socket(shop.host(), shop.port());
      left = customer;
      customer.getOutputStream().write(new byte[] {'t', 'e', 'a', '\r', '\n'});
      assertThat(customer.getInputStream().readAllBytes()).hasSize(14);
    }
  }

  @Test
  void aListenerIsShownWithTheLineThatOpenedIt() {
    assertShown("leak-listener", JUnitRun.messageOf(MailIT.class, Map.of()));
  }

  @NoSocketLeaks
  static class MailIT {
    @Test
    void theServerStays() {
      left = Listener.silent().start();
    }
  }
}
