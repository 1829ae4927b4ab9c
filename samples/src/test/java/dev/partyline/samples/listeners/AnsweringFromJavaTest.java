package dev.partyline.samples.listeners;

import static dev.partyline.samples.listeners.ReportClient.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Connection;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that has to count, which a script cannot. */
class AnsweringFromJavaTest {
  // tag::handler-state[]
  private final AtomicInteger requests = new AtomicInteger();

  private void serve(Connection connection) {
    connection.expectLine("report");
    connection.send(requests.incrementAndGet() <= 2 ? "here it is" : "too many requests");
  }

  @Test
  void theThirdRequestIsRefused() throws IOException {
    try (Listener server = Listener.handling(this::serve).start()) {
      assertThat(report(server)).isEqualTo("here it is");
      assertThat(report(server)).isEqualTo("here it is");
      assertThat(report(server)).isEqualTo("too many requests");
    }
  }

  // end::handler-state[]

  @Test
  void theExceptionOfAHandlerIsThrownByClose() {
    Listener mail = Listener.handling(connection -> connection.expectLine("QUIT")).start();
    try (Client client = Client.to(mail.address()).start()) {
      client.sendLine("QUITE");
      assertThatThrownBy(client::readLine).hasMessageContaining("the server has sent an RST");
    }
    assertThat(mail.backgroundFailures()).hasSize(1);
    assertThatThrownBy(mail::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("the handler of connection 1 from 127.0.0.1:")
        .hasMessageContainingAll("expected: QUIT\\r\\n", "received: QUITE\\r\\n");
  }
}
