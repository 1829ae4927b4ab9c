package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.partyline.loopback.Listener;
import java.util.stream.Stream;
import org.junit.internal.AssumptionViolatedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.engine.TestExecutionResult.Status;

/** A test that was aborted is not checked, and stays aborted. */
class AbortedTest {
  private static final String PINGS = "every connection\n  C: PING\n  S: PONG\n";

  private static void assertAborted(Class<?> test) {
    TestRun run = TestRun.of(test);
    assertThat(run.failures()).as(test.getSimpleName()).isEmpty();
    assertThat(run.statuses()).as(test.getSimpleName()).contains(Status.ABORTED);
  }

  @Test
  void an_assumption_of_junit_4_aborts_a_test_whose_script_has_failed() {
    assertAborted(AssumesInMethod.class);
    assertAborted(AssumesBeforeIt.class);
    assertAborted(AssumesAfterIt.class);
    assertAborted(AssumesInDynamicTest.class);
  }

  private static void breakAndAssume(Listener listener) {
    ask(listener, "POKE");
    throw new AssumptionViolatedException("no such server here");
  }

  static class AssumesInMethod {
    @ScriptedListener(PINGS)
    Listener listener;

    @Test
    void test() {
      breakAndAssume(listener);
    }
  }

  static class AssumesBeforeIt {
    @ScriptedListener(PINGS)
    Listener listener;

    @BeforeEach
    void assume() {
      breakAndAssume(listener);
    }

    @Test
    void test() {}
  }

  static class AssumesAfterIt {
    @ScriptedListener(PINGS)
    Listener listener;

    @Test
    void test() {
      assertThat(ask(listener, "PING")).isEqualTo("PONG");
    }

    @AfterEach
    void assume() {
      breakAndAssume(listener);
    }
  }

  static class AssumesInDynamicTest {
    @ScriptedListener(PINGS)
    Listener listener;

    @TestFactory
    Stream<DynamicTest> tests() {
      return Stream.of(DynamicTest.dynamicTest("assumes", () -> breakAndAssume(listener)));
    }
  }

  @Test
  void what_it_did_to_a_script_of_its_class_fails_nothing() {
    assertAborted(BreaksSharedScript.class);
    assertAborted(BreaksSharedScriptByJUnit4.class);
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class BreaksSharedScript {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    @Order(1)
    void aborts() {
      ask(shared, "POKE");
      abort();
    }

    @Test
    @Order(2)
    void passes() {
      assertThat(ask(shared, "PING")).isEqualTo("PONG");
    }
  }

  static class BreaksSharedScriptByJUnit4 {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    void aborts() {
      breakAndAssume(shared);
    }
  }

  @Test
  void a_test_that_breaks_a_script_of_its_class_after_it_fails() {
    TestRun run = TestRun.of(BreaksAfterAborted.class);
    assertThat(run.failed()).containsExactly("breaks()");
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class BreaksAfterAborted extends BreaksSharedScript {
    @Test
    @Order(3)
    void breaks() {
      ask(shared, "POKE");
    }
  }
}
