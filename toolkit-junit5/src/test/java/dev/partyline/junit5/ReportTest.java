package dev.partyline.junit5;

import static dev.partyline.junit5.LineClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.junit5.internal.SocketReportTest;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a failing test shows and writes of its conversations. */
class ReportTest {
  private static final String ANY = "every connection\n  C: ...\n";

  @TempDir private Path reports;

  @Test
  void aFailingTestShowsItsConversations() {
    Throwable failure = TestRun.of(FailsByItself.class).failure();
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each).hasMessageStartingWith("conversations\n@ScriptedListener");
              assertThat(each)
                  .hasMessageContainingAll(
                      "field [smtp]", "connection 1 from 127.0.0.1:", "  C: HELO me\n");
              assertThat(each.getStackTrace()).isEmpty();
            });
  }

  static class FailsByItself {
    @ScriptedListener("S: 220 hello\nC: HELO ${who}\nS: 250 hello ${who}")
    Listener smtp;

    @Test
    void fails() {
      try (LineClient client = LineClient.of(smtp)) {
        client.sendLine("HELO me");
        client.receiveLine();
        assertThat(client.receiveLine()).isEqualTo("250 hello you");
      }
    }
  }

  @Test
  void aTestThatIsFailedByItsScriptShowsItsConversationsToo() {
    Throwable failure = TestRun.of(FailsByScript.class).failure();
    assertThat(failure).hasMessageContaining("wrong bytes");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(each -> assertThat(each).hasMessageContaining("  C: POKE\n"));
  }

  static class FailsByScript {
    @ScriptedListener("C: PING")
    Listener listener;

    @Test
    void fails() {
      ask(listener, "POKE");
    }
  }

  @Test
  void withoutAConnectionItSaysSo() {
    assertThat(TestRun.of(NothingSent.class).failure().getSuppressed()[0])
        .hasMessageStartingWith(
            "conversations\n@ScriptedListener field [listener]: no connection\n"
                + "the sockets of this");
  }

  static class NothingSent {
    @ScriptedListener(ANY)
    Listener listener;

    @Test
    void fails() {
      fail("mine");
    }
  }

  @Test
  void ofManyConnectionsTheLastAreShown() {
    assertThat(TestRun.of(Many.class).failure().getSuppressed()[0])
        .hasMessageContainingAll("… 3 earlier connections", "connection 4 from", "C: message 7")
        .hasMessageNotContaining("connection 3 from");
  }

  static class Many {
    @ScriptedListener(ANY)
    Listener listener;

    @Test
    void fails() {
      for (int i = 0; i < 8; i++) {
        try (LineClient client = LineClient.of(listener)) {
          client.sendLine("message " + i);
        }
      }
      listener.drainInput();
      fail("mine");
    }
  }

  @Test
  void aFailingTestWritesItsConversationsBesideTheReports() {
    run(FailsByItself.class);
    String file = files().get("smtp.wire");
    assertThat(Transcript.conversation(file).bytes(Side.CLIENT))
        .isEqualTo(Bytes.utf8("HELO me\r\n"));
    assertThat(file).contains("# connection 1 over TCP", "[+0.");
  }

  @Test
  void theFailureNamesTheFile() {
    assertThat(run(FailsByItself.class)).hasMessageContaining("[smtp], also in " + reports);
  }

  @Test
  void aPassingTestWritesNothing() {
    run(Passes.class);
    assertThat(files()).isEmpty();
  }

  static class Passes {
    @ScriptedListener(ANY)
    Listener listener;

    @Test
    void passes() {
      try (LineClient client = LineClient.of(listener)) {
        client.sendLine("PING");
      }
    }
  }

  @Test
  void everyListenerThatHadAConnectionHasItsFile() {
    run(SameNames.class);
    assertThat(files().keySet())
        .containsExactly("connections.txt", "listener-2.wire", "listener.wire");
    assertThat(files().get("listener.wire")).contains("C: to the parameter");
    assertThat(files().get("listener-2.wire")).contains("C: to the field");
  }

  static class SameNames {
    @ScriptedListener(ANY)
    static Listener listener;

    @ScriptedListener(ANY)
    Listener quiet;

    @Test
    void fails(@ScriptedListener(ANY) Listener listener) {
      try (LineClient field = LineClient.of(SameNames.listener);
          LineClient parameter = LineClient.of(listener)) {
        field.sendLine("to the field");
        parameter.sendLine("to the parameter");
      }
      SameNames.listener.drainInput();
      listener.drainInput();
      fail("mine");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theSocketsThatThereWereLieBesideTheReports() {
    assertThat(run(SocketReportTest.ClosesAfterwards.class))
        .hasMessageStartingWith("the sockets of this JVM, also in " + reports);
    assertThat(files().get("connections.txt"))
        .startsWith("Active Internet connections")
        .containsPattern("tcp6 +1 +0 (127\\.0\\.0\\.1:\\d+) .* LISTEN +\\d+/java\\n")
        // It has no owner until it is accepted.
        .containsPattern("127\\.0\\.0\\.1:\\d+ +127\\.0\\.0\\.1:\\d+ +ESTABLISHED -\\n")
        .containsPattern("\\n\\n(?s:.*):\\d+ LISTEN: 1 connection waits for accept\\.\\n");
  }

  @Test
  void everyTestHasFilesOfItsOwn() throws IOException {
    run(FailsTwice.class);
    try (Stream<Path> all = Files.walk(reports)) {
      assertThat(all.filter(file -> file.endsWith("listener.wire"))).hasSize(2);
    }
  }

  static class FailsTwice {
    @ScriptedListener(ANY)
    Listener listener;

    @RepeatedTest(2)
    void fails() {
      LineClient.of(listener).close();
      listener.drainInput();
      fail("mine");
    }
  }

  @Test
  void secretsAreMaskedWhereverTheyWouldBeRead() {
    Throwable report = run(Secrets.class);
    String file = files().get("listener.wire");
    assertThat(file)
        .contains("C: Authorization: ************", "C: token=******&x=1", "C: Accept: */*")
        .doesNotContain("Basic", "hunter2");
    assertThat(report)
        .hasMessageContainingAll("C: Authorization: ************", "C: token=******&x=1")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void secretsAreMaskedInTheFailureTextOfAScript() {
    Throwable failure = TestRun.of(Secrets.class).failure();
    assertThat(failure)
        .hasMessageContaining("received  C: token=******")
        .hasMessageNotContaining("hunter2");
  }

  static class Secrets {
    @ScriptedListener(
        value =
            """
            C: GET / HTTP/1.1
            C: Authorization: ${secret}
            C: Accept: */*
            C:
            C: nothing else
            """,
        redact = "token=(\\w+)")
    Listener listener;

    @Test
    void fails() {
      try (LineClient client = LineClient.of(listener)) {
        client.sendLine("GET / HTTP/1.1");
        client.sendLine("Authorization: Basic x:yzzy");
        client.sendLine("Accept: */*");
        client.sendLine("");
        client.sendLine("token=xyzzyx&x=1");
        client.receiveLine();
      }
    }
  }

  @Test
  void aTapWritesWhatItsWeatherDidAndHowEachSideEnded() {
    run(WithTap.class);
    String file = files().get("tap.wire");
    assertThat(Transcript.conversation(file).bytes(Side.CLIENT))
        .isEqualTo(Bytes.utf8("HELO me\r\n"));
    assertThat(file)
        .startsWith("# weather   delay hit connection #1 at byte 0")
        .contains("# seed      7; ", "# connection 1 closed    client FIN after 9 bytes, at ");
  }

  static class WithTap {
    @ScriptedListener(ANY)
    Listener listener;

    @Tapped(to = "listener", weather = "seed 7; delay 1ms")
    Tap tap;

    @Test
    void fails() {
      try (LineClient client = LineClient.of(tap.host(), tap.port())) {
        client.sendLine("HELO me");
      }
      assertThat(tap.recording().await(() -> !isOpen(tap), Duration.ofSeconds(5))).isTrue();
      fail("mine");
    }

    private static boolean isOpen(Tap tap) {
      return tap.recording().conversations().stream()
          .allMatch(conversation -> conversation.endEvent(Side.CLIENT).isEmpty());
    }
  }

  /** Runs a test class as a build would, and returns what we added to its failure, if anything. */
  private Throwable run(Class<?> test) {
    return run(test, reports);
  }

  static Throwable run(Class<?> test, Path reports) {
    return run(test, reports, Map.of());
  }

  static Throwable run(Class<?> test, Path reports, Map<String, String> parameters) {
    Failures failures = new Failures();
    TestRun.launch(test, reports, parameters, failures);
    return failures.lastSuppressed();
  }

  /** Returns the content of the texts by the names of their files. */
  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(reports)) {
      for (Path file : all.filter(each -> each.toString().matches(".*\\.(wire|txt)")).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
