package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.internal.text.DurationText;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.tls.Tls;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerErrorsTest {
  private Descriptors before;

  @BeforeEach
  void count() {
    // The first loop opens descriptors of its own.
    Listener.silent().start().close();
    before = new Descriptors();
  }

  @AfterEach
  void nothing_is_left_open() {
    before.assertNothingLeftOpen();
  }

  @Test
  void a_port_in_use_is_named() {
    try (Listener first = Listener.silent().start();
        Listener udp = Listener.silent().over(Transport.UDP).start()) {
      assertThatThrownBy(() -> Listener.silent().onPort(first.port()).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageStartingWith("cannot listen on tcp 127.0.0.1:" + first.port() + ": ")
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("leave the port out to get a free one");
      assertThatThrownBy(() -> Listener.silent().over(Transport.UDP).onPort(udp.port()).start())
          .hasMessageStartingWith("cannot listen on udp 127.0.0.1:" + udp.port() + ": ");
      assertThatThrownBy(() -> Listener.refusing().onPort(first.port()).start())
          .isInstanceOf(LoopbackException.class);
    }
  }

  @Test
  void a_path_that_is_too_long_is_named_with_both_numbers() {
    Path path = Path.of("/tmp/" + "x".repeat(102));
    assertThatThrownBy(() -> Listener.silent().onPath(path).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("takes 107 bytes")
        .hasMessageContaining("may take 106");
  }

  @Test
  void the_longest_path_works(@TempDir Path directory) {
    int left = 106 - directory.toString().length() - 1;
    try (Listener listener =
        Listener.silent().onPath(directory.resolve("x".repeat(left))).start()) {
      Client.to(listener.address()).start().close();
    }
  }

  @Test
  void a_path_that_exists_is_left_alone(@TempDir Path directory) throws Exception {
    Path path = Files.writeString(directory.resolve("s"), "precious");
    assertThatThrownBy(() -> Listener.silent().onPath(path).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("the path exists already");
    assertThat(path).hasContent("precious");
  }

  @Test
  void a_missing_directory_is_named(@TempDir Path directory) {
    Path path = directory.resolve("missing/s");
    assertThatThrownBy(() -> Listener.silent().onPath(path).start())
        .hasMessageContaining("there is no directory " + path.getParent());
  }

  @Test
  void an_address_of_another_machine_is_named() throws Exception {
    InetAddress elsewhere = InetAddress.getByName("192.0.2.1");
    assertThatThrownBy(() -> Listener.silent().beyondLoopback(elsewhere).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("192.0.2.1 is not an address of this machine");
  }

  @Test
  void what_makes_no_sense_together_is_reported() {
    assertThatThrownBy(() -> Listener.neverAccepting().over(Transport.UDP).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("use silent() or refusing()");
    assertThatThrownBy(() -> Listener.silent().over(Transport.UNIX).onPort(80).start())
        .isInstanceOf(LoopbackException.class)
        .hasMessageContaining("port (80)");
  }

  @Test
  void arguments_are_checked_at_once() {
    assertThatThrownBy(() -> Listener.silent().onPort(65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port (65536) must be in 0..65535");
    assertThatThrownBy(() -> Listener.silent().deadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("deadline (PT0S) must be positive");
  }

  @Test
  void a_script_that_a_listener_cannot_play_is_refused_before_anything_opens() {
    Script nameless = Script.parse("S: hello ${name}\n");
    assertThatThrownBy(() -> Listener.playing(nameless)).isInstanceOf(ScriptException.class);
    Script shuttingDown = Script.parse("C: a\nS! finish\n");
    assertThatThrownBy(() -> Listener.playing(shuttingDown).over(Transport.UDP))
        .isInstanceOf(ScriptException.class);
  }

  @Test
  void a_text_that_is_not_a_script_is_refused_as_such() {
    assertThatThrownBy(() -> Listener.playing("S: hello\nX: what"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(":2:1: ");
    ClientSpec client = Client.to("127.0.0.1", 80);
    assertThatThrownBy(() -> client.playing("S: hello\nX: what"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining(":2:1: ");
  }

  @Test
  void a_blocking_client_that_cannot_connect_says_why() {
    try (Listener refusing = Listener.refusing().start();
        Listener unresponsive = Listener.neverAccepting().start()) {
      assertThatThrownBy(() -> Client.to(refusing.address()).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageContaining("cannot connect to tcp 127.0.0.1:" + refusing.port())
          .hasMessageContaining("nothing listens there");
      Duration deadline = Duration.ofMillis(100);
      assertThatThrownBy(() -> Client.to(unresponsive.address()).deadline(deadline).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageContaining(
              "no answer within " + DurationText.words(TimeoutFactor.stretch(deadline)));
      assertThatThrownBy(() -> Client.to("no.such.host.invalid", 80).start())
          .isInstanceOf(LoopbackException.class)
          .hasMessageContaining("no host of that name");
    }
  }

  @Test
  void udp_has_no_tls() {
    assertThatThrownBy(() -> Listener.silent().tls(Tls.standard()).over(Transport.UDP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a stream, and UDP has none");
  }
}
