package dev.partyline.junit5;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partyline.assertions.PartylineAssertions;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.wire.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** All that a build tool can show and keep of a test: no secret of a conversation is in it. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class SecretReportsTest {
  private static final String TOKEN = "Zq7rX2mLw9kTp4Vd";

  /** Secret by a rule of the test alone. */
  private static final String DOOR = "Hb5nK8cJy3";

  private static final String ANY = "every connection\n  C: ...";

  @TempDir private Path reports;

  private static String request(String target) {
    return "GET "
        + target
        + "?token="
        + TOKEN
        + " HTTP/1.1\r\nAuthorization: Bearer "
        + TOKEN
        + "\r\nX-Door: "
        + DOOR
        + "\r\n\r\n";
  }

  /** Sends a request by a socket that is not of ours, and waits until a listener has it. */
  private static void send(String request, String host, int port, Listener listener) {
    try (Socket socket = new Socket(host, port)) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      listener.recording().awaitBytes(Side.CLIENT, request.length(), Duration.ofSeconds(60));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String shownOf(Class<?> test) {
    return shownOf(test, Map.of());
  }

  /** Returns the failures with their causes, what was printed and reported, and all files. */
  private String shownOf(Class<?> test, Map<String, String> parameters) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(printed, true, UTF_8));
    try {
      TestRun.launch(
          test,
          reports,
          parameters,
          new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
              result.getThrowable().ifPresent(failure -> failure.printStackTrace(writer));
            }

            @Override
            public void reportingEntryPublished(TestIdentifier reporting, ReportEntry entry) {
              writer.println(entry);
            }
          });
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return text + printed.toString(UTF_8) + String.join("\n", files());
  }

  private List<String> files() {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(reports)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.add(file.getFileName() + "\n" + Files.readString(file, ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static void assertHidden(String shown) {
    assertThat(shown).contains("Authorization: ******", "X-Door: *****");
    for (String secret : List.of(TOKEN, DOOR)) {
      assertThat(shown)
          .doesNotContain(secret)
          .doesNotContain(secret.substring(0, secret.length() - 2))
          .doesNotContain(secret.substring(2));
    }
  }

  @Test
  void aScriptThatFails() {
    String shown = shownOf(WrongBytes.class);
    assertHidden(shown);
    assertThat(shown).contains("received  C: X-Door: ****", "web.wire\n");
  }

  static class WrongBytes {
    @ScriptedListener(
        value =
            "C: GET /${*} HTTP/1.1\nC: Authorization: Bearer "
                + TOKEN
                + "\nC: X-Door: "
                + DOOR
                + "x\nC:",
        redact = "X-Door: (\\w+)")
    Listener web;

    @Test
    void fails() {
      send(request("/"), web.host(), web.port(), web);
    }
  }

  @Test
  void aTestThatFailsByItself() {
    String shown = shownOf(FailsByItself.class);
    assertHidden(shown);
    assertThat(shown).contains("mine", "web.wire\n", "tap.wire\n");
  }

  static class FailsByItself {
    @ScriptedListener(value = ANY, redact = "X-Door: (\\w+)")
    Listener web;

    @Tapped(to = "web", redact = "X-Door: (\\w+)", weather = "delay 1ms")
    Tap tap;

    @Test
    void fails() {
      send(request("/"), tap.host(), tap.port(), web);
      fail("mine");
    }
  }

  @Test
  void assertionsThatFail() {
    String shown = shownOf(FailsByAssertions.class);
    assertHidden(shown);
    assertThat(shown).contains("the client did not send this line", "FailsByAssertions.order");
  }

  static class FailsByAssertions {
    @ScriptedListener(value = ANY, redact = "X-Door: (\\w+)")
    Listener web;

    void send() {
      SecretReportsTest.send(request("/"), web.host(), web.port(), web);
    }

    @Test
    void sentLine() {
      send();
      PartylineAssertions.assertThat(web).client().sentLine("X-Door: " + DOOR + "0");
    }

    @Test
    void header() {
      send();
      PartylineAssertions.assertThat(web).request().hasHeader("X-Door", DOOR + "0");
    }

    @Test
    void order() {
      send();
      PartylineAssertions.assertThat(web).client().sentOnlyAfter(DOOR, TOKEN + "0");
    }
  }

  @Test
  void aClientThatIsScripted() {
    assertHidden(shownOf(FailsAsClient.class));
  }

  static class FailsAsClient {
    @ScriptedListener(value = ANY, redact = "X-Door: (\\w+)")
    static Listener web;

    @ScriptedClient(
        to = "web",
        value =
            "C: GET / HTTP/1.1\nC: Authorization: Bearer "
                + TOKEN
                + "\nC: X-Door: "
                + DOOR
                + "\nC:\nC! finish\nS: HTTP/1.1 200 OK",
        redact = "X-Door: (\\w+)")
    Client client;

    @Test
    void passes() {}
  }

  @Test
  void aTestThatPassesAndIsPublished() {
    String shown = shownOf(Passes.class, Map.of("partyline.publish", "always"));
    assertHidden(shown);
    assertThat(shown).contains("web.wire\n");
  }

  static class Passes {
    @ScriptedListener(value = ANY, redact = "X-Door: (\\w+)")
    Listener web;

    @Test
    void passes() {
      SecretReportsTest.send(request("/"), web.host(), web.port(), web);
    }
  }

  @Test
  void aConversationOfWhichTheMiddleIsLeftOut() {
    String shown = shownOf(LongConversation.class);
    assertHidden(shown);
    assertThat(shown).contains("bytes in the middle are left out", " bytes dropped here (client)");
  }

  static class LongConversation {
    private static final int SIZE = 3 << 20;

    @ScriptedListener(value = ANY, redact = "X-Door: (\\w+)")
    Listener web;

    @Test
    void fails() {
      String request = request("/" + "x".repeat(SIZE));
      send(request("/") + request + request("/"), web.host(), web.port(), web);
      fail("mine");
    }
  }
}
