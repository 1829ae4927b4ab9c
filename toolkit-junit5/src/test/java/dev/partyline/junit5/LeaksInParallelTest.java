package dev.partyline.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Where tests run in parallel, a leak fails what contains all tests that can have opened it. */
@EnabledOnOs(OS.LINUX)
class LeaksInParallelTest {
  private static final Map<String, String> PARALLEL =
      Map.of(
          "junit.jupiter.execution.parallel.enabled", "true",
          "junit.jupiter.execution.parallel.mode.default", "concurrent",
          "junit.jupiter.execution.parallel.config.strategy", "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

  @RegisterExtension static final LeakedResources LEAKED = new LeakedResources();

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void theTestFailsDuringWhichNoOtherRan() {
    TestRun run = TestRun.ofLeaking(PARALLEL, Alone.class);
    assertThat(run.failed()).containsExactly("leaves()");
    assertThat(run.failure())
        .hasMessageStartingWith("Alone.leaves() left 1 socket open:")
        .hasMessageContaining("one without @NoSocketLeaks that ran at the same time");
  }

  static class Alone {
    @Test
    @NoSocketLeaks
    void leaves() throws IOException {
      LEAKED.add(server());
    }
  }

  @Test
  void whereAllTestsAreCheckedNoOtherCanHaveOpenedIt() {
    Map<String, String> all = new HashMap<>(PARALLEL);
    all.put("junit.jupiter.extensions.autodetection.enabled", "true");
    all.put("partyline.leaks", "fail");
    assertThat(TestRun.ofLeaking(all, Alone.class).failure())
        .hasMessageStartingWith("Alone.leaves() left 1 socket open:")
        .hasMessageNotContaining("at the same time");
  }

  @Test
  void testsThatRanAtTheSameTimeAreNamedAndTheirClassFails() {
    Together.reset();
    TestRun run = TestRun.ofLeaking(PARALLEL, Pair.class);
    assertThat(run.failed()).containsExactly("LeaksInParallelTest$Pair");
    assertThat(run.failure())
        .hasMessageStartingWith("Pair.innocent() or Pair.leaves() left 1 socket open:")
        .hasMessageContaining("it is not known which of them opened it");
  }

  @NoSocketLeaks
  static class Pair {
    @Test
    void leaves() throws Exception {
      Together.begin();
      LEAKED.add(server());
      Together.opened.countDown();
    }

    @Test
    void innocent() throws Exception {
      Together.begin();
      Together.awaitOpened();
    }
  }

  @Test
  void noClassFailsForWhatAnotherMayHaveOpened() {
    Together.reset();
    TestRun run = TestRun.ofLeaking(PARALLEL, Leaving.class, Staying.class);
    assertThat(run.failed()).containsExactly("JUnit Jupiter");
    assertThat(run.failure())
        .hasMessageStartingWith("Leaving.test() or Staying.test() left 1 socket open:");
  }

  @Test
  void noClassFailsForWhatAnotherStillUses() {
    Together.reset();
    TestRun.of(PARALLEL, Closing.class, Ending.class).assertPassed(2);
  }

  /** Lets two classes begin before either continues, and one of them end before the other. */
  static final class Together {
    private static CountDownLatch begun;
    private static CountDownLatch opened;
    private static CountDownLatch ended;

    static void reset() {
      begun = new CountDownLatch(2);
      opened = new CountDownLatch(1);
      ended = new CountDownLatch(1);
    }

    static void begin() throws InterruptedException {
      begun.countDown();
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    }

    static void awaitEnded() throws InterruptedException {
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    static void awaitOpened() throws InterruptedException {
      assertThat(opened.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** What is first in a store is closed last, when its class has been checked. */
  static class TellingItsEnd implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      AutoCloseable end = Together.ended::countDown;
      context.getStore(ExtensionContext.Namespace.create(TellingItsEnd.class)).put("end", end);
    }
  }

  @ExtendWith(TellingItsEnd.class)
  @NoSocketLeaks
  static class Leaving {
    @Test
    void test() throws Exception {
      Together.begin();
      LEAKED.add(server());
      Together.opened.countDown();
    }
  }

  /** Does not end before the other one. */
  @NoSocketLeaks
  static class Staying {
    @Test
    void test() throws Exception {
      Together.begin();
      Together.awaitOpened();
      Together.awaitEnded();
    }
  }

  @NoSocketLeaks
  static class Closing {
    @Test
    void test() throws Exception {
      Together.begin();
      try (ServerSocket server = server()) {
        Together.opened.countDown();
        assertThat(server.isBound()).isTrue();
        Together.awaitEnded();
      }
    }
  }

  @ExtendWith(TellingItsEnd.class)
  @NoSocketLeaks
  static class Ending {
    @Test
    void test() throws Exception {
      Together.begin();
      Together.awaitOpened();
    }
  }

  @Test
  void whoIsIsolatedIsJudgedTestByTest() {
    TestRun run = TestRun.ofLeaking(PARALLEL, OnItsOwn.class);
    assertThat(run.failed()).containsExactly("leaves()");
  }

  @Isolated
  @NoSocketLeaks
  static class OnItsOwn {
    @Test
    void leaves() throws IOException {
      LEAKED.add(server());
    }

    @Test
    void closes() throws IOException {
      server().close();
    }
  }
}
