package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HandlerTest {
  @ParameterizedTest
  @EnumSource(Transport.class)
  void it_sends_and_receives_in_blocking_style(Transport transport) {
    Handler echo =
        connection -> {
          connection.send(connection.readAvailable());
          connection.send(connection.readAvailable());
        };
    try (Listener listener = Listener.handling(echo).over(transport).start();
        Client client = Client.to(listener.address()).over(transport).start()) {
      client.send("one");
      client.expect("one");
      client.send("two");
      client.expect("two");
    }
  }

  @Test
  void datagrams_are_taken_one_by_one() {
    CountDownLatch sent = new CountDownLatch(1);
    Handler handler =
        connection -> {
          sent.await();
          connection.send(Bytes.utf8("<" + connection.readAvailable().utf8() + ">"));
          connection.send(Bytes.utf8("<" + connection.readAvailable().utf8() + ">"));
        };
    try (Listener listener = Listener.handling(handler).over(Transport.UDP).start();
        Client client = Client.to(listener.address()).over(Transport.UDP).start()) {
      client.send("one");
      client.send("two");
      listener.drainInput();
      sent.countDown();
      assertThat(client.readAvailable().utf8()).isEqualTo("<one>");
      assertThat(client.readAvailable().utf8()).isEqualTo("<two>");
    }
  }

  @Test
  void the_connection_ends_with_the_handler() throws Exception {
    try (Listener listener = Listener.handling(connection -> connection.send("bye")).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      assertThat(new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("bye");
    }
  }

  @Test
  void its_exception_resets_the_connection_and_fails_the_close() throws Exception {
    IOException problem = new IOException("out of paper");
    Handler handler =
        connection -> {
          connection.readLine();
          throw problem;
        };
    Listener listener = Listener.handling(handler).start();
    try (Socket peer = new Socket(listener.host(), listener.port())) {
      peer.getOutputStream().write('\n');
      assertThatThrownBy(() -> peer.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(listener::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "the handler of connection 1 from \\S+ to \\S+ failed: java.io.IOException: out of paper")
        .hasCause(problem);
    assertThat(listener.recording().conversations().get(0).ledger())
        .extracting(Termination::cause)
        .contains("because the handler failed");
    listener.close();
  }

  @Test
  void what_the_close_causes_is_not_a_failure() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Handler handler =
        connection -> {
          started.countDown();
          try {
            connection.readLine();
          } catch (Throwable e) {
            thrown.set(e);
            throw e;
          }
        };
    Listener listener = Listener.handling(handler).start();
    try (Socket peer = new Socket(listener.host(), listener.port())) {
      started.await();
      listener.close();
      assertThat(thrown.get())
          .isInstanceOf(LoopbackException.class)
          .hasMessageContaining("closed here while waiting for a line");
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  static List<Handler> blockingHandlers() {
    return List.of(
        connection -> new CountDownLatch(1).await(),
        connection -> new PipedInputStream(new PipedOutputStream()).read(),
        connection -> {
          try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).accept();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("blockingHandlers")
  void nor_is_its_interrupt_if_the_client_was_gone_before(Handler waits) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Handler handler =
        connection -> {
          started.countDown();
          waits.handle(connection);
        };
    Listener listener = Listener.handling(handler).start();
    try (Client client = Client.to(listener.address()).start()) {
      started.await();
      client.reset();
    }
    listener.drainInput();
    listener.close();
    assertThat(listener.backgroundFailures()).isEmpty();
  }

  @Test
  void a_client_that_reset_is_a_failure_even_right_before_the_close() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Handler handler =
        connection -> {
          try {
            started.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            connection.readLine();
          }
        };
    Listener listener = Listener.handling(handler).start();
    try (Client client = Client.to(listener.address()).start()) {
      started.await();
      client.reset();
    }
    listener.drainInput();
    assertThatThrownBy(listener::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("waited for a line, but the client has sent an RST");
  }

  @Test
  void sending_succeeds_even_if_the_sender_is_interrupted() {
    try (Listener listener =
            Listener.handling(
                    connection -> {
                      Thread.currentThread().interrupt();
                      connection.send("one");
                      connection.send(Thread.interrupted() ? "two" : "undisturbed");
                    })
                .start();
        Client client = Client.to(listener.address()).start()) {
      assertThat(client.readToEnd().utf8()).isEqualTo("onetwo");
    }
  }

  @Test
  void one_that_does_not_end_is_named_with_its_stack() throws Exception {
    AtomicReference<Thread> late = new AtomicReference<>();
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Handler handler =
        connection -> {
          late.set(Thread.currentThread());
          begun.countDown();
          ignoreInterrupts(end);
        };
    Listener listener = Listener.handling(handler).start();
    try (Socket peer = new Socket(listener.host(), listener.port())) {
      begun.await();
      assertThat(peer.isConnected()).isTrue();
      assertThatThrownBy(listener::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("a handler still runs 1 s after its listener was closed")
          .hasMessageContaining("partyline-handler of connection 1")
          .hasMessageContaining("ignoreInterrupts");
    } finally {
      end.countDown();
    }
    // The loop may have ended before it.
    late.get().join(5_000);
    assertThat(late.get().isAlive()).isFalse();
    assertThat(listener.backgroundFailures()).as("besides what close() has thrown").isEmpty();
  }

  private static void ignoreInterrupts(CountDownLatch end) {
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        // It ignores interrupts on purpose.
      }
    }
  }

  @Test
  void it_can_close_its_own_listener() throws Exception {
    AtomicReference<Listener> own = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    Handler handler =
        connection -> {
          connection.readLine();
          own.get().close();
          closed.countDown();
        };
    Listener listener = Listener.handling(handler).start();
    own.set(listener);
    try (Socket peer = new Socket(listener.host(), listener.port())) {
      peer.getOutputStream().write('\n');
      closed.await();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    listener.close();
    assertThat(listener.backgroundFailures()).isEmpty();
  }
}
