package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Connection;
import dev.partyline.loopback.Listener;
import dev.partyline.peers.Program;
import dev.partyline.script.transcript.Transcript;
import java.io.IOException;
import java.util.concurrent.Exchanger;
import org.junit.jupiter.api.Test;

/** Connects nc and telnet to each other through a listener that is driven from Java. */
class ConnectingTwoProgramsTest {

  // tag::handler[]
  private final Exchanger<String> lines = new Exchanger<>();

  /** Sends each client the line that the other has typed. */
  private void connect(Connection connection) throws InterruptedException {
    connection.sendLine("the other said: " + lines.exchange(connection.readLine()));
  }

  @Test
  void whatIsTypedIntoNcComesOutOfTelnet() throws IOException {
    try (Listener exchange = Listener.handling(this::connect).start()) {
      Process nc = Program.start("nc", "-q", "5", exchange.host(), exchange.port());
      Process telnet = Program.start("telnet", exchange.host(), exchange.port());
      type(nc, "hello from nc\r\n");
      type(telnet, "hello from telnet\r\n");

      assertThat(exchange).within(ofSeconds(5)).hasConnections(2);
      assertThat(Program.output(telnet, "telnet")).contains("the other said: hello from nc");
      nc.getOutputStream().close();
      assertThat(Program.output(nc, "nc")).contains("the other said: hello from telnet");
      System.out.print(Transcript.exact(exchange.recording()));
    }
  }

  // end::handler[]

  private static void type(Process program, String text) throws IOException {
    program.getOutputStream().write(text.getBytes(UTF_8));
    program.getOutputStream().flush();
  }
}
