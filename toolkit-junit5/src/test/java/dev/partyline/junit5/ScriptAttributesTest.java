package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where a script comes from. */
class ScriptAttributesTest {
  private static final String PING = "C: PING\nS: PONG";

  private static void ping(Listener... listeners) {
    for (Listener listener : listeners) {
      assertThat(ask(listener, "PING")).isEqualTo("PONG");
    }
  }

  @Test
  void itComesFromAResourceBesideTheClassOrFromTheRoot() {
    TestRun.of(Resources.class).assertPassed(1);
  }

  static class Resources {
    @ScriptedListener(resource = "ping.wire")
    Listener beside;

    @ScriptedListener(resource = "/dev/partyline/junit5/ping.wire")
    Listener fromRoot;

    @ScriptedListener("C: PING\nS@ answer.txt")
    Listener withFile;

    @Test
    void asks() {
      ping(beside, fromRoot, withFile);
    }
  }

  @Test
  void itComesFromAFieldOrAMethodOfTheTest() {
    TestRun.of(Members.class).assertPassed(2);
  }

  static class OfSuperclass {
    final Script inherited = Script.parse(PING);

    Script overridden() {
      throw new IllegalStateException("it is overridden");
    }
  }

  static class Members extends OfSuperclass {
    static final Script CONSTANT = Script.parse(PING);

    @ScriptedListener(script = "CONSTANT")
    static Listener shared;

    @ScriptedListener(script = "CONSTANT")
    Listener fromConstant;

    @ScriptedListener(script = "inherited")
    Listener fromField;

    @ScriptedListener(script = "overridden")
    Listener fromMethod;

    @Override
    Script overridden() {
      return Script.parse("C: PING\nS: ${word}").with("word", "PONG");
    }

    @Test
    void asks(@ScriptedListener(script = "overridden") Listener parameter) {
      ping(fromConstant, fromField, fromMethod, parameter);
    }

    @Nested
    class Inside {
      @ScriptedListener(script = "overridden")
      Listener inner;

      @Test
      void asks(@ScriptedListener(script = "inherited") Listener parameter) {
        ping(fromConstant, fromField, fromMethod, inner, parameter, shared);
      }
    }
  }

  @Test
  void aMethodOfASuperclassAsksInTheNameOfTheTest() {
    TestRun.of(Concrete.class).assertPassed(1);
  }

  abstract static class Contract {
    @ScriptedListener(script = "script")
    Listener field;

    abstract Script script();

    @BeforeEach
    void before(@ScriptedListener(script = "script") Listener parameter) {
      ping(parameter);
    }

    @Test
    void asks() {
      ping(field);
    }
  }

  static class Concrete extends Contract {
    @Override
    Script script() {
      return Script.parse(PING);
    }
  }

  @Test
  void anAnnotationMayStandForOurs() {
    TestRun.of(Composed.class).assertPassed(1);
    assertThat(TestRun.of(ComposedUnused.class).failure())
        .hasMessageContaining("@ScriptedListener field [listener] was not finished");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @ScriptedListener(PING)
  @interface Pong {}

  static class Composed {
    @Pong static Listener shared;
    @Pong Listener field;

    @Test
    void asks(@Pong Listener parameter) {
      ping(shared, field, parameter);
    }
  }

  static class ComposedUnused {
    @Pong Listener listener;

    @Test
    void doesNotConnect() {}
  }
}
