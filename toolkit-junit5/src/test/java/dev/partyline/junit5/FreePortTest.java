package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a port is leased, and on which elements the annotation may be. */
@EnabledOnOs(OS.LINUX)
class FreePortTest {
  /** All ports that tests below have used, once for each use. */
  private static final List<Integer> USED_PORTS = new CopyOnWriteArrayList<>();

  /** Runs a server on a leased port twice, and records the port. */
  private static void serve(int port) {
    USED_PORTS.add(port);
    for (int i = 0; i < 2; i++) {
      try (ServerSocket server = new ServerSocket(port)) {
        assertThat(server.getLocalPort()).isEqualTo(port);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(Ports.whoHas(port)).contains("is leased in this JVM, and held");
  }

  @BeforeEach
  void forget() {
    USED_PORTS.clear();
  }

  @AfterEach
  void noneIsLeasedAnyMore() {
    assertThat(new HashSet<>(USED_PORTS))
        .isNotEmpty()
        .allMatch(port -> !Ports.whoHas(port).contains("is leased"));
  }

  @Test
  void anInstanceFieldHasAPortForEachTest() {
    TestRun.of(InInstanceField.class).assertPassed(2);
    assertThat(USED_PORTS).hasSize(6);
  }

  static class InInstanceField {
    @FreePort private int port;

    @FreePort PortLease lease;

    @FreePorts(1)
    int[] ports;

    @BeforeEach
    void isThereAlready() {
      assertThat(port).isPositive();
    }

    @AfterEach
    void isThereStill() {
      assertThat(lease.isOpen()).isTrue();
    }

    @Test
    void one() {
      serveAll();
    }

    @Test
    void another() {
      serveAll();
    }

    private void serveAll() {
      serve(port);
      serve(lease.port());
      serve(ports[0]);
    }
  }

  @Test
  void aStaticFieldHasOnePortForTheClass() {
    TestRun.of(InStaticField.class).assertPassed(2);
    assertThat(USED_PORTS).hasSize(4);
    assertThat(new HashSet<>(USED_PORTS)).hasSize(2);
    assertThat(InStaticField.port).isZero();
    assertThat(InStaticField.lease).isNull();
  }

  static class InStaticField {
    @FreePort private static int port;

    @FreePort private static PortLease lease;

    @BeforeAll
    static void isThereAlready() {
      serve(port);
    }

    @AfterAll
    static void isThereStill() {
      serve(lease.port());
    }

    @Test
    void one() {
      serve(port);
    }

    @Nested
    class Inside {
      @Test
      void another() {
        serve(port);
      }
    }
  }

  @Test
  void severalPortsAreAdjacent() {
    TestRun.of(Several.class).assertPassed(1);
    assertThat(USED_PORTS).hasSize(5);
  }

  static class Several {
    @FreePorts(3)
    int[] ports;

    @Test
    void areAdjacent(@FreePorts(2) PortLease lease) {
      assertThat(ports).hasSize(3);
      assertThat(ports[2]).isEqualTo(ports[1] + 1).isEqualTo(ports[0] + 2);
      Arrays.stream(ports).forEach(FreePortTest::serve);
      assertThat(lease.ports()).hasSize(2);
      lease.ports().forEach(FreePortTest::serve);
    }
  }

  @Test
  void aParameterHasAPortForTheTest() {
    TestRun.of(InParameters.class).assertPassed(5);
    assertThat(USED_PORTS).hasSize(15);
  }

  static class InParameters {
    private final int ofConstructor;

    InParameters(@FreePort int port) {
      ofConstructor = port;
    }

    @BeforeEach
    void before(@FreePort PortLease lease) {
      serve(lease.port());
    }

    @RepeatedTest(2)
    void repeated(@FreePort int port) {
      serve(ofConstructor);
      serve(port);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void parameterized(int number, @FreePort int port) {
      assertThat(number).isPositive();
      serve(ofConstructor);
      serve(port);
    }
  }

  @Test
  void aFieldOfAnInstanceForTheClassHasAPortForEachTest() {
    TestRun.of(PerClass.class).assertPassed(2);
    assertThat(USED_PORTS).hasSize(4);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClass {
    private final int ofConstructor;
    @FreePort int port;

    PerClass(@FreePort int port) {
      ofConstructor = port;
    }

    @RepeatedTest(2)
    void serves() {
      serve(port);
      serve(ofConstructor);
    }
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
        .assertPassed(20);
    assertThat(USED_PORTS).hasSize(40);
  }

  static class Parallel {
    @FreePort static int shared;
    @FreePort int field;

    @RepeatedTest(20)
    void serves(@FreePort PortLease parameter) {
      serve(field);
      serve(parameter.port());
      assertThat(List.of(field, parameter.port())).doesNotContain(shared);
    }
  }

  @Test
  void aTakenPortNamesTheTestThatLeasedIt() {
    TestRun.of(Named.class).assertPassed(3);
    assertThat(Named.MESSAGES)
        .satisfiesExactlyInAnyOrder(
            message ->
                assertThat(message)
                    .contains("@FreePort field [port] of FreePortTest$Named.one(PortLease)\n"),
            message ->
                assertThat(message)
                    .contains(
                        "@FreePorts parameter [ports] of FreePortTest$Named.several() with 7\n"),
            message ->
                assertThat(message).contains("@FreePort field [shared] of FreePortTest$Named\n"));
  }

  static class Named {
    private static final List<String> MESSAGES = new ArrayList<>();
    @FreePort static int shared;

    @FreePort int port;

    @Test
    void one(@FreePort PortLease other) {
      assertThat(other.port()).isNotEqualTo(port);
      note(port);
    }

    @Test
    void another() {
      note(shared);
    }

    @ParameterizedTest(name = "with {0}")
    @ValueSource(ints = 7)
    void several(int x, @FreePorts(2) int[] ports) {
      note(ports[1]);
    }

    private static void note(int port) {
      USED_PORTS.add(port);
      MESSAGES.add(Ports.whoHas(port));
    }
  }

  @Test
  void aTapStandsInFrontOfALeasedPort() {
    TestRun.of(InFront.class).assertPassed(1);
  }

  static class InFront {
    @FreePort PortLease lease;

    @Tapped(to = "lease")
    Tap tap;

    @Test
    void passes(@FreePort int port, @Tapped(to = "port") Tap other) throws IOException {
      USED_PORTS.add(port);
      for (Tap each : List.of(tap, other)) {
        try (ServerSocket server = new ServerSocket(each == tap ? lease.port() : port);
            Client client = Client.to(each.address()).start()) {
          server.accept().close();
          assertThat(client.readToEnd().size()).isZero();
        }
      }
    }
  }

  private static void assertRejected(Class<?> test, String message) {
    USED_PORTS.add(1);
    assertThat(TestRun.of(test).failure())
        .isInstanceOfAny(ExtensionConfigurationException.class, ParameterResolutionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everyMisuseNamesTheElementAndTheRule() {
    assertRejected(
        WrongType.class,
        "@FreePort field [x] must be of type int or PortLease, but is java.lang.String");
    assertRejected(
        WrongTypes.class,
        "@FreePorts parameter [x] must be of type int[] or PortLease, but is int");
    assertRejected(Final.class, "@FreePort field [x] must not be final");
    assertRejected(
        Initialized.class, "@FreePort field [x] is already set (to 8080): do not initialize it");
    assertRejected(None.class, "@FreePorts field [x]: count (0) must be in 1..1000");
    assertRejected(Many.class, "@FreePorts parameter [x]: count (1001) must be in 1..1000");
  }

  static class WrongType {
    @FreePort String x;

    @Test
    void test() {}
  }

  static class WrongTypes {
    @Test
    void test(@FreePorts(2) int x) {}
  }

  static class Final {
    @FreePort final PortLease x = null;

    @Test
    void test() {}
  }

  static class Initialized {
    @FreePort int x = 8080;

    @Test
    void test() {}
  }

  static class None {
    @FreePorts(0)
    int[] x;

    @Test
    void test() {}
  }

  static class Many {
    @Test
    void test(@FreePorts(1_001) int[] x) {}
  }

  @Test
  void aClosedLeaseIsNoTrouble() {
    TestRun.of(ClosesItself.class).assertPassed(1);
  }

  static class ClosesItself {
    @FreePort PortLease lease;

    @Test
    void closes() {
      USED_PORTS.add(lease.port());
      lease.close();
      assertThatThrownBy(() -> lease.bind(ServerSocket::new)).hasMessageContaining("must be open");
    }
  }
}
