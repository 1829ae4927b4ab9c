package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ListenerModesTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void a_silent_listener_reads_and_sends_nothing() throws Exception {
    try (Listener listener = Listener.silent().start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      peer.getOutputStream().write(new byte[3_000_000]);
      assertThat(
              listener
                  .recording()
                  .await(() -> listener.recording().byteCount(Side.CLIENT) == 3_000_000, SOON))
          .isTrue();
      peer.setSoTimeout(50);
      assertThatThrownBy(() -> peer.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void a_listener_that_never_reads_blocks_its_peer() throws Exception {
    try (Listener listener = Listener.neverReading().start();
        SocketChannel peer = SocketChannel.open(listener.address())) {
      peer.configureBlocking(false);
      ByteBuffer much = ByteBuffer.allocateDirect(100_000_000);
      int failedWrites = 0;
      while (failedWrites < 1_000) {
        failedWrites = peer.write(much) == 0 ? failedWrites + 1 : 0;
        Thread.onSpinWait();
      }
      assertThat(much.hasRemaining()).isTrue();
      Recording recording = listener.recording();
      assertThat(recording.await(() -> recording.connections() == 1, SOON)).isTrue();
      listener.drainInput();
      assertThat(recording.byteCount(Side.CLIENT)).isZero();
    }
  }

  @Test
  void a_listener_that_never_accepts_lets_a_connect_time_out() throws Exception {
    try (Listener listener = Listener.neverAccepting().start()) {
      for (int i = 0; i < 5; i++) {
        try (Socket peer = new Socket()) {
          assertThatThrownBy(() -> peer.connect(listener.address(), 50))
              .isInstanceOf(SocketTimeoutException.class);
        }
      }
      assertThat(listener.recording().connections()).isZero();
    }
  }

  @Test
  void a_refusing_listener_holds_its_port_and_refuses() throws Exception {
    try (Listener listener = Listener.refusing().start()) {
      for (int i = 0; i < 100; i++) {
        try (Socket peer = new Socket()) {
          assertThatThrownBy(() -> peer.connect(listener.address()))
              .isInstanceOf(ConnectException.class);
        }
      }
      assertThatThrownBy(() -> Listener.silent().onPort(listener.port()).start())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void a_refusing_unix_socket_exists_and_refuses() {
    try (Listener listener = Listener.refusing().over(Transport.UNIX).start()) {
      assertThat(listener.path()).exists();
      assertThatThrownBy(() -> SocketChannel.open(listener.address()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void a_refusing_udp_port_answers_by_icmp() throws Exception {
    try (Listener listener = Listener.refusing().over(Transport.UDP).start();
        DatagramSocket peer = new DatagramSocket()) {
      peer.connect(listener.address());
      peer.setSoTimeout(2_000);
      peer.send(new DatagramPacket(new byte[1], 1));
      assertThatThrownBy(() -> peer.receive(new DatagramPacket(new byte[1], 1)))
          .isInstanceOf(PortUnreachableException.class);
    }
  }
}
