package dev.partyline.samples.listeners;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;

/** A question and an answer in a datagram each, as with nc -u. */
class AskingByUdpTest {

  // tag::udp[]
  @Test
  void theTimeIsAskedByDatagram(
      @ScriptedListener(
              transport = Transport.UDP,
              value =
                  """
                  C| what time is it?
                  S# 00 00 00 2a
                  """)
          Listener clock)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(clock.address());
      byte[] question = "what time is it?".getBytes(UTF_8);
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[100], 100);
      socket.setSoTimeout(5000);
      socket.receive(answer);
      assertThat(answer.getLength()).isEqualTo(4);
    }
    assertThat(clock).client().sentExactly("what time is it?");
  }
  // end::udp[]
}
