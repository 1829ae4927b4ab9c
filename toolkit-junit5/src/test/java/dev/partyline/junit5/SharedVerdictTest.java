package dev.partyline.junit5;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * On whom the verdict of a listener or tap falls that several tests use: on the right one, once.
 */
class SharedVerdictTest {
  private static final String PINGS = "every connection\n  C: PING\n  S: PONG\n";

  private static CountDownLatch bothRun;
  private static CountDownLatch violated;
  private static CountDownLatch checked;

  @BeforeEach
  void reset() {
    bothRun = new CountDownLatch(1);
    violated = new CountDownLatch(1);
    checked = new CountDownLatch(1);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Tells when a test has been checked: it is registered before our extension. */
  static class Checked implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      checked.countDown();
    }
  }

  @Test
  void which_of_two_concurrent_tests_it_was_is_not_known_so_the_class_fails() {
    TestRun run = TestRun.of(ParallelFieldsTest.PARALLEL, Concurrent.class);
    assertThat(run.failed()).containsExactly("SharedVerdictTest$Concurrent");
    assertThat(run.failure())
        .hasMessageContaining("the script of @ScriptedListener field [shared] failed:")
        .hasMessageMatching(
            "(?s).*\n  tests     SharedVerdictTest\\$Concurrent\\.\\w+\\(\\),"
                + " SharedVerdictTest\\$Concurrent\\.\\w+\\(\\): one of them, which ran at that time;"
                + " which one is not known.*");
  }

  @ExtendWith(Checked.class)
  static class Concurrent {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    void sendsWrongBytes() throws InterruptedException {
      await(bothRun);
      ask(shared, "POKE");
      violated.countDown();
      await(checked);
    }

    @Test
    void isInnocentAndEndsFirst() throws InterruptedException {
      bothRun.countDown();
      await(violated);
    }
  }

  @Test
  void a_failing_test_that_may_have_been_it_has_the_verdict_with_all_candidates() {
    TestRun run = TestRun.of(ParallelFieldsTest.PARALLEL, FailsConcurrently.class);
    assertThat(run.failed()).containsExactly("sendsWrongBytesAndFails()");
    assertThat(run.failure())
        .hasMessageStartingWith("IllegalStateException: mine (the script of @ScriptedListener")
        .hasMessageContainingAll(
            "FailsConcurrently.sendsWrongBytesAndFails()",
            "FailsConcurrently.isInnocentAndEndsFirst()",
            ": one of them, which ran at that time");
  }

  @ExtendWith(Checked.class)
  static class FailsConcurrently {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    void sendsWrongBytesAndFails() throws InterruptedException {
      await(bothRun);
      ask(shared, "POKE");
      violated.countDown();
      await(checked);
      throw new IllegalStateException("mine");
    }

    @Test
    void isInnocentAndEndsFirst() throws InterruptedException {
      bothRun.countDown();
      await(violated);
    }
  }

  @Test
  void a_test_that_runs_alone_has_the_verdict() {
    TestRun run = TestRun.of(OneAfterTheOther.class);
    assertThat(run.failed()).containsExactly("sendsWrongBytes()");
    assertThat(run.failure())
        .hasMessageEndingWith("\n  test      SharedVerdictTest$OneAfterTheOther.sendsWrongBytes()");
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class OneAfterTheOther {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    @Order(1)
    void sendsWrongBytes() {
      ask(shared, "POKE");
    }

    @Test
    @Order(2)
    void isInnocent() {}
  }

  @Test
  void what_a_before_all_method_did_is_no_failure_of_the_first_test() {
    assertThat(TestRun.of(BeforeTests.class).failed())
        .containsExactly("SharedVerdictTest$BeforeTests");
  }

  static class BeforeTests {
    @ScriptedListener(PINGS)
    static Listener shared;

    @BeforeAll
    static void sendsWrongBytes() {
      ask(shared, "POKE");
    }

    @Test
    void isInnocent() {}
  }

  @Test
  void who_has_left_a_connection_open_that_timed_out_later_is_not_known() {
    TestRun run = TestRun.of(LeftOpen.class);
    assertThat(run.failed()).containsExactly("SharedVerdictTest$LeftOpen");
    assertThat(run.failure())
        .hasMessageContainingAll(
            "timed out", "LeftOpen.connects(), ", "LeftOpen.isInnocent(): one");
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class LeftOpen {
    @ScriptedListener(value = PINGS, deadline = "200ms")
    static Listener shared;

    static LineClient client;

    @Test
    @Order(1)
    void connects() {
      client = LineClient.of(shared);
    }

    @Test
    @Order(2)
    void isInnocent() {
      // The reset of a listener whose script timed out.
      assertThat(client.receiveLine()).startsWith("(");
      client.close();
    }
  }

  @Test
  void a_client_of_the_test_that_is_closed_in_the_middle_is_its_fault() {
    assertThat(TestRun.of(ClosedLast.class).failed()).containsExactly("connects(Client)");
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class ClosedLast {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    @Order(1)
    void connects(@ScriptedClient(to = "shared") Client client) {
      assertThat(client.recording().connections()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void isInnocent() {}
  }

  @Test
  void a_test_that_fails_before_it_has_used_them_fails_its_class_no_more() {
    assertThat(TestRun.of(FailsFirst.class).failed()).containsExactly("fails()");
    assertThat(TestRun.of(FailsInTheMiddle.class).failed()).containsExactly("fails()");
    assertThat(TestRun.of(FailsInConstructor.class).failed()).containsExactly("isNeverReached()");
    assertThat(TestRun.of(FailsInNested.class).failed()).containsExactly("fails()");
    assertThat(TestRun.of(Aborts.class).failed()).isEmpty();
  }

  static class FailsFirst {
    @ScriptedListener("C: PING\nS: PONG")
    static Listener listener;

    @Tapped(to = "listener", weather = "delay 1ms must fire")
    static Tap tap;

    @Test
    void fails() {
      throw new IllegalStateException("mine");
    }

    @Test
    void passes() {}
  }

  static class FailsInTheMiddle {
    @ScriptedListener("C: PING\nS: PONG\nC: QUIT")
    static Listener listener;

    @Test
    void fails() {
      ask(listener, "PING");
      throw new IllegalStateException("mine");
    }
  }

  static class FailsInConstructor {
    @ScriptedListener("C: PING\nS: PONG")
    static Listener listener;

    FailsInConstructor() {
      throw new IllegalStateException("mine");
    }

    @Test
    void isNeverReached() {}
  }

  static class FailsInNested {
    @ScriptedListener("C: PING\nS: PONG")
    static Listener listener;

    @Nested
    class Inner {
      @Test
      void fails() {
        throw new IllegalStateException("mine");
      }
    }
  }

  static class Aborts {
    @ScriptedListener("C: PING\nS: PONG")
    static Listener listener;

    @Test
    void aborts() {
      abort();
    }

    @Test
    void passes() {}
  }

  @Test
  void a_class_without_such_a_failure_is_checked() {
    assertThat(TestRun.of(Unused.class).failed()).containsExactly("SharedVerdictTest$Unused");
  }

  static class Unused {
    @ScriptedListener("C: PING\nS: PONG")
    static Listener listener;

    @Test
    void passes() {}
  }

  @Test
  void the_dynamic_test_that_made_a_script_fail_has_the_verdict() {
    assertThat(TestRun.of(Factory.class).failed()).containsExactly("sends wrong bytes", "fails");
  }

  static class Factory {
    @ScriptedListener(PINGS)
    Listener listener;

    @TestFactory
    Stream<DynamicTest> several() {
      return Stream.of(
          DynamicTest.dynamicTest("passes", () -> ask(listener, "PING")),
          DynamicTest.dynamicTest("sends wrong bytes", () -> ask(listener, "POKE")),
          DynamicTest.dynamicTest(
              "fails",
              () -> {
                throw new IllegalStateException("mine");
              }));
    }
  }

  @Test
  void a_script_that_is_finished_late_is_none_that_failed() {
    TestRun.of(Finished.class).assertPassed(2);
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Finished {
    @ScriptedListener("C: PING\nS: PONG\nC: QUIT")
    static Listener shared;

    static LineClient client;

    @Test
    @Order(1)
    void begins() {
      client = LineClient.of(shared);
      client.sendLine("PING");
      assertThat(client.receiveLine()).isEqualTo("PONG");
    }

    @Test
    @Order(2)
    void goesOn() {
      client.sendLine("QUIT");
      assertThat(shared).within(Duration.ofSeconds(5)).finishedScript();
      client.close();
    }
  }
}
