package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An annotation where it has no effect is an error, and so is a name that means nothing there. */
class PlacementTest {
  private static final String PING = "C: PING\nS: PONG";
  private static final String PINGS = "every connection\n  C: PING\n  S: PONG";

  private static void assertRejected(Class<?> test, String... words) {
    assertThat(TestRun.of(test).failure()).hasMessageContainingAll(words);
  }

  @Test
  void weather_is_for_tests_not_for_the_methods_around_them() {
    assertRejected(
        WeatherBefore.class,
        "@InWeather method [begin] is on no test: put it on the test, whose @BeforeEach and");
    assertRejected(InheritedWeatherAfter.class, "@InWeather method [end] is on no test");
    assertRejected(WeatherOnHelper.class, "@InWeather method [helper] is on no test");
  }

  static class WeatherBefore {
    @ScriptedListener(PING)
    Listener listener;

    @BeforeEach
    @InWeather("delay 1ms")
    void begin() {}

    @Test
    void test() {}
  }

  interface WeatherAfter {
    @AfterEach
    @InWeather("delay 1ms")
    default void end() {}
  }

  static class InheritedWeatherAfter implements WeatherAfter {
    @ScriptedListener(PING)
    Listener listener;

    @Test
    void test() {}
  }

  static class WeatherOnHelper {
    @Test
    void test(@FreePort int port) {}

    @InWeather("delay 1ms")
    void helper() {}
  }

  @Test
  void weather_beside_no_endpoint_is_an_error() {
    assertRejected(
        WeatherOfNothing.class,
        "@InWeather parameter [text] must stand beside @Tapped or @ScriptedListener or"
            + " @ScriptedClient");
    assertRejected(WeatherOfPort.class, "@InWeather field [port] must stand beside @Tapped");
  }

  static class WeatherOfNothing {
    @Test
    void test(@InWeather("delay 1ms") String text) {}
  }

  static class WeatherOfPort {
    @InWeather("delay 1ms")
    @FreePort
    int port;

    @Test
    void test() {}
  }

  @Test
  void a_field_or_parameter_is_one_thing() {
    assertRejected(
        TwoOnParameter.class,
        "@ScriptedListener parameter [x] must not have @Tapped too: it can be one thing only");
    assertRejected(TwoOnField.class, "@FreePort field [x] must not have @FreePorts too");
    assertRejected(TwoOnInherited.class, "@FreePort field [x] must not have @FreePorts too");
    assertRejected(TwoByComposition.class, "@ScriptedListener parameter [x] must not have @Tapped");
  }

  static class TwoOnParameter {
    @Test
    void test(@ScriptedListener(PING) @Tapped(to = "127.0.0.1:1") Listener x) {}
  }

  static class TwoOnField {
    @FreePort
    @FreePorts(2)
    int x;

    @Test
    void test() {}
  }

  static class TwoOnInherited extends TwoOnField {}

  @ScriptedListener(PING)
  @Retention(RetentionPolicy.RUNTIME)
  @interface PingServer {}

  static class TwoByComposition {
    @BeforeEach
    void begin(@PingServer @Tapped(to = "127.0.0.1:1") Listener x) {}

    @Test
    void test() {}
  }

  @Test
  void a_server_that_starts_later_is_not_there_for_a_field() {
    assertRejected(
        PortOfLaterServer.class,
        "@Tapped field [tap] has to = \"port\", but it is 0 at this time: annotated fields are set"
            + " before @BeforeEach methods run, and parameters of the test after them; so use a"
            + " parameter, or give the server a port with @FreePort");
    assertRejected(
        AddressOfLaterServer.class,
        "has to = \"address\", but it is 0.0.0.0/0.0.0.0:0 at this time");
    assertRejected(LaterServer.class, "has to = \"server\", but it is null at this time");
  }

  static class PortOfLaterServer {
    @Tapped(to = "port")
    Tap tap;

    int port;

    @BeforeEach
    void start() throws Exception {
      try (ServerSocket server = new ServerSocket(0)) {
        port = server.getLocalPort();
      }
    }

    @Test
    void test() {}
  }

  static class AddressOfLaterServer {
    @Tapped(to = "address")
    Tap tap;

