package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** Every misuse has an error that names the element and the rule. */
class MisuseTest {
  private static final String PING = "C: PING\nS: PONG";

  private static void assertRejected(Class<?> test, String message) {
    assertThat(TestRun.of(test).failure())
        .isInstanceOfAny(ExtensionConfigurationException.class, ParameterResolutionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aListenerFieldIsOfTypeListener() {
    assertRejected(
        WrongType.class, "@ScriptedListener field [x] must be of type Listener, but is int");
  }

  static class WrongType {
    @ScriptedListener(PING)
    int x;

    @Test
    void test() {}
  }

  @Test
  void aClientParameterIsOfTypeClient() {
    assertRejected(
        WrongParameter.class,
        "@ScriptedClient parameter [x] must be of type Client, but is java.lang.String");
  }

  static class WrongParameter {
    @Test
    void test(@ScriptedClient(to = "127.0.0.1:1") String x) {}
  }

  @Test
  void aFieldIsNotFinal() {
    assertRejected(Final.class, "@ScriptedListener field [x] must not be final");
  }

  static class Final {
    @ScriptedListener(PING)
    final Listener x = null;

    @Test
    void test() {}
  }

  @Test
  void aFieldHasNoValueOfItsOwn() {
    assertRejected(Initialized.class, "@ScriptedClient field [x] is already set (to ");
  }

  static class Initialized {
    @ScriptedListener(PING)
    Listener listener;

    @ScriptedClient(to = "listener")
    Client x;

    @AutoClose Client own;

    Initialized() {
      try (Listener any = Listener.silent().start()) {
        own = Client.to(any.address()).start();
        x = own;
      }
    }

    @Test
    void test() {}
  }

  @Test
  void aStaticFieldFailsTheClass() {
    TestRun run = TestRun.of(StaticFinal.class);
    assertThat(run.failed()).containsExactly("MisuseTest$StaticFinal");
  }

  static class StaticFinal {
    @ScriptedListener(PING)
    static final Listener X = null;

    @Test
    void test() {}
  }

  @Test
  void aListenerHasAScript() {
    assertRejected(
        NoScript.class, "@ScriptedListener field [x] must have one of value, resource and script");
  }

  static class NoScript {
    @ScriptedListener Listener x;

    @Test
    void test() {}
  }

  @Test
  void thereIsOneScriptOnly() {
    assertRejected(
        TwoScripts.class,
        "@ScriptedListener field [x] must have one of value, resource and script, but has value and"
            + " resource");
  }

  static class TwoScripts {
    @ScriptedListener(value = PING, resource = "ping.wire")
    Listener x;

    @Test
    void test() {}
  }

  @Test
  void theScriptIsRight() {
    assertRejected(BadScript.class, "@ScriptedListener field [x]: script in BadScript:1:1: ");
  }

  static class BadScript {
    @ScriptedListener("X: PING")
    Listener x;

    @Test
    void test() {}
  }

  @Test
  void theListenerCanPlayIt() {
    assertRejected(Unplayable.class, "@ScriptedListener field [x]: script in Unplayable:1:4: ");
  }

  static class Unplayable {
    @ScriptedListener("S: ${unknown}")
    Listener x;

    @Test
    void test() {}
  }

  @Test
  void theResourceIsThere() {
    assertRejected(
        NoResource.class, "@ScriptedListener field [x]: script (none.wire) must be a class-path");
  }

  static class NoResource {
    @ScriptedListener(resource = "none.wire")
    Listener x;

    @Test
    void test() {}
  }

  @Test
  void theNamedMemberIsThere() {
    assertRejected(
        NoMember.class,
        "@ScriptedListener field [x] has script = \"none\", but NoMember has no field and no method"
            + " without parameters of that name");
  }

  static class NoMember {
    @ScriptedListener(script = "none")
    Listener x;

    @Test
    void test() {}

    Script none(String parameter) {
      return Script.parse(parameter);
    }
  }

  @Test
  void theNamedMemberGivesAScript() {
    assertRejected(
        WrongMember.class,
        "has script = \"text\", but it must give a Script, and gives java.lang.String");
  }

  static class WrongMember {
    String text = PING;

    @ScriptedListener(script = "text")
    Listener x;

    @Test
    void test() {}
  }

  @Test
  void theNamedMemberOfAStaticFieldIsStatic() {
    assertRejected(
        InstanceMember.class,
        "has script = \"text\", but there is no test instance yet: it must be static");
  }

  static class InstanceMember {
    Script text = Script.parse(PING);

    @ScriptedListener(script = "text")
    static Listener x;

    @Test
    void test() {}
  }

  @Test
  void theServerOfAClientIsThere() {
    assertRejected(
        NoServer.class, "@ScriptedClient field [x] has to = \"y\", but it is null at this time");
  }

  static class NoServer {
    Listener y;

    @ScriptedClient(to = "y")
    Client x;

    @Test
    void test() {}
  }

  @Test
  void theServerOfAClientIsSomethingToConnectTo() {
    assertRejected(
        WrongServer.class,
        "has to = \"y\", but it must give a Listener, a Tap, a SocketAddress, a port, a PortLease, a"
            + " Path, a MockWebServer or a container, and gives java.lang.String");
  }

  static class WrongServer {
    String y = "127.0.0.1";

    @ScriptedClient(to = "y")
    Client x;

    @Test
    void test() {}
  }

  @Test
  void thePortIsAPort() {
    assertRejected(
        WrongPort.class, "@ScriptedListener field [x]: port (70000) must be in 0..65535");
    assertRejected(WrongClientPort.class, "@ScriptedClient field [x]: port out of range:70000");
  }

  static class WrongPort {
    @ScriptedListener(value = PING, port = 70_000)
    Listener x;

    @Test
    void test() {}
  }

  static class WrongClientPort {
    @ScriptedClient(to = "127.0.0.1:70000")
    Client x;

    @Test
    void test() {}
  }

  @Test
  void thePortIsFree() throws Exception {
    try (ServerSocket server = new ServerSocket(PORT, 1, InetAddress.getByName("127.0.0.1"))) {
      assertRejected(PortInUse.class, "@ScriptedListener field [x]: ");
      assertThat(TestRun.of(PortInUse.class).failure()).hasMessageContaining("19811");
      assertThat(server.isBound()).isTrue();
    }
  }

  /** Below the ports that leases use. */
  private static final int PORT = 19_811;

  static class PortInUse {
    @ScriptedListener(value = PING, port = PORT)
    Listener x;

    @Test
    void test() {}
  }

  @Test
  void theDeadlineIsATime() {
    assertRejected(
        WrongDeadline.class,
        "@ScriptedListener field [x] has deadline = \"5\", which must be a time above 0 with its"
            + " unit (ns, us, ms, s, m), such as 500ms");
    assertRejected(
        EndlessDeadline.class,
        "@ScriptedListener field [x] has deadline = \"9999999999m\", which must be a time above 0");
  }

  static class EndlessDeadline {
    @ScriptedListener(value = PING, deadline = "9999999999m")
    Listener x;

    @Test
    void test() {}
  }

  static class WrongDeadline {
    @ScriptedListener(value = PING, deadline = "5")
    Listener x;

    @Test
    void test() {}
  }

  @Test
  void aSecretIsARegularExpression() {
    assertRejected(WrongSecret.class, "@ScriptedListener field [x]: Unclosed group");
    assertThat(TestRun.of(WrongSecret.class).failure())
        .hasCauseInstanceOf(PatternSyntaxException.class);
  }

  static class WrongSecret {
    @ScriptedListener(value = PING, redact = "(")
    Listener x;

    @Test
    void test() {}
  }
}
