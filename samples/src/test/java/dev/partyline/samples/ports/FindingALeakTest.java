package dev.partyline.samples.ports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.NoSocketLeaks;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.netstat.OpenSockets;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Fails a test that opens a socket and does not close it. */
class FindingALeakTest {
  // tag::leak[]
  @Test
  @NoSocketLeaks
  void theCustomerClosesItsSocket(@ScriptedListener("C: tea\nS: here you are") Listener shop)
      throws IOException {
    try (Socket customer = new Socket(shop.host(), shop.port())) {
      customer.getOutputStream().write("tea\r\n".getBytes(UTF_8));
      assertThat(customer.getInputStream().readNBytes(14)).asString().startsWith("here you are");
    }
  }

  // end::leak[]

  // tag::open[]
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatIsOpenSinceThenIsSeen() throws IOException {
    OpenSockets before = OpenSockets.snapshot();
    ServerSocket forgotten = new ServerSocket(0);

    OpenSockets left = OpenSockets.snapshot().since(before);
    System.out.println(left);
    assertThat(left.toString()).contains(":" + forgotten.getLocalPort() + " LISTEN, descriptor ");

    forgotten.close();
    assertThat(OpenSockets.snapshot().since(before).isEmpty()).isTrue();
  }
  // end::open[]
}