    InetSocketAddress address = new InetSocketAddress(0);

    @Test
    void test() {}
  }

  static class LaterServer {
    @Tapped(to = "server")
    Tap tap;

    Listener server;

    @BeforeEach
    void start(@ScriptedListener(PING) Listener listener) {
      server = listener;
    }

    @Test
    void test() {}
  }

  @Test
  void a_parameter_refers_to_one_before_it() {
    assertRejected(
        ToLater.class,
        "@Tapped parameter [tap] has to = \"server\", but ToLater has no field and no method without"
            + " parameters of that name; it is a later parameter, which is not there yet: put it"
            + " before this one");
    assertRejected(ToSelf.class, "of that name; it is this parameter itself");
    assertRejected(
        ToForeign.class, "the parameter of that name has no listener, tap or port of ours");
  }

  static class ToLater {
    @Test
    void test(@Tapped(to = "server") Tap tap, @ScriptedListener(PING) Listener server) {}
  }

  static class ToSelf {
    @Test
    void test(@Tapped(to = "tap") Tap tap) {}
  }

  static class ToForeign {
    @Test
    void test(@TempDir Path directory, @Tapped(to = "directory") Tap tap) {}
  }

  @Test
  void it_refers_to_parameters_of_the_class_too() {
    TestRun.of(ToClassParameters.class).assertPassed(1);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class ToClassParameters {
    ToClassParameters(@ScriptedListener(PINGS) Listener ofConstructor) {}

    @BeforeAll
    void begin(@ScriptedListener(PINGS) Listener ofMethod) {}

    @Test
    void test(
        @Tapped(to = "ofConstructor") Tap one, @ScriptedClient(to = "ofMethod") Client other) {
      assertThat(LineClient.ask(one, "PING")).isEqualTo("PONG");
      other.sendLine("PING");
      other.expectLine("PONG");
    }
  }

  @Test
  void a_field_refers_to_no_parameter() {
    assertRejected(
        FieldToParameter.class,
        "@ScriptedClient field [client] has to = \"server\", which is a parameter: only a parameter"
            + " can refer to it, so make that a field, or this a parameter");
  }

  static class FieldToParameter {
    @ScriptedClient(to = "server")
    Client client;

    @BeforeEach
    void begin(@ScriptedListener("every connection\n  C: ...") Listener server) {
      server.drainInput();
    }

    @Test
    void test() {}
  }

  @Test
  void a_misspelt_fault_is_named_even_if_there_is_no_tap() {
    assertRejected(
        Misspelt.class,
        "@InWeather method [test] has value = \"dealy 1ms\", but fault (dealy 1ms): ");
    assertRejected(MisspeltOnClass.class, "@InWeather class [MisspeltOnClass] has value = \"dealy");
  }

  static class Misspelt {
    @Test
    @InWeather("dealy 1ms")
    void test() {}
  }

  @InWeather("dealy 1ms")
  static class MisspeltOnClass {
    @Test
    void test() {}
  }

  @Test
  void a_record_is_a_test_class_whose_components_are_parameters() {
    TestRun.of(Components.class).assertPassed(1);
  }

  record Components(
      @ScriptedListener(PING) Listener server,
      @Tapped(to = "server") @InWeather("delay 1ms must fire") Tap tap,
      @FreePort int port) {
    @ScriptedListener(PINGS)
    static Listener shared;

    @Test
    void asks(@ScriptedListener(PING) Listener another) {
      assertThat(LineClient.ask(tap, "PING")).isEqualTo("PONG");
      assertThat(ask(another, "PING")).isEqualTo("PONG");
      assertThat(ask(shared, "PING")).isEqualTo("PONG");
      assertThat(server.recording().connections()).isEqualTo(1);
      assertThat(port).isPositive();
    }
  }

  @Test
  void a_nested_class_is_checked_too() {
    assertRejected(Around.class, "@InWeather method [begin] is on no test");
  }

  static class Around {
    @ScriptedListener("every connection\n  C: ...")
    Listener listener;

    @Nested
    class Inner {
      @BeforeEach
      @InWeather("delay 1ms")
      void begin() {}

      @Test
      void test() {}
    }
  }
}
