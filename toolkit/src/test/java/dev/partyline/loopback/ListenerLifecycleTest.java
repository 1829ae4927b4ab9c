package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.peers.Program;
import dev.partyline.script.Script;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListenerLifecycleTest {
  private static final Script PING = Script.parse("C: PING\nS: +PONG\n");

  @Test
  void its_text_shows_its_state() {
    ListenerSpec spec = Listener.silent();
    assertThat(spec).hasToString("Listener{tcp 127.0.0.1:0, silent, not started}");
    Listener listener = spec.start();
    String address = "tcp 127.0.0.1:" + listener.port();
    assertThat(listener).hasToString("Listener{" + address + ", silent}");
    listener.close();
    assertThat(listener).hasToString("Listener{" + address + ", silent, closed}");
    assertThat(Listener.playing(PING)).hasToString("Listener{tcp 127.0.0.1:0, not started}");
  }

  @Test
  void making_a_spec_starts_no_thread() {
    // In a JVM of its own, because the loop of an earlier test lives on for a second.
    String printed =
        Program.run(
            "",
            "env",
            Path.of(System.getProperty("java.home"), "bin", "java"),
            "-cp",
            System.getProperty("java.class.path"),
            ListenerLifecycleTest.class.getName());
    assertThat(printed.strip()).isEqualTo("3 specs, []");
  }

  public static void main(String[] arguments) {
    List<Object> specs =
        List.of(Listener.playing(PING), Client.to("127.0.0.1", 80).playing(PING), Tap.to(80));
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("partyline"))
            .toList();
    System.out.println(specs.size() + " specs, " + threads);
  }

  @Test
  void it_publishes_literal_addresses() {
    try (Listener four = Listener.silent().start();
        Listener six = Listener.silent().overIpv6().start();
        Listener unix = Listener.silent().over(Transport.UNIX).start()) {
      assertThat(four.host()).isEqualTo("127.0.0.1");
      assertThat(four.port()).isPositive();
      assertThat(six.host()).isEqualTo("::1");
      assertThat(six).hasToString("Listener{tcp [::1]:" + six.port() + ", silent}");
      assertThat(unix.path()).exists();
      assertThatThrownBy(unix::port).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(four::path).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_spec_is_a_value_that_can_be_started_repeatedly() {
    ListenerSpec spec = Listener.playing(PING);
    spec.onPort(1).over(Transport.UDP);
    try (Listener one = spec.start();
        Listener other = spec.start()) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(one.marks()).isNotSameAs(other.marks());
    }
  }

  @Test
  void after_closing_a_connect_is_refused_and_the_port_can_be_bound() throws Exception {
    Listener listener = Listener.silent().start();
    InetAddress host = InetAddress.getByName(listener.host());
    try (Socket peer = new Socket(host, listener.port())) {
      listener.close();
      listener.close();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
      assertThatThrownBy(() -> new Socket(host, listener.port()).close())
          .isInstanceOf(ConnectException.class);
    }
    new ServerSocket(listener.port(), 1, host).close();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void hundreds_of_lifecycles_leave_no_descriptor_behind(Transport transport) {
    Listener.playing(PING).over(transport).start().close();
    Descriptors before = new Descriptors();
    for (int i = 0; i < 300; i++) {
      try (Listener listener = Listener.playing(PING).over(transport).start();
          Client client = Client.to(listener.address()).over(transport).start()) {
        client.send("PING\r\n");
        client.expect("+PONG\r\n");
      }
    }
    before.assertNothingLeftOpen();
  }

  @Test
  void a_temporary_path_is_deleted() {
    Path path;
    try (Listener listener = Listener.silent().over(Transport.UNIX).start()) {
      path = listener.path();
    }
    assertThat(Files.exists(path)).isFalse();
  }

  @Test
  void it_can_be_closed_by_many_threads_at_once() throws Exception {
    Listener listener = Listener.silent().start();
    try (Socket peer = new Socket(listener.host(), listener.port())) {
      CountDownLatch go = new CountDownLatch(1);
      List<Throwable> thrown = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    go.await();
                    listener.close();
                    new ServerSocket(listener.port(), 1, InetAddress.getByName(listener.host()))
                        .close();
                  } catch (BindException e) {
                    // Another of these threads has the port at the moment.
                  } catch (Throwable e) {
                    synchronized (thrown) {
                      thrown.add(e);
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      go.countDown();
      for (Thread thread : threads) {
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
      }
      assertThat(thrown).isEmpty();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void draining_input_waits_for_all_that_peers_have_sent() throws Exception {
    try (Listener listener = Listener.silent().start()) {
      for (int i = 1; i <= 50; i++) {
        try (Socket peer = new Socket(listener.host(), listener.port())) {
          peer.getOutputStream().write(new byte[1_000]);
          listener.drainInput();
          assertThat(listener.recording().byteCount(Side.CLIENT)).isEqualTo(i * 1_000L);
        }
      }
    }
  }
}
