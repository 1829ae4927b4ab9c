package dev.partyline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.loopback.Tap;
import dev.partyline.netstat.OpenSocket;
import dev.partyline.netstat.OpenSockets;
import dev.partyline.wire.Conversation;
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

  @Test
  void closesTheConnectionsOfAListenerThatGoesOnListening() throws IOException {
    try (Listener listener = Listener.silent().start();
        Socket first = new Socket(listener.host(), listener.port())) {
      resource(listener).closeConnections();
      assertThat(first.getInputStream().read()).isEqualTo(-1);
      try (Socket second = new Socket(listener.host(), listener.port())) {
        second.getOutputStream().write('x');
        listener.recording().awaitBytes(Side.CLIENT, 1, Duration.ofSeconds(5));
        assertThat(listener.recording().conversations()).hasSize(2);
      }
    }
  }

  @Test
  void closesBothSidesOfTheConnectionsOfATap() throws IOException {
    try (Listener listener = Listener.silent().start();
        Tap tap = Tap.to(listener).start();
        Socket socket = new Socket(tap.host(), tap.port())) {
      resource(tap).closeConnections();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      tap.recording().awaitClosed(Duration.ofSeconds(5));
      assertThat(tap.recording().conversations()).noneMatch(Conversation::isOpen);
      assertThat(resource(tap).isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void closesTheConnectionOfAClient(Transport transport) {
    try (Listener listener = Listener.silent().over(transport).start();
        Client client = Client.to(listener.address()).over(transport).start()) {
      resource(client).closeConnections();
      assertThat(client.conversation().isOpen()).isFalse();
      assertThat(client.backgroundFailures()).isEmpty();
    }
  }

  @Test
  void closesNothingWhereThereAreNoConnections() {
    try (PortLease lease = Ports.reserve();
        Listener datagrams = Listener.silent().over(Transport.UDP).start();
        Listener refusing = Listener.refusing().start()) {
      opened().forEach(OpenResource::closeConnections);
      assertThat(opened()).hasSize(3).allMatch(OpenResource::isOpen);
      assertThat(datagrams.port() + refusing.port() + lease.port()).isPositive();
    }
  }

  @Test
  void tellsWhatAThreadOpensUntilThePreviousObserverIsSetAgain() {
    List<Object> outer = new ArrayList<>();
    List<OpenResource> inner = new ArrayList<>();
    Runnable removeOuter = OpenResource.observeThread(each -> outer.add(each.owner()));
    Listener first;
    Listener second;
    Listener third;
    try {
      Runnable removeInner = OpenResource.observeThread(inner::add);
      first = Listener.silent().start();
      removeInner.run();
      second = Listener.silent().start();
    } finally {
      removeOuter.run();
    }
    third = Listener.silent().start();
    first.close();
    second.close();
    third.close();
    assertThat(outer).containsExactly(second);
    assertThat(inner).singleElement().matches(each -> each.owner() == first && !each.isOpen());
  }

  @Test
  void doesNotTellWhatOtherThreadsOpen() throws InterruptedException {
    List<OpenResource> observed = new ArrayList<>();
    Runnable remove = OpenResource.observeThread(observed::add);
    try {
      Thread other = new Thread(() -> Listener.silent().start().close());
      other.start();
      other.join();
    } finally {
      remove.run();
    }
    assertThat(observed).isEmpty();
  }

  private OpenResource resource(Object owner) {
    return opened().stream()
        .filter(each -> each.owner().equals(owner))
        .reduce((one, other) -> one)
        .orElseThrow();
  }
}
