package dev.partyline.junit5;

import static dev.partyline.junit5.WaysToHang.readOneByteTooMany;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a test that hangs shows, and that JUnit's time-out ends it. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class HangTest {
  /** Clients load many classes, for all of them at the same time. */
  private static final Duration FIRST_TIME_OUT_OF_ALL = Duration.ofSeconds(2);

  private static final Duration FIRST_TIME_OUT = Duration.ofMillis(500);

  private static TestRun hang(ThreadMode mode, Class<?> type) {
    return HangingRun.of(configuration(mode), FIRST_TIME_OUT, type);
  }

  private static Map<String, String> configuration(ThreadMode mode) {
    return Map.of("junit.jupiter.execution.timeout.thread.mode.default", mode.name());
  }

  /** Returns what we added to the failure of a test that was interrupted. */
  private static String picture(Throwable failure) {
    assertThat(failure).isInstanceOf(TimeoutException.class);
    List<String> pictures =
        Stream.of(failure.getSuppressed())
            .map(Throwable::getMessage)
            .filter(each -> each != null && each.contains(" was interrupted by its time-out"))
            .toList();
    assertThat(pictures).hasSize(1);
    return pictures.get(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = ThreadMode.class,
      names = {"SAME_THREAD", "SEPARATE_THREAD"})
  void everyWayToHangEndsWithItsPicture(ThreadMode mode) {
    Map<String, String> configuration = new TreeMap<>(configuration(mode));
    configuration.put("junit.jupiter.execution.parallel.enabled", "true");
    configuration.put("junit.jupiter.execution.parallel.mode.default", "concurrent");
    configuration.put("junit.jupiter.execution.parallel.config.strategy", "fixed");
    configuration.put("junit.jupiter.execution.parallel.config.fixed.parallelism", "10");
    List<Throwable> failures =
        HangingRun.of(configuration, FIRST_TIME_OUT_OF_ALL, WaysToHang.ALL).failures();
    List<String> pictures = failures.stream().map(HangTest::picture).toList();
    for (Class<?> way : WaysToHang.ALL) {
      String name = way.getSimpleName();
      assertThat(pictures)
          .filteredOn(each -> each.startsWith("WaysToHang$" + name + ".hangs() was interrupted"))
          .singleElement()
          .asString()
          .contains("at dev.partyline.junit5.WaysToHang$" + name + ".hangs(WaysToHang.java:")
          .containsPattern("\nopen connections\n(  .*\n)*  the client (and the server )?of your")
          .containsPattern("of your (listener|tap) `web`, connection 1: client open, ")
          .contains("conversations\n@")
          .containsPattern("field \\[web], ");
    }
  }

  @Test
  void thePictureShowsTheScriptAsItStood() {
    Throwable failure = hang(ThreadMode.SAME_THREAD, WaysToHang.BlockingSocket.class).failure();
    assertThat(picture(failure))
        .containsPattern("thread .*, RUNNABLE\n    at .*Socket")
        .contains("the script of @ScriptedListener field [web]\nconnection 1 from 127.0.0.1:")
        .contains(": still playing\n", "> here      C: QUIT\n")
        .doesNotContain("stopped");
    // The same is not told again as it was after our ends were closed.
    assertThat(failure.getSuppressed())
        .filteredOn(each -> each instanceof AssertionError)
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ThreadMode.class,
      names = {"SAME_THREAD", "SEPARATE_THREAD"})
  void aLifecycleMethodThatHangsEndsWithItsPicture(ThreadMode mode) {
    List<Class<?>> classes =
        List.of(
            BeforeAllHangs.class, BeforeEachHangs.class, AfterEachHangs.class, AfterAllHangs.class);
    for (Class<?> type : classes) {
      Throwable failure = hang(mode, type).failure();
      assertThat(picture(failure))
          .contains("at dev.partyline.junit5.HangTest$" + type.getSimpleName() + ".")
          .contains("the client of your listener `web`, connection 1: client open");
    }
  }

  /** A connection that is open to a client that waits for more, whatever has been said before. */
  abstract static class StaticListener {
    @ScriptedListener("every connection\n  repeat\n    C: PING\n    S: PONG")
    static Listener web;

    @BeforeAll
    static void begin() {
      HangingRun.expectConnection(web);
    }

    final void hang() throws IOException {
      readOneByteTooMany(web.host(), web.port());
    }

    @Test
    @Timeout(60)
    void passes() {}
  }

  static class BeforeAllHangs extends StaticListener {
    @BeforeAll
    static void beforeAll() throws IOException {
      readOneByteTooMany(web.host(), web.port());
    }
  }

  static class BeforeEachHangs extends StaticListener {
    @BeforeEach
    void beforeEach() throws IOException {
      hang();
    }
  }

  static class AfterEachHangs extends StaticListener {
    @AfterEach
    void afterEach() throws IOException {
      hang();
    }
  }

  static class AfterAllHangs extends StaticListener {
    @AfterAll
    static void afterAll() throws IOException {
      readOneByteTooMany(web.host(), web.port());
    }
  }

  @Test
  void aListenerOfTheClassServesTheNextTest() {
    TestRun run = hang(ThreadMode.SAME_THREAD, HangsFirst.class);
    assertThat(picture(run.failure())).contains("the client of your listener `web`, connection 1");
    assertThat(run.failed()).containsExactly("hangsAgainAndAgain()");
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class HangsFirst extends StaticListener {
    /** Like a client that connects again when its server has closed. */
    @Test
    @Order(1)
    void hangsAgainAndAgain() throws IOException {
      hang();
      hang();
      hang();
    }

    @Test
    @Order(2)
    @Timeout(60)
    void isServed() throws IOException {
      try (Socket socket = new Socket(web.host(), web.port())) {
        socket.getOutputStream().write("PING\r\n".getBytes(UTF_8));
        assertThat(socket.getInputStream().readNBytes(6)).startsWith((byte) 'P');
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ThreadMode.class,
      names = {"SAME_THREAD", "SEPARATE_THREAD"})
  void whatATestMadeInCodeIsShownAndClosed(ThreadMode mode) {
    Throwable failure = hang(mode, InCode.class).failure();
    assertThat(picture(failure))
        .containsPattern(
            "the client of your Listener\\{tcp 127\\.0\\.0\\.1:\\d+}, connection 1: client")
        .containsPattern(
            "Listener\\{tcp 127.*}, opened at .*HangTest\\$InCode\\.hangs\\(HangTest.java:\\d+\\)");
  }

  static class InCode {
    private final long madeNanos = System.nanoTime();

    @ScriptedListener("C: ...")
    Listener unused;

    @Test
    void hangs() throws IOException {
      try (Listener listener = Listener.playing("C: PING\nS: PONG").start()) {
        HangingRun.expectConnection(listener, Duration.ofNanos(System.nanoTime() - madeNanos));
        readOneByteTooMany(listener.host(), listener.port());
      }
    }
  }

  @Test
  void aLatchIsShownWhereThereIsNoConnection() {
    TestRun run = hang(ThreadMode.SAME_THREAD, OnlyALatch.class);
    assertThat(picture(run.failure()))
        .contains("CountDownLatch.await", "no connection is open\n", "field [web]: no connection");
  }

  static class OnlyALatch {
    private final long madeNanos = System.nanoTime();

    @ScriptedListener("C: ...")
    Listener web;

    @Test
    void hangs() throws InterruptedException {
      HangingRun.hangNow(Duration.ofNanos(System.nanoTime() - madeNanos));
      new CountDownLatch(1).await();
    }
  }
}
