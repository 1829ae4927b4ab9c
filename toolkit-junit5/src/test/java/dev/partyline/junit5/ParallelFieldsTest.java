package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A field that two tests or classes would share while both run is an error, not a surprise. */
class ParallelFieldsTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final int TIMEOUT_SECONDS = 60;

  static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

  private static CyclicBarrier bothBegin;
  private static CountDownLatch oneHasEnded;

  @BeforeEach
  void reset() {
    bothBegin = new CyclicBarrier(2);
    oneHasEnded = new CountDownLatch(1);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Lets two tests begin at the same time; it is registered before our extension. */
  static class Together implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      bothBegin.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void afterEach(ExtensionContext context) {
      oneHasEnded.countDown();
    }
  }

  @Test
  void two_tests_at_a_time_do_not_share_a_field_of_one_instance() {
    assertThat(TestRun.of(PARALLEL, PerClass.class).failure())
        .hasMessageMatching(
            "@ScriptedListener field \\[listener] is set for ParallelFieldsTest\\$PerClass\\.asks\\(\\)"
                + " repetition . of 2 at this time, whose test instance is the same: tests of a"
                + " PER_CLASS class must not run in parallel; put @Execution\\(SAME_THREAD\\) on"
                + " PerClass, or use a parameter of the test");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @TestInstance(Lifecycle.PER_CLASS)
  @ExtendWith(Together.class)
  static class PerClass {
    @ScriptedListener(PING)
    Listener listener;

    @RepeatedTest(2)
    void asks() throws InterruptedException {
      await(oneHasEnded);
      assertThat(ask(listener, "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void nor_a_field_of_the_instance_around_them() {
    assertThat(TestRun.of(PARALLEL, Around.class).failure())
        .hasMessageContaining("[client] is set for ParallelFieldsTest$Around$");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ExtendWith(Together.class)
  @TestInstance(Lifecycle.PER_CLASS)
  static class Around {
    @ScriptedListener("every connection\n  C: PING\n  S: PONG")
    static Listener listener;

    @ScriptedClient(to = "listener", value = PING)
    Client client;

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class One {
      @Test
      void waits() throws InterruptedException {
        await(oneHasEnded);
      }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Other {
      @Test
      void waits() throws InterruptedException {
        await(oneHasEnded);
      }
    }
  }

  /** The same for two classes. */
  static class ClassesTogether implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
      bothBegin.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void afterAll(ExtensionContext context) {
      oneHasEnded.countDown();
    }
  }

  @Test
  void two_classes_at_a_time_do_not_share_an_inherited_static_field() {
    TestRun run = TestRun.of(PARALLEL, OneHeir.class, OtherHeir.class);
    assertThat(run.failure())
        .hasMessageMatching(
            "@ScriptedListener field \\[shared] is set for ParallelFieldsTest\\$(One|Other)Heir at"
                + " this time: classes that inherit one static field must not run in parallel; put"
                + " @Execution\\(SAME_THREAD\\) on Ancestor, or give each class a field");
    assertThat(List.of("OneHeir", "OtherHeir"))
        .filteredOn(name -> run.failed().get(0).endsWith(name))
        .hasSize(1);
  }

  @ExtendWith(ClassesTogether.class)
  abstract static class Ancestor {
    @ScriptedListener(PING)
    static Listener shared;

    @Test
    void asksAfterTheOtherClassHasEnded() throws InterruptedException {
      await(oneHasEnded);
      assertThat(ask(shared, "PING")).isEqualTo("PONG");
    }
  }

  static class OneHeir extends Ancestor {}

  static class OtherHeir extends Ancestor {}
}
