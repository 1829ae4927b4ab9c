package dev.partyline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.OpenSocket;
import dev.partyline.netstat.OpenSockets;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the toolkit has open, which sockets belong to it, and where it was opened. */
class OpenResourceTest {
  private final List<OpenResource> earlier = OpenResource.snapshot();
  private final OpenSockets before = OpenSockets.snapshot();

  private List<OpenResource> opened() {
    List<OpenResource> opened = new ArrayList<>(OpenResource.snapshot());
    opened.removeAll(earlier);
    return opened;
  }

  private void assertOwnsEverySocket(Object... owners) {
    List<OpenSocket> rest = new ArrayList<>(OpenSockets.snapshot().since(before).lookUp());
    int all = rest.size();
    int sum = 0;
    assertThat(opened()).extracting(OpenResource::owner).containsExactlyInAnyOrder(owners);
    for (OpenResource each : opened()) {
      sum += each.socketCount();
      rest.removeAll(each.ownSockets(rest));
    }
    assertThat(rest).isEmpty();
    assertThat(sum).isEqualTo(all).isPositive();
  }

  static Stream<ListenerSpec> listeners() {
    return Stream.of(
        Listener.playing("C: hello"),
        Listener.silent(),
        Listener.silent().overIpv6(),
        Listener.silent().over(Transport.UDP),
        Listener.silent().over(Transport.UNIX),
        Listener.refusing(),
        Listener.refusing().over(Transport.UDP),
        Listener.neverAccepting());
  }

  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @MethodSource("listeners")
  void theSocketsOfAListenerAreItsOwn(ListenerSpec spec) {
    try (Listener listener = spec.start()) {
      assertOwnsEverySocket(listener);
    }
    assertThat(opened()).isEmpty();
  }

  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @EnumSource(Transport.class)
  void acceptedAndOutgoingConnectionsAreOwnedToo(Transport transport) {
    try (Listener listener = Listener.silent().over(transport).start();
        Tap tap = Tap.to(listener).start();
        Client client = Client.to(tap.address()).over(transport).start()) {
      client.sendLine("hello");
      listener.recording().awaitBytes(Side.CLIENT, 7, Duration.ofSeconds(5));
      assertOwnsEverySocket(listener, tap, client);
    }
    assertThat(opened()).isEmpty();
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aLeaseHasItsPorts() {
    try (PortLease lease = Ports.reserveBlock(3)) {
      String name = "PortLease{127.0.0.1:" + lease.port() + "-" + (lease.port() + 2) + "}";
      assertOwnsEverySocket(name);
    }
    assertThat(opened()).isEmpty();
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void theSocketsOfOthersAreNot() throws IOException {
    try (Listener listener = Listener.silent().start();
        Socket stranger = new Socket(listener.host(), listener.port())) {
      List<OpenSocket> sockets = OpenSockets.snapshot().since(before).lookUp();
      assertThat(opened().get(0).ownSockets(sockets))
          .hasSizeLessThan(sockets.size())
          .extracting(socket -> socket.row().local().getPort())
          .doesNotContain(stranger.getLocalPort());
    }
  }

  @Test
  void aClientWhoseConnectionIsOverHasNoneLeft() {
    try (Listener listener = Listener.playing("S! reset").start();
        Client client = Client.to(listener.address()).playing("S! reset").start()) {
      client.recording().awaitClosed(Duration.ofSeconds(5));
      assertThat(opened()).extracting(OpenResource::owner).containsExactly(listener);
    }
  }

  @Test
  void aReleasedLeaseHasNoneLeft() {
    try (PortLease lease = Ports.reserve()) {
      lease.releaseForBind();
      assertThat(opened()).isEmpty();
    }
  }

  @Test
  void theStackBeginsWhereTheTestOpenedIt() {
    try (Listener listener = Listener.silent().start()) {
      Throwable openTrace = opened().get(0).openStackTrace();
      assertThat(openTrace).hasMessage(listener + " was opened here");
      assertThat(openTrace.getStackTrace())
          .isNotEmpty()
          .extracting(StackTraceElement::getClassName)
          .doesNotContain(ListenerSpec.class.getName());
    }
  }
}
