package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static dev.partyline.samples.listeners.ReportClient.report;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

/** A client that has to do with servers that are slow, or that fail in the middle. */
class SurvivingBadServersTest {
  // tag::bad-servers[]
  @Test
  void theClientGivesUp(@ScriptedListener("C: report\npause 1s\nS: late") Listener server) {
    assertThatThrownBy(() -> report(server)).isInstanceOf(SocketTimeoutException.class);
    assertThat(server).within(ofSeconds(5)).connection(1).closedBy(Side.CLIENT);
  }

  @Test
  void theClientAsksAgainAfterAReset(
      @ScriptedListener(
              """
              connection
                C: report
                S| first ha
                S! reset
              connection
                C: report
                S| first half, second half
                S! close
              """)
          Listener server)
      throws IOException {
    assertThat(report(server)).isEqualTo("first half, second half");
  }
  // end::bad-servers[]
}
