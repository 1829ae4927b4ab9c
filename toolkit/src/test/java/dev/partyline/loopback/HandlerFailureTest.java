package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.tls.Tls;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No failure of a handler is lost, whichever thread closes the listener, and when. */
@Timeout(60)
class HandlerFailureTest {
  private final CountDownLatch closed = new CountDownLatch(1);

  @ParameterizedTest
  @EnumSource(Transport.class)
  void one_after_another_handler_has_closed_the_listener_fails_the_close_of_the_test(
      Transport transport) throws Exception {
    AtomicReference<Listener> own = new AtomicReference<>();
    CountDownLatch failing = new CountDownLatch(1);
    Handler handler =
        connection -> {
          if (connection.readLine().equals("close")) {
            failing.await();
            own.get().close();
            closed.countDown();
          } else {
            failing.countDown();
            awaitInSpiteOfInterrupts(closed);
            throw new IllegalStateException("out of paper");
          }
        };
    Listener listener = Listener.handling(handler).over(transport).start();
    own.set(listener);
    try (Client first = Client.to(listener.address()).over(transport).start();
        Client second = Client.to(listener.address()).over(transport).start()) {
      first.sendLine("fail");
      second.sendLine("close");
      closed.await();
    }
    assertThatThrownBy(listener::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("failed: java.lang.IllegalStateException: out of paper");
    assertThatCode(listener::close).doesNotThrowAnyException();
    assertThat(listener.backgroundFailures()).isEmpty();
  }

  @Test
  void two_handlers_may_close_their_listener_at_the_same_time() throws Exception {
    AtomicReference<Listener> own = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch ended = new CountDownLatch(2);
    Handler handler =
        connection -> {
          connection.readLine();
          begun.countDown();
          awaitInSpiteOfInterrupts(begun);
          own.get().close();
          ended.countDown();
        };
    Listener listener = Listener.handling(handler).start();
    own.set(listener);
    try (Client first = Client.to(listener.address()).start();
        Client second = Client.to(listener.address()).start()) {
      first.sendLine("close");
      second.sendLine("close");
      ended.await();
    }
    listener.close();
    assertThat(listener.backgroundFailures()).isEmpty();
  }

  @Test
  void an_error_of_the_jvm_fails_the_close() {
    Handler handler =
        connection -> {
          connection.readLine();
          throw new StackOverflowError("too deep");
        };
    Listener listener = Listener.handling(handler).start();
    try (Client client = Client.to(listener.address()).start()) {
      client.sendLine("report");
      client.recording().awaitClosed(Duration.ofSeconds(20));
    }
    assertThatThrownBy(listener::close)
        .hasMessageEndingWith("failed: java.lang.StackOverflowError: too deep");
  }

  @Test
  void the_end_of_another_connection_is_a_failure_even_while_the_test_closes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Handler handler =
        connection -> {
          begun.countDown();
          awaitInSpiteOfInterrupts(closed);
          throw new LoopbackException("the other listener could not be started");
        };
    Listener listener = Listener.handling(handler).start();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Client client = Client.to(listener.address()).start()) {
      begun.await();
      Thread closing = new Thread(() -> thrown.set(catchThrowable(listener::close)));
      closing.start();
      // The connection ends before the close waits for its handler.
      client.readToEnd();
      closed.countDown();
      closing.join();
    }
    assertThat(thrown.get()).hasMessageContaining("the other listener could not be started");
  }

  @Test
  void a_close_on_an_interrupted_thread_waits_for_the_handlers_and_leaves_it_interrupted()
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Handler handler =
        connection -> {
          begun.countDown();
          try {
            connection.readLine();
          } finally {
            awaitInSpiteOfInterrupts(closed);
            ended.set(true);
          }
        };
    Listener listener = Listener.handling(handler).start();
    try (Client client = Client.to(listener.address()).start()) {
      begun.await();
      Thread releasing =
          new Thread(
              () -> {
                client.readToEnd();
                closed.countDown();
              });
      releasing.start();
      Thread.currentThread().interrupt();
      listener.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended).isTrue();
      releasing.join();
    }
  }

  @Test
  void an_exception_whose_message_fails_or_whose_causes_form_a_circle_resets_the_connection() {
    RuntimeException withoutMessage =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("not yet connected");
          }
        };
    RuntimeException inCircle = new RuntimeException("a");
    inCircle.initCause(new RuntimeException("b", inCircle));
    for (RuntimeException thrown : List.of(withoutMessage, inCircle)) {
      Handler handler =
          connection -> {
            connection.readLine();
            throw thrown;
          };
      Listener listener = Listener.handling(handler).start();
      try (Client client = Client.to(listener.address()).start()) {
        client.sendLine("report");
        assertThatThrownBy(client::readToEnd).hasMessageContaining("has sent an RST");
      }
      assertThatThrownBy(listener::close)
          .hasMessageStartingWith("the handler of connection 1")
          .hasMessageContaining(thrown.getClass().getName());
    }
  }

  @Test
  void what_a_handler_sends_after_its_own_fin_is_not_lost_in_silence() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Handler handler =
        connection -> {
          connection.readLine();
          connection.shutdownOutput();
          try {
            connection.send("too late");
          } finally {
            ended.countDown();
          }
        };
    Listener listener = Listener.handling(handler).start();
    try (Client client = Client.to(listener.address()).start()) {
      client.sendLine("report");
      ended.await();
      assertThatThrownBy(listener::close)
          .hasMessageContaining("cannot send on connection 1: our end has sent a FIN");
    }
  }

  @Test
  void a_client_that_has_sent_a_fin_can_neither_send_nor_start_tls() {
    try (Listener listener = Listener.silent().start();
        Client client = Client.to(listener.address()).start()) {
      client.shutdownOutput();
      assertThatThrownBy(() -> client.send("too late"))
          .isInstanceOf(LoopbackException.class)
          .hasMessage("cannot send on connection 1: our end has sent a FIN");
      assertThatThrownBy(() -> client.startTls(Tls.standard()))
          .isInstanceOf(LoopbackException.class)
          .hasMessage("cannot start TLS on connection 1: our end has sent a FIN");
    }
  }

  private static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // The listener is being closed.
      }
    }
  }
}
