package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import org.junit.jupiter.api.Test;

/** A server that is slow, ends or resets its answer too early, or is away for a while. */
class FailingServersTest {
  @ScriptedListener(Report.SERVER)
  Listener server;

  @Tapped(to = "server")
  private Tap tap;

  // tag::weather-failures[]
  @Test
  @InWeather("delay 30s from server must fire")
  void aSlowAnswerIsNotAwaited() {
    assertThatThrownBy(this::report).isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  @InWeather("limit 50 bytes must fire")
  void aTruncatedBodyIsAnError() {
    assertThatThrownBy(this::report).hasMessageContaining("bytes received: 11");
  }

  @Test
  void theServerIsFoundAgainAfterAnOutage() throws IOException, InterruptedException {
    FaultGuard outage = tap.inject(Fault.refuse());
    assertThatThrownBy(this::report).isInstanceOf(ConnectException.class);
    outage.close();
    assertThat(report()).isEqualTo("all that there is to report");
  }

  // end::weather-failures[]

  // tag::weather-reset[]
  @Test
  @InWeather("reset after \"all that\" must fire")
  void aResetInTheMiddleOfABodyIsAnError() {
    assertThatThrownBy(this::report).isInstanceOf(IOException.class);
    assertThat(tap).hasHitConnections("reset", 1);
  }

  // end::weather-reset[]

  private String report() throws IOException, InterruptedException {
    return Report.ask(tap);
  }
}
