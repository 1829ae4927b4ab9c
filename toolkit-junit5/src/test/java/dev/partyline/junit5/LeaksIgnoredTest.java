package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What may stay open, and how a whole suite is checked. */
@EnabledOnOs(OS.LINUX)
class LeaksIgnoredTest {
  private static final String AUTODETECTION = "junit.jupiter.extensions.autodetection.enabled";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  private static void leaveServer() throws IOException {
    LEAKED.add(new ServerSocket(0, 1, LOOPBACK));
  }

  @Test
  void aFilterLeavesOutWhatIsToStay() {
    TestRun run = TestRun.ofLeaking(Ignoring.class);
    assertThat(run.failed()).containsExactly("other()");
  }

  @NoSocketLeaks(ignoring = "tcp")
  static class Ignoring extends Unmarked {
    @Override
    @Test
    @NoSocketLeaks(ignoring = "udp port 1")
    void test() throws IOException {
      leaveServer();
    }
  }

  @Test
  void selectorsAndPipesMayStay() {
    assertThat(TestRun.ofLeaking(WithSelector.class).failed()).containsExactly("onlyPipes()");
  }

  static class WithSelector {
    @Test
    @NoSocketLeaks(ignoring = "udp or selector or pipe")
    void both() throws IOException {
      LEAKED.add(Selector.open());
      Pipe pipe = Pipe.open();
      LEAKED.add(pipe.source());
      LEAKED.add(pipe.sink());
      LEAKED.add(new DatagramSocket(0, LOOPBACK));
    }

    @Test
    @NoSocketLeaks(ignoring = "pipe")
    void onlyPipes() throws IOException {
      LEAKED.add(Selector.open());
    }
  }

  @Test
  void aWrongFilterNamesItsElementAndTheColumn() {
    assertThat(TestRun.of(WrongOfMethod.class).failure())
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith(
            "@NoSocketLeaks method [test] has ignoring = \"port abc!\", but filter, column 6: ");
    assertThat(TestRun.of(WrongOfClass.class).failure())
        .hasMessageStartingWith(
            "@NoSocketLeaks class [WrongOfClass] has ignoring = \"tcp or\", but filter, column ");
  }

  static class WrongOfMethod {
    @Test
    @NoSocketLeaks(ignoring = "port abc!")
    void test() {}
  }

  @NoSocketLeaks(ignoring = "tcp or")
  static class WrongOfClass {
    @Test
    void test() {}
  }

  @Test
  void aWholeSuiteIsWatchedByAParameter() {
    Map<String, String> all =
        Map.of(AUTODETECTION, "true", "partyline.leaks", "fail", "partyline.leaks.ignoring", "udp");
    assertThat(TestRun.ofLeaking(all, Unmarked.class).failed()).containsExactly("test()");
    TestRun.of(Map.of(AUTODETECTION, "true"), Unmarked.class).assertPassed(2);
  }

  static class Unmarked {
    @Test
    void test() throws IOException {
      leaveServer();
    }

    @Test
    void other() throws IOException {
      LEAKED.add(new DatagramSocket(0, LOOPBACK));
    }
  }

  @Test
  void theParameterIsRight() {
    Map<String, String> wrong = Map.of(AUTODETECTION, "true", "partyline.leaks", "maybe");
    assertThat(TestRun.of(wrong, Unmarked.class).failures())
        .first()
        .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
        .hasMessage("partyline.leaks (maybe) must be 'fail' or 'annotated'");
  }
}
