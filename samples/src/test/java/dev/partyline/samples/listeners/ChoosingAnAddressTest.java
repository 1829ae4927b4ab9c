package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners over UDP, over IPv6 and at a path. */
class ChoosingAnAddressTest {
  // tag::datagrams[]
  @Test
  void theTimeIsAskedByDatagram(
      @ScriptedListener(transport = Transport.UDP, value = "C| time?\nS# 00 2a") Listener clock) {
    try (Client client = Client.to(clock.address()).over(Transport.UDP).start()) {
      client.send("time?");
      assertThat(client.readAvailable()).isEqualTo(Bytes.hex("00 2a"));
    }
  }

  // end::datagrams[]

  @Test
  void aListenerIsOnTheLoopbackAddressOfIpv6(
      @ScriptedListener(ipv6 = true, value = "S: hello") Listener listener) {
    assertThat(listener.host()).isEqualTo("::1");
    try (Client client = Client.to(listener.host(), listener.port()).start()) {
      client.expectLine("hello");
    }
  }

  @Test
  void aUnixDomainSocketIsDeletedAfterUse(@TempDir Path folder) {
    Path path = folder.resolve("docker.sock");
    try (Listener listener = Listener.playing("S: hello").onPath(path).start();
        Client client = Client.to(listener.address()).start()) {
      client.expectLine("hello");
      assertThat(listener.path()).exists();
      assertThatThrownBy(listener::port).hasMessageContaining("ask for path()");
    }
    assertThat(path).doesNotExist();
  }
}
