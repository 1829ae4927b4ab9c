package dev.partyline.netstat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.filter.TcpState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is open now and was not before. */
@EnabledOnOs(OS.LINUX)
class OpenSocketsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final OpenSockets before = OpenSockets.snapshot();

  private List<OpenSocket> openedSockets() {
    return OpenSockets.snapshot().since(before).lookUp();
  }

  @Test
  void nothingIsOpenSinceNow() {
    assertThat(OpenSockets.snapshot().since(before).isEmpty()).isTrue();
    assertThat(OpenSockets.snapshot().since(before)).hasToString("");
    assertThat(before.isKnown()).isTrue();
  }

  @Test
  void bothEndsOfAConnectionAndItsListenerAreOpen() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Socket client = new Socket(LOOPBACK, server.getLocalPort());
        Socket accepted = server.accept()) {
      assertThat(openedSockets())
          .extracting(OpenSocket::row)
          .extracting(ConnectionRow::state)
          .containsExactlyInAnyOrder(TcpState.LISTEN, TcpState.ESTABLISHED, TcpState.ESTABLISHED);
      assertThat(openedSockets())
          .extracting(OpenSocket::row)
          .extracting(ConnectionRow::local)
          .contains((InetSocketAddress) client.getLocalSocketAddress());
      assertThat(accepted.isClosed()).isFalse();
    }
    assertThat(openedSockets()).isEmpty();
  }

  @Test
  void aSocketThatIsOnlyBoundIsInNoTableAndOpen() throws IOException {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(LOOPBACK, 0));
      assertThat(openedSockets()).singleElement().extracting(OpenSocket::row).isNull();
      assertThat(OpenSockets.snapshot().since(before).toString())
          .matches("a socket that neither listens nor is connected, descriptor \\d+");
    }
  }

  @Test
  void datagramsAndUnixDomainSocketsAreSockets(@TempDir Path directory) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
    try (DatagramChannel datagrams = DatagramChannel.open();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      datagrams.bind(new InetSocketAddress(LOOPBACK, 0));
      server.bind(address);
      assertThat(OpenSockets.snapshot().since(before).toString())
          .contains("udp", "socket LISTENING, descriptor ");
    }
  }

  @Test
  void selectorsFilesAndPipesAreNoSockets() throws IOException {
    try (Selector selector = Selector.open();
        var file = Files.newByteChannel(Path.of("/dev/null"))) {
      assertThat(selector.isOpen() && file.isOpen()).isTrue();
      assertThat(OpenSockets.snapshot().since(before).isEmpty()).isTrue();
    }
  }

  @Test
  void selectorsAndPipesAreSeenOnRequest() throws IOException {
    OpenSockets earlier = OpenSockets.snapshotWithSelectors();
    Pipe pipe = Pipe.open();
    try (Selector selector = Selector.open();
        Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      assertThat(selector.isOpen() && source.isOpen() && sink.isOpen()).isTrue();
      List<OpenSocket> opened = OpenSockets.snapshotWithSelectors().since(earlier).lookUp();
      OpenSocket epoll = ofKind(opened, OpenSocket.Kind.EPOLL);
      OpenSocket eventfd = ofKind(opened, OpenSocket.Kind.EVENTFD);
      assertThat(epoll).hasToString("a selector, descriptor " + epoll.fd());
      assertThat(epoll.watchedDescriptors()).containsExactly(eventfd.fd());
      assertThat(eventfd.watchedDescriptors()).isEmpty();
      assertThat(opened)
          .filteredOn(each -> each.kind() == OpenSocket.Kind.PIPE)
          .as("both ends")
          .hasSize(2)
          .allSatisfy(each -> assertThat(each.toString()).startsWith("a pipe, descriptor "));
      assertThat(opened).allMatch(OpenSocket::isOpen);
    }
    assertThat(OpenSockets.snapshotWithSelectors().since(earlier).lookUp()).isEmpty();
  }

  private static OpenSocket ofKind(List<OpenSocket> opened, OpenSocket.Kind kind) {
    List<OpenSocket> all = opened.stream().filter(each -> each.kind() == kind).toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void whetherASocketIsOpenStillIsAskedOfItAlone() throws IOException {
    ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
    OpenSocket socket = openedSockets().get(0);
    assertThat(socket.isOpen()).isTrue();
    server.close();
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aDescriptorThatIsUsedAgainIsAnotherSocket() throws IOException {
    boolean reused = false;
    // Something else that this JVM closes meanwhile may leave a smaller number.
    for (int i = 0; i < 100 && !reused; i++) {
      reused = isUsedAgain();
    }
    assertThat(reused).isTrue();
  }

  private boolean isUsedAgain() throws IOException {
    SocketChannel first = SocketChannel.open();
    OpenSockets afterFirst = OpenSockets.snapshot();
    int fd = afterFirst.since(before).lookUp().get(0).fd();
    first.close();
    try (SocketChannel second = SocketChannel.open()) {
      assertThat(second.isOpen()).isTrue();
      OpenSockets afterSecond = OpenSockets.snapshot();
      List<OpenSocket> openedSockets = afterSecond.since(afterFirst).lookUp();
      assertThat(openedSockets).hasSize(1);
      assertThat(afterSecond.intersection(afterFirst.since(before)).isEmpty()).isTrue();
      assertThat(afterSecond.intersection(afterSecond.since(before)).lookUp()).hasSize(1);
      return openedSockets.get(0).fd() == fd;
    }
  }

  @Test
  void severalAreTakenTogether() throws IOException {
    try (SocketChannel first = SocketChannel.open()) {
      OpenSockets afterFirst = OpenSockets.snapshot();
      try (SocketChannel second = SocketChannel.open()) {
        assertThat(first.isOpen() && second.isOpen()).isTrue();
        OpenSockets afterSecond = OpenSockets.snapshot();
        assertThat(afterSecond.since(afterFirst).union(afterFirst.since(before)).lookUp())
            .hasSize(2);
      }
    }
  }

  @Test
  void nothingIsKnownWhereThereIsNoProc() {
    OpenSockets unknown = NoProc.openSockets();
    assertThat(unknown.isKnown()).isFalse();
    assertThat(unknown.isEmpty()).isTrue();
    assertThat(before.since(before).union(unknown).isKnown()).isFalse();
    assertThat(unknown.lookUp()).isEmpty();
  }
}
