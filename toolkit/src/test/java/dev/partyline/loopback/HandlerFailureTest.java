package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No failure of a handler is lost, whoever closes the listener, and when. */
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
    assertThat(listener.backgroundFailures()).as("besides what close() has thrown").isEmpty();
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
          throw new StackOverflowError("too deep");
        };
    Listener listener = Listener.handling(handler).start();
    try (Client client = Client.to(listener.address()).start()) {
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
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    try (Client client = Client.to(listener.address()).start()) {
      begun.await();
      Thread closing = new Thread(() -> thrown.complete(catchThrowable(listener::close)));
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
