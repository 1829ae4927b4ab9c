package dev.partyline.samples.assertions;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** A client that sends from another thread and awaits no answer: the test has to wait for it. */
class ReportingInTheBackgroundTest {
  // tag::assert-within[]
  @Test
  void theReportIsSentInTheBackground(@ScriptedListener("C: ...") Listener collector) {
    new Thread(() -> report(collector.port())).start();
    assertThat(collector).within(ofSeconds(5)).client().sentLine("12 jobs done").sentFin();
  }

  // end::assert-within[]

  @Test
  void theTestWaitsWithoutAnAssertion(@ScriptedListener("C: ...") Listener collector) {
    new Thread(() -> report(collector.port())).start();
    Conversation report = collector.recording().awaitMatch(Side.CLIENT, "done", ofSeconds(5));
    collector.recording().awaitClosed(ofSeconds(5));
    assertThat(report).client().sentLine("12 jobs done");
    assertThat(collector).connection().closedBy(Side.CLIENT);
    collector.recording().awaitBytes(Side.CLIENT, 14, ofSeconds(5));
    collector.recording().awaitIdle(ofMillis(10), ofSeconds(5));
  }

  private static void report(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("12 jobs done\r\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
