package dev.partyline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Tap;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What datagrams through a tap do not have of those that are sent directly. */
@Timeout(60)
class TapDatagramDifferencesTest {
  private static final int SILENCE_MILLIS = 300;
  private static final int ANSWER_MILLIS = 10_000;
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @Test
  void a_server_that_does_not_listen_is_silent() throws IOException {
    SocketAddress nowhere;
    try (DatagramSocket closed = new DatagramSocket(0, HERE)) {
      nowhere = closed.getLocalSocketAddress();
    }
    assertThat(ask(nowhere, ANSWER_MILLIS)).as("directly").isEqualTo("unreachable");
    try (Tap tap = Tap.to(nowhere).over(Transport.UDP).start()) {
      assertThat(ask(tap.address(), SILENCE_MILLIS)).as("through a tap").isEqualTo("silence");
    }
  }

  private static String ask(SocketAddress address, int timeoutMillis) throws IOException {
    try (DatagramSocket client = new DatagramSocket(0, HERE)) {
      client.setSoTimeout(timeoutMillis);
      client.connect(address);
      client.send(new DatagramPacket(new byte[1], 1));
      client.receive(new DatagramPacket(new byte[1], 1));
      return "answer";
    } catch (PortUnreachableException e) {
      return "unreachable";
    } catch (SocketTimeoutException e) {
      return "silence";
    }
  }

  @Test
  void an_answer_from_another_port_of_the_server_does_not_come() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, HERE);
        DatagramSocket other = new DatagramSocket(0, HERE);
        Tap tap = Tap.to(server.getLocalSocketAddress()).over(Transport.UDP).start()) {
      assertThat(answerOf(other, server, server.getLocalSocketAddress(), ANSWER_MILLIS))
          .as("directly")
          .isEqualTo(other.getLocalSocketAddress());
      assertThat(answerOf(other, server, tap.address(), SILENCE_MILLIS))
          .as("through a tap")
          .isEqualTo("silence");
    }
  }

  @Test
  void the_server_sees_the_address_of_the_tap() throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, HERE);
        Tap tap = Tap.to(server.getLocalSocketAddress()).over(Transport.UDP).start()) {
      assertThat(answerOf(server, server, tap.address(), ANSWER_MILLIS)).isEqualTo(tap.address());
    }
  }

  /** Returns the address from which one socket answers to what another one has received. */
  private static Object answerOf(
      DatagramSocket answering, DatagramSocket server, SocketAddress address, int timeoutMillis)
      throws IOException {
    try (DatagramSocket client = new DatagramSocket(0, HERE)) {
      client.setSoTimeout(timeoutMillis);
      client.send(new DatagramPacket(new byte[1], 1, address));
      DatagramPacket question = new DatagramPacket(new byte[1], 1);
      server.receive(question);
      boolean direct = question.getSocketAddress().equals(client.getLocalSocketAddress());
      assertThat(direct).isEqualTo(address.equals(server.getLocalSocketAddress()));
      answering.send(new DatagramPacket(new byte[1], 1, question.getSocketAddress()));
      DatagramPacket answer = new DatagramPacket(new byte[1], 1);
      client.receive(answer);
      return answer.getSocketAddress();
    } catch (SocketTimeoutException e) {
      return "silence";
    }
  }
}
