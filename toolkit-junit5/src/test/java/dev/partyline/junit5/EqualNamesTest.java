package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests and parameters that have the same name are told apart. */
class EqualNamesTest {
  private static final String PINGS = "every connection\n  C: PING\n  S: PONG\n";
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  @Test
  void a_test_is_not_blamed_for_the_connection_of_an_earlier_one_of_its_name() {
    TestRun repeated = TestRun.of(Repeated.class);
    assertThat(repeated.failed()).containsExactly("EqualNamesTest$Repeated");
    assertThat(repeated.failure()).hasMessageContaining("timed out");

    TestRun dynamic = TestRun.of(Dynamic.class);
    assertThat(dynamic.failed()).containsExactly("connects()");
    assertThat(dynamic.failure()).hasMessageContaining("timed out");
  }

  /** The first one connects, the second one sees the reset of a listener that timed out. */
  private static LineClient connectOrAwaitReset(LineClient earlier, Listener listener) {
    if (earlier == null) {
      return LineClient.of(listener);
    }
    assertThat(earlier.receiveLine()).startsWith("(");
    earlier.close();
    return earlier;
  }

  static class Repeated {
    @ScriptedListener(value = PINGS, deadline = "500ms")
    static Listener shared;

    private static LineClient client;

    @RepeatedTest(value = 2, name = "{displayName}")
    void connects() {
      client = connectOrAwaitReset(client, shared);
    }
  }

  static class Dynamic {
    @ScriptedListener(value = PINGS, deadline = "500ms")
    Listener listener;

    private LineClient client;

    @TestFactory
    Stream<DynamicTest> connects() {
      return Stream.of("same", "same")
          .map(
              name ->
                  DynamicTest.dynamicTest(
                      name, () -> client = connectOrAwaitReset(client, listener)));
    }
  }

  @Test
  void a_parameter_names_the_one_of_its_own_method_before_one_of_before_each() {
    TestRun.of(SameParameters.class).assertPassed(1);
  }

  static class SameParameters {
    @BeforeEach
    void warmUp(@ScriptedListener(PINGS) Listener server) {
      ask(server, "PING");
    }

    @Test
    void buys(
        @ScriptedListener("C: tea\nS: here you are") Listener server,
        @Tapped(to = "server") Tap tap,
        @ScriptedClient(to = "tap") Client client) {
      client.sendLine("tea");
      client.expectLine("here you are");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_leak_names_the_method_of_an_invocation_or_of_a_test_with_a_display_name() {
    assertThat(TestRun.ofLeaking(Leaving.class).failures())
        .extracting(failure -> failure.getMessage().lines().findFirst().orElseThrow())
        .containsExactlyInAnyOrder(
            "Leaving.leaves() repetition 1 of 1 left 1 socket open:",
            "Leaving.leavesToo() it stays left 1 socket open:");
  }

  @NoSocketLeaks
  static class Leaving {
    @RepeatedTest(1)
    void leaves() throws IOException {
      LEAKED.add(new ServerSocket(0));
    }

    @Test
    @DisplayName("it stays")
    void leavesToo() throws IOException {
      LEAKED.add(new ServerSocket(0));
    }
  }

  @Test
  void a_failure_names_the_invocation_of_a_parameterized_class() {
    assertThat(TestRun.of(Parameterized.class).failure())
        .hasMessageEndingWith("Parameterized.asks() in word 2");
  }

  @ParameterizedClass(name = "word {index}")
  @ValueSource(strings = {"PING", "POKE"})
  static class Parameterized {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Parameter String word;

    @Test
    void asks() {
      ask(shared, word);
    }
  }
}
