package dev.partyline.samples.taps;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Hit;
import dev.partyline.weather.WeatherReport;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that sends its request again when that or the answer is lost. */
class LosingDatagramsTest {

  // tag::weather-loss[]
  @Test
  @InWeather("seed 7; loss 50% must fire")
  void asksUntilAnAnswerComes(
      @ScriptedListener(
              transport = Transport.UDP,
              value =
                  """
                  repeat
                    C| what time is it?
                    S| noon
                  """)
          Listener clock,
      @Tapped(to = "clock") Tap tap)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(tap.address());
      socket.setSoTimeout(200);
      assertThat(answer(socket)).isEqualTo("noon");
    }
    assertThat(tap).hasHit("loss").client().sent("what time is it?");
    WeatherReport report = tap.weatherReport();
    List<Hit> lost = report.hits(report.faults().get(0));
    assertThat(lost.get(0).sender()).isEqualTo(Side.CLIENT);
    assertThat(lost.get(0).offset()).isEqualTo(1); // the number of the datagram
  }

  // end::weather-loss[]

  private static String answer(DatagramSocket socket) throws IOException {
    byte[] question = "what time is it?".getBytes(UTF_8);
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    while (true) {
      socket.send(new DatagramPacket(question, question.length));
      try {
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), UTF_8);
      } catch (SocketTimeoutException e) {
        // Lost: it asks again.
      }
    }
  }
}
