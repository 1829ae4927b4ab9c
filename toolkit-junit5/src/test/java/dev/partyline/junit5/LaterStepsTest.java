package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** What may still finish a script after the method of its test, so that it is judged later. */
class LaterStepsTest {
  @Test
  void an_extension_may_stand_on_a_field_or_parameter_or_be_behind_an_interface() {
    TestRun.of(OnField.class, OnParameter.class, ByInterface.class).assertPassed(3);
  }

  abstract static class FinishesLater {
    @ScriptedListener(value = "C: PING\nC: QUIT", deadline = "20s")
    Listener listener;

    private LineClient client;

    final void ping() {
      client = LineClient.of(listener);
      client.sendLine("PING");
    }
  }

  static class Finisher implements AfterEachCallback, ParameterResolver {
    @Override
    public void afterEach(ExtensionContext context) {
      LineClient client = ((FinishesLater) context.getRequiredTestInstance()).client;
      client.sendLine("QUIT");
      client.close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == String.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return "resolved";
    }
  }

  @ExtendWith(Finisher.class)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Finished {}

  static class OnField extends FinishesLater {
    @Finished String value;

    @Test
    void begins() {
      ping();
    }
  }

  static class OnParameter extends FinishesLater {
    @Test
    void begins(@Finished String value) {
      ping();
    }
  }

  static class ByInterface extends FinishesLater {
    @RegisterExtension final Extension finisher = new Finisher();

    @Test
    void begins() {
      ping();
    }
  }

  /** An extension sees what fails the method, not what fails the test later. */
  static class Seen implements TestExecutionExceptionHandler {
    private static boolean some;

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      some = true;
      throw failure;
    }
  }

  private static boolean isFailureOfMethod(Map<String, String> configuration, Class<?> test) {
    Seen.some = false;
    assertThat(TestRun.of(configuration, test).failure())
        .hasMessageContaining("no client connected for connection 2");
    return Seen.some;
  }

  @ExtendWith(Seen.class)
  static class Unfinished {
    @ScriptedListener("connection\n  C: PING\n  S: PONG\nconnection\n  C: QUIT")
    Listener listener;

    @Test
    void pings() {
      ask(listener, "PING");
    }
  }

  @Test
  void the_wait_for_a_script_is_no_part_of_the_time_that_a_parameter_of_junit_limits() {
    String timeout = "junit.jupiter.execution.timeout.";
    assertThat(isFailureOfMethod(Map.of(), Unfinished.class)).isTrue();
    assertThat(isFailureOfMethod(Map.of(timeout + "default", "1h"), Unfinished.class)).isFalse();
    assertThat(isFailureOfMethod(Map.of(timeout + "test.method.default", "1h"), Unfinished.class))
        .isFalse();
  }

  static class Around {
    @AfterEach
    void stop() {}

    static class Independent extends Unfinished {}
  }

  @Test
  void methods_of_a_class_around_a_static_one_do_not_count() {
    assertThat(isFailureOfMethod(Map.of(), Around.Independent.class)).isTrue();
  }
}
