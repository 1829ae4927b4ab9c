package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientRetryTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String SCRIPT = "S: hello";

  @Test
  void aClientConnectsWhenItsServerHasStarted() {
    try (PortLease lease = Ports.reserve()) {
      CompletableFuture<Client> connecting =
          CompletableFuture.supplyAsync(
              () -> Client.to(lease.address()).retryingConnect(LONG).start());
      try (Listener listener = lease.bind(port -> Listener.playing(SCRIPT).onPort(port).start());
          Client client = connecting.join()) {
        assertThat(client.readLine()).isEqualTo("hello");
        assertThat(listener.recording().connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void aClientConnectsToAPathThatDoesNotExistYet(@TempDir Path folder) {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    CompletableFuture<Client> connecting =
        CompletableFuture.supplyAsync(() -> Client.to(address).retryingConnect(LONG).start());
    try (Listener listener = Listener.playing(SCRIPT).onPath(address.getPath()).start();
        Client client = connecting.join()) {
      assertThat(client.readLine()).isEqualTo("hello");
      assertThat(listener.recording().connections()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatNeverStartsIsAFailureThatSaysWhoHasThePort() {
    try (PortLease lease = Ports.reserve().named("the port of the shop")) {
      ClientSpec spec = Client.to(lease.address()).retryingConnect(Duration.ofMillis(20));
      assertThatThrownBy(spec::start)
          .isInstanceOf(LoopbackException.class)
          .hasMessageStartingWith(
              "cannot connect to tcp 127.0.0.1:%d: Connection refused, again and again for ",
              lease.port())
          .hasMessageContaining(
              "; nothing listens there; who has the port:\nport %d is leased in this JVM, and held;"
                  + " it was reserved by the port of the shop\n",
              lease.port());
    }
  }

  @Test
  void anAttemptIsRepeatedUntilOneSucceeds() throws IOException {
    List<Integer> attempts = new ArrayList<>();
    try (SocketChannel channel = ConnectRetry.connect(() -> attempt(attempts, 4), LONG)) {
      assertThat(channel.isOpen()).isTrue();
    }
    assertThat(attempts).hasSize(4);
  }

  @Test
  void withoutATimeThereIsOneAttempt() {
    List<Integer> attempts = new ArrayList<>();
    assertThatThrownBy(() -> ConnectRetry.connect(() -> attempt(attempts, 2), Duration.ZERO))
        .isInstanceOf(ConnectException.class);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void anInterruptEndsTheAttempts() {
    List<Integer> attempts = new ArrayList<>();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ConnectRetry.connect(() -> attempt(attempts, 2), LONG))
          .isInstanceOf(ConnectException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(attempts).hasSize(1);
  }

  private static SocketChannel attempt(List<Integer> attempts, int successful) throws IOException {
    attempts.add(attempts.size());
    if (attempts.size() < successful) {
      throw new ConnectException("Connection refused");
    }
    return SocketChannel.open();
  }

  @Test
  void datagramsHaveNoConnectToRepeat() {
    ClientSpec spec = Client.to("127.0.0.1", 9).over(Transport.UDP);
    assertThatThrownBy(() -> spec.retryingConnect(LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("retryingConnect (PT30S) needs a connect that can be refused");
    assertThatThrownBy(() -> Client.to("127.0.0.1", 9).retryingConnect(Duration.ZERO))
        .hasMessage("within (PT0S) must be above 0 and at most ten years");
  }
}
