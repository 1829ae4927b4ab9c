package dev.partyline.internal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  @Test
  void it_ends_a_second_after_its_last_user_has_released_it() throws Exception {
    EventLoop loop = EventLoop.acquire();
    Thread thread = thread(loop);
    EventLoop other = EventLoop.acquire();
    assertThat(other).isSameAs(loop);
    loop.call(new RecordingEventHandler(), loop::release);
    long releasedNanos = System.nanoTime();
    loop.call(new RecordingEventHandler(), loop::release);
    thread.join(10_000);
    // Other tests of this JVM may use the same loop meanwhile.
    if (!thread.isAlive()) {
      assertThat(System.nanoTime() - releasedNanos)
          .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    }
  }

  @Test
  void it_is_the_same_for_all_who_acquire_it() {
    EventLoop loop = EventLoop.acquire();
    EventLoop other = EventLoop.acquire();
    try {
      assertThat(other).isSameAs(loop);
    } finally {
      other.call(new RecordingEventHandler(), other::release);
      loop.call(new RecordingEventHandler(), loop::release);
    }
  }

  @Test
  void the_second_is_another() {
    EventLoop first = EventLoop.acquire();
    EventLoop second = EventLoop.acquireSecond();
    try {
      List<Thread> found = new ArrayList<>();
      second.call(new RecordingEventHandler(), () -> found.add(Thread.currentThread()));
      assertThat(found.get(0).getName()).isEqualTo("partyline-loop-2");
      assertThat(second).isNotSameAs(first);
    } finally {
      second.call(new RecordingEventHandler(), second::release);
      first.call(new RecordingEventHandler(), first::release);
    }
  }

  @Test
  void it_ends_after_its_only_user_has_released_it() throws Exception {
    EventLoop loop = own();
    Thread thread = thread(loop);
    loop.call(new RecordingEventHandler(), loop::release);
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void a_task_for_one_that_has_terminated_runs_on_its_caller() throws Exception {
    EventLoop loop = own();
    Thread thread = thread(loop);
    loop.quitWhenIdle();
    loop.call(new RecordingEventHandler(), loop::release);
    thread.join(10_000);
    List<Thread> found = new ArrayList<>();
    loop.call(
        new RecordingEventHandler(),
        () -> {
          found.add(Thread.currentThread());
          loop.flushCancelledKeys();
        });
    assertThat(found).containsExactly(Thread.currentThread());
  }

  @Test
  void a_caller_that_waits_for_one_that_aborts_is_released() throws Exception {
    EventLoop loop = own();
    Thread thread = thread(loop);
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    thread.setUncaughtExceptionHandler((aborted, exception) -> uncaught.add(exception));
    List<Thread> found = new CopyOnWriteArrayList<>();
    Thread waiter =
        new Thread(
            () -> loop.call(new RecordingEventHandler(), () -> found.add(Thread.currentThread())));
    loop.execute(
        new RecordingEventHandler() {
          @Override
          public void onFailure(Throwable problem) {
            throw new OutOfMemoryError("as if");
          }
        },
        () -> {
          waiter.start();
          while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          throw new IllegalStateException("broken");
        });
    thread.join(10_000);
    waiter.join(5_000);
    assertThat(found).containsExactly(thread);
    assertThat(uncaught).singleElement().asString().contains("as if");
  }

  @Test
  void one_whose_handlers_cannot_even_be_failed_releases_its_callers_and_closes_their_channels()
      throws Exception {
    EventLoop loop = own();
    Thread thread = thread(loop);
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    thread.setUncaughtExceptionHandler((aborted, exception) -> uncaught.add(exception));
    NoClassDefFoundError missing = new NoClassDefFoundError("as if");
    EventHandler failing =
        new RecordingEventHandler() {
          @Override
          public void onFailure(Throwable problem) {
            throw missing;
          }
        };
    Pipe first = Pipe.open();
    Pipe second = Pipe.open();
    CountDownLatch queued = new CountDownLatch(1);
    CountDownLatch called = new CountDownLatch(1);
    try (Pipe.SinkChannel firstSink = first.sink();
        Pipe.SinkChannel secondSink = second.sink()) {
      assertThat(List.of(firstSink, secondSink)).allMatch(Pipe.SinkChannel::isOpen);
      for (Pipe pipe : List.of(first, second)) {
        pipe.source().configureBlocking(false);
        loop.register(pipe.source(), SelectionKey.OP_READ, failing);
      }
      loop.execute(
          failing,
          () -> {
            queued.countDown();
            awaitUninterruptibly(called);
            throw new IllegalStateException("as if");
          });
      awaitUninterruptibly(queued);
      CompletableFuture<Thread> caller = new CompletableFuture<>();
      loop.execute(failing, () -> caller.complete(Thread.currentThread()));
      called.countDown();
      assertThat(caller.get(10, TimeUnit.SECONDS)).isSameAs(thread);
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
      assertThat(uncaught).containsExactly(missing);
      assertThat(first.source().isOpen()).isFalse();
      assertThat(second.source().isOpen()).isFalse();
      loop.call(failing, () -> called.countDown());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_interrupt_does_not_prevent_acquiring_it() {
    Thread.currentThread().interrupt();
    EventLoop loop = EventLoop.acquire();
    assertThat(Thread.interrupted()).isTrue();
    loop.call(new RecordingEventHandler(), loop::release);
  }

  @Test
  void one_that_cannot_start_fails_its_user() {
    EventLoop.SelectorFactory broken =
        () -> {
          throw new IOException("too many open files");
        };
    assertThatThrownBy(() -> EventLoop.start("partyline-test", broken))
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("cannot start the event loop")
        .hasMessageContaining("too many open files");
  }

  @Test
  void one_that_finds_no_memory_fails_its_user() {
    EventLoop.SelectorFactory broken =
        () -> {
          throw new OutOfMemoryError("Cannot reserve direct buffer memory");
        };
    assertThatThrownBy(() -> EventLoop.start("partyline-test", broken))
        .isInstanceOf(LoopbackException.class)
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void what_a_task_throws_fails_its_handler_and_nothing_else() {
    EventLoop loop = EventLoop.acquire();
    try {
      RecordingEventHandler handler = new RecordingEventHandler();
      IllegalStateException problem = new IllegalStateException("broken");
      loop.execute(
          handler,
          () -> {
            throw problem;
          });
      loop.call(handler, () -> {});
      assertThat(handler.failures).containsExactly(problem);
    } finally {
      loop.call(new RecordingEventHandler(), loop::release);
    }
  }

  @Test
  void timers_go_off_in_order_whatever_is_set_and_cancelled() {
    Random random = new Random(42);
    TimerHeap timers = new TimerHeap();
    List<Timer> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(new Timer(new RecordingEventHandler()));
    }
    long now = 0;
    for (int i = 0; i < 20_000; i++) {
      Timer timer = all.get(random.nextInt(all.size()));
      if (random.nextInt(10) == 0) {
        timers.cancel(timer);
      } else {
        timers.schedule(timer, now + random.nextInt(1_000));
      }
      now += random.nextInt(20);
      PriorityQueue<Long> expected = new PriorityQueue<>();
      for (Timer each : all) {
        if (each.deadlineNanos <= now) {
          expected.add(each.deadlineNanos);
        }
      }
      int due = 0;
      for (Timer next = timers.pollDue(now); next != null; next = timers.pollDue(now)) {
        due++;
      }
      assertThat(due).isEqualTo(expected.size());
    }
  }

  /** Returns a loop that no other test uses. */
  private static EventLoop own() {
    return EventLoop.start("partyline-loop", Selector::open);
  }

  private static Thread thread(EventLoop loop) {
    List<Thread> found = new ArrayList<>();
    loop.call(new RecordingEventHandler(), () -> found.add(Thread.currentThread()));
    assertThat(found.get(0).getName()).isEqualTo("partyline-loop");
    assertThat(found.get(0).isDaemon()).isTrue();
    return found.get(0);
  }
}
