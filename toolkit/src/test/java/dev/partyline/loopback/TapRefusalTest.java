package dev.partyline.loopback;

import static dev.partyline.loopback.TenBytes.ask;
import static dev.partyline.loopback.TenBytes.connect;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.weather.Fault;
import dev.partyline.weather.FaultGuard;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tap that refuses is as one where nothing listens, as long as it does. */
@Timeout(60)
class TapRefusalTest {
  @Test
  void a_refused_connect_is_a_real_one_and_the_port_stays_held() throws IOException {
    try (Listener server = Listener.playing(TenBytes.SERVER).start();
        Tap tap = Tap.to(server).start();
        Socket before = connect(tap)) {
      FaultGuard guard = tap.inject(Fault.refuse());
      assertThatThrownBy(() -> connect(tap)).isInstanceOf(ConnectException.class);
      assertThatThrownBy(
              () -> new ServerSocket(tap.port(), 1, InetAddress.getByName(tap.host())).close())
          .isInstanceOf(IOException.class);
      assertThat(ask(before)).isEqualTo("0123456789");
      guard.close();
      assertThat(ask(tap)).isEqualTo("0123456789");
    }
  }

  @Test
  void a_tap_can_refuse_from_the_start() throws IOException {
    try (Listener server = Listener.silent().start();
        Tap tap = Tap.to(server).in(Weather.of(Fault.refuse())).start()) {
      assertThatThrownBy(() -> connect(tap)).isInstanceOf(ConnectException.class);
      assertThat(tap.recording().connections()).isZero();
    }
  }

  @Test
  void a_refusing_tap_over_udp_answers_by_icmp() throws IOException {
    try (Listener server = Listener.silent().over(Transport.UDP).start();
        Tap tap = Tap.to(server).in(Weather.of(Fault.refuse())).start();
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(10_000);
      socket.connect(tap.address());
      socket.send(new DatagramPacket(new byte[1], 1));
      assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[1], 1)))
          .isInstanceOf(PortUnreachableException.class);
    }
  }

  @Test
  void over_udp_a_client_that_was_served_before_is_refused_too() throws IOException {
    try (Listener server =
            Listener.playing("repeat\n  C| go\n  S| yes").over(Transport.UDP).start();
        Tap tap = Tap.to(server).start();
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(10_000);
      socket.connect(tap.address());
      DatagramPacket answer = new DatagramPacket(new byte[9], 9);
      socket.send(new DatagramPacket("go".getBytes(US_ASCII), 2));
      socket.receive(answer);
      tap.inject(Fault.refuse());
      socket.send(new DatagramPacket("go".getBytes(US_ASCII), 2));
      assertThatThrownBy(() -> socket.receive(answer)).isInstanceOf(PortUnreachableException.class);
      assertThat(tap.recording().byteCount(Side.CLIENT)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"TCP", "UDP"})
  void a_refusal_for_a_time_ends_by_itself(Transport transport) throws Exception {
    try (Listener server =
            Listener.playing("every connection\n  C| go\n  S| yes").over(transport).start();
        Tap tap = Tap.to(server).in(Weather.parse("refuse 500ms")).start()) {
      assertThatThrownBy(() -> askOnce(transport, tap)).isInstanceOf(IOException.class);
      String answer = "";
      while (answer.isEmpty() && !Thread.currentThread().isInterrupted()) {
        try {
          answer = askOnce(transport, tap);
        } catch (ConnectException | PortUnreachableException | SocketTimeoutException e) {
          Thread.onSpinWait();
        }
      }
      assertThat(answer).isEqualTo("yes");
      tap.inject(Fault.refuse(ofMillis(1)));
      assertThat(tap.backgroundFailures()).isEmpty();
    }
  }

  private static String askOnce(Transport transport, Tap tap) throws IOException {
    if (transport == Transport.TCP) {
      try (Socket socket = connect(tap)) {
        socket.getOutputStream().write("go".getBytes(US_ASCII));
        return new String(socket.getInputStream().readNBytes(3), US_ASCII);
      }
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(1_000);
      socket.connect(tap.address());
      socket.send(new DatagramPacket("go".getBytes(US_ASCII), 2));
      DatagramPacket answer = new DatagramPacket(new byte[9], 9);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), US_ASCII);
    }
  }
}
