package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a listener lives, and on which elements the annotation may be. */
class ListenerScopeTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final String PINGS = "every connection\n  repeat\n    C: PING\n    S: PONG\n";

  /** All listeners that tests below were given. */
  private static final Set<Listener> LISTENERS = ConcurrentHashMap.newKeySet();

  private static String ping(Listener listener) {
    LISTENERS.add(listener);
    return ask(listener, "PING");
  }

  @BeforeEach
  void forget() {
    LISTENERS.clear();
  }

  @AfterEach
  void allAreClosed() {
    assertThat(LISTENERS)
        .isNotEmpty()
        .allMatch(listener -> listener.toString().endsWith(", closed}"));
  }

  @Test
  void anInstanceFieldHasAListenerForEachTest() {
    TestRun.of(InInstanceField.class).assertPassed(2);
    assertThat(LISTENERS).hasSize(2);
  }

  static class InInstanceField {
    @ScriptedListener(PING)
    private Listener listener;

    @BeforeEach
    void isThereAlready() {
      assertThat(listener.port()).isPositive();
    }

    @AfterEach
    void isThereStill() {
      assertThat(listener.toString()).doesNotContain("closed");
    }

    @Test
    void one() {
      assertThat(ping(listener)).isEqualTo("PONG");
    }

    @Test
    void another() {
      assertThat(ping(listener)).isEqualTo("PONG");
    }
  }

  @Test
  void aStaticFieldHasOneListenerForTheClass() {
    TestRun.of(InStaticField.class).assertPassed(3);
    assertThat(LISTENERS).hasSize(1);
    assertThat(InStaticField.listener).isNull();
  }

  static class InStaticField {
    @ScriptedListener(PINGS)
    private static Listener listener;

    @BeforeAll
    static void isThereAlready() {
      ping(listener);
    }

    @AfterAll
    static void isThereStill() {
      ping(listener);
    }

    @Test
    void one() {
      ping(listener);
    }

    @Test
    void another() {
      ping(listener);
    }

    @Nested
    class Inside {
      @Test
      void aThird() {
        ping(listener);
      }
    }
  }

  @Test
  void aParameterOfATestHasAListenerForTheTest() {
    TestRun.of(InParameter.class).assertPassed(1);
    assertThat(LISTENERS).hasSize(2);
  }

  static class InParameter {
    @Test
    void asks(@ScriptedListener(PING) Listener one, @ScriptedListener(PING) Listener another) {
      ping(one);
      ping(another);
    }
  }

  @Test
  void aParameterOfABeforeEachMethodOrAConstructorHasAListenerForTheTest() {
    TestRun.of(InOtherParameters.class).assertPassed(2);
    assertThat(LISTENERS).hasSize(4);
  }

  static class InOtherParameters {
    private final Listener ofConstructor;

    InOtherParameters(@ScriptedListener(PING) Listener listener) {
      ofConstructor = listener;
    }

    @BeforeEach
    void before(@ScriptedListener(PING) Listener listener) {
      ping(listener);
    }

    @Test
    void one() {
      ping(ofConstructor);
    }

    @Test
    void another() {
      ping(ofConstructor);
    }
  }

  @Test
  void aParameterOfABeforeAllMethodOrAConstructorPerClassHasAListenerForTheClass() {
    TestRun.of(InClassParameters.class).assertPassed(2);
    assertThat(LISTENERS).hasSize(2);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class InClassParameters {
    private final Listener ofConstructor;
    private Listener ofMethod;

    InClassParameters(@ScriptedListener(PINGS) Listener listener) {
      ofConstructor = listener;
    }

    @BeforeAll
    void before(@ScriptedListener(PINGS) Listener listener) {
      ofMethod = listener;
    }

    @Test
    void one() {
      assertThat(List.of(ping(ofConstructor), ping(ofMethod))).containsOnly("PONG");
    }

    @Test
    void another() {
      assertThat(List.of(ping(ofConstructor), ping(ofMethod))).containsOnly("PONG");
    }
  }

  @Test
  void aNestedTestUsesTheFieldsOfTheClassesAroundIt() {
    TestRun.of(Around.class).assertPassed(1);
    assertThat(LISTENERS).hasSize(3);
  }

  static class Around {
    @ScriptedListener(PING)
    Listener outer;

    @Nested
    class Inside {
      @ScriptedListener(PING)
      static Listener shared;

      @ScriptedListener(PING)
      Listener inner;

      @Test
      void asks() {
        ping(outer);
        ping(inner);
        ping(shared);
      }
    }
  }

  @Test
  void anInstancePerClassHasANewListenerForEachTest() {
    TestRun.of(PerClass.class).assertPassed(2);
    assertThat(LISTENERS).hasSize(2);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClass {
    @ScriptedListener(PING)
    Listener listener;

    @BeforeAll
    void isNotThereYet() {
      assertThat(listener).isNull();
    }

    @Test
    void one() {
      ping(listener);
    }

    @Test
    void another() {
      ping(listener);
    }
  }

  @Test
  void everyInvocationOfATemplateHasItsListeners() {
    TestRun.of(Templates.class).assertPassed(5);
    assertThat(LISTENERS).hasSize(8);
  }

  static class Templates {
    @ScriptedListener(PING)
    Listener field;

    @RepeatedTest(2)
    void again() {
      ping(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void with(String value, @ScriptedListener(PING) Listener parameter) {
      ping(field);
      ping(parameter);
    }
  }

  @Test
  void aParameterizedClassHasItsListeners() {
    TestRun.of(Parameterized.class).assertPassed(4);
    assertThat(LISTENERS).hasSize(5);
  }

  @ParameterizedClass
  @ValueSource(strings = {"a", "b"})
  static class Parameterized {
    @ScriptedListener(PINGS)
    static Listener shared;

    @ScriptedListener(PING)
    Listener field;

    @Parameter String value;

    @RepeatedTest(2)
    void asks() {
      ping(field);
      ping(shared);
    }
  }

  @Test
  void theDynamicTestsOfAFactoryShareItsListeners() {
    TestRun.of(Factory.class).assertPassed(2);
    assertThat(LISTENERS).hasSize(2);
  }

  static class Factory {
    @ScriptedListener(PINGS)
    Listener field;

    @TestFactory
    Stream<DynamicTest> several(@ScriptedListener(PINGS) Listener parameter) {
      return Stream.of("a", "b")
          .map(
              name ->
                  DynamicTest.dynamicTest(
                      name,
                      () -> {
                        ping(field);
                        ping(parameter);
                      }));
    }
  }

  @Test
  void inheritedFieldsAreServedToo() {
    TestRun.of(Inheriting.class, InheritingToo.class).assertPassed(2);
    assertThat(LISTENERS).hasSize(4);
  }

  abstract static class Inherited {
    @ScriptedListener(PING)
    static Listener shared;

    @ScriptedListener(PING)
    private Listener hidden;

    @Test
    void asks() {
      ping(hidden);
      ping(shared);
    }
  }

  static class Inheriting extends Inherited {}

  static class InheritingToo extends Inherited {}

  @Test
  void aStaticFieldThatANestedClassInheritsTooIsServedOnce() {
    TestRun.of(InheritingTwice.class).assertPassed(2);
    assertThat(LISTENERS).hasSize(1);
  }

  static class Sharing {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    void asks() {
      ping(shared);
    }
  }

  static class InheritingTwice extends Sharing {
    @Nested
    class Inside extends Sharing {}
  }

  @Test
  void testsMayRunAtTheSameTime() {
    TestRun.of(
            Map.of(
                "junit.jupiter.execution.parallel.enabled", "true",
                "junit.jupiter.execution.parallel.mode.default", "concurrent",
                "junit.jupiter.execution.parallel.config.strategy", "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
            Parallel.class)
        .assertPassed(60);
    assertThat(LISTENERS).hasSize(121);
  }

  static class Parallel {
    @ScriptedListener(PINGS)
    static Listener shared;

    @ScriptedListener(PING)
    Listener field;

    @RepeatedTest(60)
    void asks(@ScriptedListener(PING) Listener parameter) {
      assertThat(List.of(ping(field), ping(parameter), ping(shared))).containsOnly("PONG");
    }
  }
}
