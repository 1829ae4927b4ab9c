package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.script.Script;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.tls.Tls;
import dev.partyline.tls.TlsFault;
import dev.partyline.wire.Recording;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fault of TLS causes is told with the fault, so that no peer gets the blame. */
class TlsFaultNotesTest {
  private static final Duration SOON = ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Script HELLO = Script.parse("C: hello\nS: hi\nS! close\n");

  private static Tls failing(TlsFault fault) {
    return Tls.standard().failing(fault);
  }

  /** The silence of an end is told when its time is up, all else at once. */
  private static Duration deadline(TlsFault fault) {
    return fault instanceof TlsFault.NoHello ? SHORT : SOON;
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(TlsFault.closeAfter(50), "TlsFault.closeAfter: a close after 50 bytes"),
        Arguments.of(
            TlsFault.fatalAlert("handshake_failure"),
            "TlsFault.fatalAlert: handshake_failure instead of a hello"),
        Arguments.of(TlsFault.garbage(), "TlsFault.garbage: garbage instead of a hello"),
        Arguments.of(TlsFault.wrongVersion(), "TlsFault.wrongVersion: a hello of SSL 3.0"),
        Arguments.of(TlsFault.noHello(), "TlsFault.noHello: silence instead of a hello"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_listener_that_fails_on_purpose_says_so_in_notes_ends_and_failures(
      TlsFault fault, String words) throws IOException {
    String text = "the server failed on purpose by " + words;
    try (Listener web =
            Listener.playing(HELLO).deadline(deadline(fault)).tls(failing(fault)).start();
        SSLSocket client = socket(web.port())) {
      assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
      assertThat(web).within(SOON).finishedScript();
      assertThat(web.runs().get(0).problem()).contains(text);
      assertThat(transcript(web.recording())).contains("# ", text);
      assertThat(transcript(web.recording())).doesNotContain("the script failed");
      assertThatThrownBy(() -> assertThat(web).connection(1).client().sentLine("hello"))
          .hasMessageContaining(text.substring(0, text.indexOf(':')));
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_client_that_fails_on_purpose_says_so(TlsFault fault, String words) {
    try (Listener silent = Listener.silent().start();
        Client client =
            Client.to(silent.address())
                .playing(HELLO)
                .deadline(deadline(fault))
                .tls(failing(fault))
                .start()) {
      assertThat(client).within(SOON).finishedScript();
      assertThat(client.runs().get(0).problem())
          .contains("the client failed on purpose by " + words);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_tap_that_fails_on_purpose_says_so(TlsFault fault, String words) throws IOException {
    try (Listener web = Listener.silent().start();
        Tap tap = Tap.to(web.port()).clientTls(failing(fault)).start()) {
      try (SSLSocket client = socket(tap.port())) {
        client.setSoTimeout(300);
        assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
      }
      tap.recording().awaitClosed(SOON);
      assertThat(transcript(tap.recording())).contains("the server failed on purpose by " + words);
    }
  }

  @Test
  void a_client_that_hangs_up_on_a_silent_listener_is_told_with_the_silence() throws IOException {
    try (Listener web =
        Listener.playing(HELLO).deadline(SOON).tls(failing(TlsFault.noHello())).start()) {
      try (SSLSocket client = socket(web.port())) {
        client.setSoTimeout(200);
        assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
      }
      assertThat(web).within(SOON).finishedScript();
      assertThat(web.runs().get(0).problem())
          .isEqualTo(
              "the client closed the connection in the middle of the handshake; the server failed"
                  + " on purpose by TlsFault.noHello: silence instead of a hello");
    }
  }

  @Test
  void a_wait_that_times_out_is_told_of_the_fault_of_its_own_end() {
    try (Listener silent = Listener.silent().start();
        Client client =
            Client.to(silent.address()).deadline(SHORT).tls(failing(TlsFault.noHello())).start()) {
      assertThatThrownBy(() -> client.expectLine("hello"))
          .hasMessageContaining(
              "the two sides have not agreed on TLS; the client failed on purpose");
    }
  }

  @Test
  void an_end_without_a_close_notify_is_recorded_at_the_end_that_omits_it() throws IOException {
    try (Listener web = Listener.playing(HELLO).tls(failing(TlsFault.noCloseNotify())).start();
        SSLSocket client = socket(web.port())) {
      client.getOutputStream().write("hello\r\n".getBytes(UTF_8));
      assertThat(web).within(SOON).finishedScript();
      assertThat(transcript(web.recording()))
          .contains(
              "the server failed on purpose by TlsFault.noCloseNotify: an end without a close_notify");
      assertThat(web).within(SOON).connection(1).server().sentFin();
    }
  }

  @Test
  void the_failure_of_a_refused_renegotiation_names_the_fault() throws IOException {
    Tls tls = failing(TlsFault.renegotiationRefused()).protocols("TLSv1.2");
    try (Listener web = Listener.playing(HELLO).tls(tls).start();
        SSLSocket client = socket(web.port())) {
      client.startHandshake();
      client.getOutputStream().write('h');
      startAgain(client);
      assertThat(web).within(SOON).finishedScript();
      assertThat(web.runs().get(0).problem())
          .isEqualTo(
              "the server failed on purpose by TlsFault.renegotiationRefused: a refused"
                  + " renegotiation");
    }
  }

  private static void startAgain(SSLSocket client) throws IOException {
    try {
      client.startHandshake();
    } catch (SSLException e) {
      // It has read the alert already.
      assertThat(e).hasMessageNotContaining("timed out");
    }
  }

  private static String transcript(Recording recording) {
    return Transcript.exact(recording).toString();
  }

  private static SSLSocket socket(int port) throws IOException {
    Socket socket =
        Tls.standard().trust().context().getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout((int) SOON.toMillis());
    return (SSLSocket) socket;
  }
}
