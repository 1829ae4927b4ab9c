package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.script.Action;
import dev.partyline.wire.Bytes;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  @Test
  void it_ends_a_second_after_its_last_user_has_left() throws Exception {
    EventLoop loop = EventLoop.enter();
    Thread thread = thread(loop);
    EventLoop again = EventLoop.enter();
    assertThat(again).isSameAs(loop);
    loop.call(new RecordingEventHandler(), loop::leave);
    long left = System.nanoTime();
    loop.call(new RecordingEventHandler(), loop::leave);
    thread.join(10_000);
    // Other tests of this JVM may use the same loop meanwhile.
    if (!thread.isAlive()) {
      assertThat(System.nanoTime() - left).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    }
  }

  @Test
  void it_is_the_same_for_all_who_begin_and_enter() {
    // A loop of another test that is about to end, does not while somebody uses it.
    EventLoop held = EventLoop.enter();
    EventLoopHolder start = EventLoopHolder.begin(0, false);
    EventLoop loop = EventLoop.enter();
    try {
      assertThat(EventLoopHolder.begin(0, false)).isSameAs(start);
      assertThat(loop).isSameAs(start.await());
    } finally {
      held.call(new RecordingEventHandler(), held::leave);
      loop.call(new RecordingEventHandler(), loop::leave);
    }
  }

  @Test
  void the_second_is_another() {
    EventLoop first = EventLoop.enter();
    EventLoop second = EventLoop.enterSecond();
    try {
      List<Thread> found = new ArrayList<>();
      second.call(new RecordingEventHandler(), () -> found.add(Thread.currentThread()));
      assertThat(found.get(0).getName()).isEqualTo("partyline-loop-2");
      assertThat(second).isNotSameAs(first);
    } finally {
      second.call(new RecordingEventHandler(), second::leave);
      first.call(new RecordingEventHandler(), first::leave);
    }
  }

  @Test
  void it_ends_though_nobody_entered() throws Exception {
    Thread thread = thread(own());
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void what_is_asked_of_one_that_has_ended_is_done_by_whoever_asks() throws Exception {
    EventLoop loop = own();
    Thread thread = thread(loop);
    loop.hurry();
    thread.join(10_000);
    List<Thread> found = new ArrayList<>();
    loop.call(
        new RecordingEventHandler(),
        () -> {
          found.add(Thread.currentThread());
          loop.sweep();
        });
    assertThat(found).containsExactly(Thread.currentThread());
  }

  @Test
  void who_waits_for_one_that_dies_is_let_go() throws Exception {
    EventLoop loop = own();
    Thread thread = thread(loop);
    List<Throwable> told = new CopyOnWriteArrayList<>();
    thread.setUncaughtExceptionHandler((dead, why) -> told.add(why));
    List<Thread> found = new CopyOnWriteArrayList<>();
    Thread waiting =
        new Thread(
            () -> loop.call(new RecordingEventHandler(), () -> found.add(Thread.currentThread())));
    loop.execute(
        new RecordingEventHandler() {
          @Override
          public void failed(Throwable problem) {
            throw new OutOfMemoryError("as if");
          }
        },
        () -> {
          waiting.start();
          while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          throw new IllegalStateException("broken");
        });
    thread.join(10_000);
    waiting.join(5_000);
    assertThat(found).containsExactly(thread);
    assertThat(told).singleElement().asString().contains("as if");
  }

  @Test
  void an_interrupt_does_not_keep_anybody_out() {
    Thread.currentThread().interrupt();
    EventLoop loop = EventLoop.enter();
    assertThat(Thread.interrupted()).isTrue();
    loop.call(new RecordingEventHandler(), loop::leave);
  }

  @Test
  void one_that_cannot_come_up_tells_those_who_enter() {
    EventLoopHolder start =
        new EventLoopHolder(0, false) {
          @Override
          Selector open() throws IOException {
            throw new IOException("too many open files");
          }
        };
    start.begin();
    assertThatThrownBy(start::await)
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("cannot open a selector")
        .hasMessageContaining("too many open files");
  }

  @Test
  void what_goes_wrong_in_rehearsing_fails_the_first_target() {
    ExceptionInInitializerError problem = new ExceptionInInitializerError("broken");
    EventLoopHolder start =
        new EventLoopHolder(0, true) {
          @Override
          void rehearse() {
            throw problem;
          }
        };
    start.begin();
    EventLoop loop = start.await();
    RecordingEventHandler first = new RecordingEventHandler();
    RecordingEventHandler second = new RecordingEventHandler();
    loop.call(first, () -> {});
    loop.call(second, () -> {});
    assertThat(first.problems).containsExactly(problem);
    assertThat(second.problems).isEmpty();
  }

  @Test
  void a_rehearsal_comes_to_the_line_that_is_said() {
    assertThat(ClassPreloader.play()).isEqualTo(new Action.Say(Bytes.utf8("b\r\n")));
  }

  @Test
  void what_a_task_throws_fails_its_target_and_nothing_else() {
    EventLoop loop = EventLoop.enter();
    try {
      RecordingEventHandler nobody = new RecordingEventHandler();
      IllegalStateException problem = new IllegalStateException("broken");
      loop.execute(
          nobody,
          () -> {
            throw problem;
          });
      loop.call(nobody, () -> {});
      assertThat(nobody.problems).containsExactly(problem);
    } finally {
      loop.call(new RecordingEventHandler(), loop::leave);
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
        timers.set(timer, now + random.nextInt(1_000));
      }
      now += random.nextInt(20);
      PriorityQueue<Long> expected = new PriorityQueue<>();
      for (Timer each : all) {
        if (each.wanted <= now) {
          expected.add(each.wanted);
        }
      }
      int due = 0;
      for (Timer next = timers.due(now); next != null; next = timers.due(now)) {
        due++;
      }
      assertThat(due).isEqualTo(expected.size());
    }
  }

  /** Returns one that nobody else enters. */
  private static EventLoop own() {
    EventLoopHolder start = new EventLoopHolder(0, false);
    start.begin();
    return start.await();
  }

  private static Thread thread(EventLoop loop) {
    List<Thread> found = new ArrayList<>();
    loop.call(new RecordingEventHandler(), () -> found.add(Thread.currentThread()));
    assertThat(found.get(0).getName()).isEqualTo("partyline-loop");
    assertThat(found.get(0).isDaemon()).isTrue();
    return found.get(0);
  }
}
