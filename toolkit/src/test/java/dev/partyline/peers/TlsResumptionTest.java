package dev.partyline.peers;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.script.Script;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.TlsSession;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are resumed by real clients, and by ours, at listeners and through taps. */
class TlsResumptionTest {
  private static final Duration SOON = ofSeconds(30);
  private static final Script HELLO =
      Script.parse("eol lf\nevery connection\n  C: hello\n  S: hi\n  S! close\n");

  @TempDir private Path folder;

  private static Listener listener(Tls tls) {
    return Listener.playing(HELLO).deadline(SOON).tls(tls).start();
  }

  /** Returns for each connection whether the session with a side was resumed. */
  private static List<Boolean> resumed(Recording recording, Side peer) {
    recording.awaitClosed(SOON);
    return recording.conversations().stream()
        .flatMap(conversation -> conversation.tlsSessions().stream())
        .filter(session -> session.peer() == peer)
        .map(TlsSession::resumed)
        .collect(Collectors.toList());
  }

  private String openssl(int port, String... more) {
    Object[] arguments = new Object[more.length + 5];
    List<String> first = List.of("s_client", "-quiet", "-ign_eof", "-connect", "127.0.0.1:" + port);
    System.arraycopy(first.toArray(), 0, arguments, 0, first.size());
    System.arraycopy(more, 0, arguments, first.size(), more.length);
    return Program.run("hello\n", "openssl", arguments);
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3, ''", "TLSv1.2, ''", "TLSv1.2, -no_ticket"})
  void openssl_resumes_a_session_that_it_has_kept(String version, String option) {
    Path session = folder.resolve("session.pem");
    String[] keeping = {"-sess_out", session.toString()};
    String[] resuming = {"-sess_in", session.toString()};
    if (!option.isEmpty()) {
      keeping = new String[] {"-sess_out", session.toString(), option};
      resuming = new String[] {"-sess_in", session.toString(), option};
    }
    try (Listener listener = listener(Tls.standard().protocols(version))) {
      assertThat(openssl(listener.port(), keeping)).contains("hi");
      assertThat(openssl(listener.port(), resuming)).contains("hi");
      assertThat(resumed(listener.recording(), Side.CLIENT)).containsExactly(false, true);
      assertThat(Transcript.exact(listener.recording()).toString()).contains(", resumed");
      assertThat(listener).within(SOON).finishedScript();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_listener_without_resumption_and_one_that_was_started_again_resume_nothing(String version) {
    Path session = folder.resolve("session.pem");
    Tls tls = Tls.standard().protocols(version);
    try (Listener listener = listener(tls.withoutResumption())) {
      assertThat(openssl(listener.port(), "-sess_out", session.toString())).contains("hi");
      assertThat(openssl(listener.port(), "-sess_in", session.toString())).contains("hi");
      assertThat(resumed(listener.recording(), Side.CLIENT)).containsExactly(false, false);
    }
    try (Listener listener = listener(tls)) {
      assertThat(openssl(listener.port(), "-sess_out", session.toString())).contains("hi");
    }
    try (Listener listener = listener(tls)) {
      assertThat(openssl(listener.port(), "-sess_in", session.toString())).contains("hi");
      assertThat(resumed(listener.recording(), Side.CLIENT)).containsExactly(false);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_client_of_the_jdk_resumes_at_a_listener_and_through_a_decrypting_tap(String version)
      throws IOException {
    Tls tls = Tls.standard().protocols(version);
    SSLContext context = tls.trust().context();
    try (Listener listener = listener(tls)) {
      greet(context, listener.port());
      greet(context, listener.port());
      assertThat(resumed(listener.recording(), Side.CLIENT)).containsExactly(false, true);
    }
    try (Listener listener = listener(tls);
        Tap tap = Tap.to(listener.port()).decrypting().start()) {
      greet(context, tap.port());
      greet(context, tap.port());
      assertThat(resumed(tap.recording(), Side.CLIENT)).containsExactly(false, true);
      assertThat(resumed(tap.recording(), Side.SERVER)).containsExactly(false, true);
      assertThat(resumed(listener.recording(), Side.CLIENT)).containsExactly(false, true);
    }
  }

  @Test
  void a_tap_without_resumption_resumes_with_neither_side() throws IOException {
    SSLContext context = Tls.standard().trust().context();
    try (Listener listener = listener(Tls.standard());
        Tap tap =
            Tap.to(listener.port())
                .clientTls(Tls.standard().withoutResumption())
                .serverTls(Tls.standard().withoutResumption())
                .start()) {
      greet(context, tap.port());
      greet(context, tap.port());
      assertThat(resumed(tap.recording(), Side.CLIENT)).containsExactly(false, false);
      assertThat(resumed(tap.recording(), Side.SERVER)).containsExactly(false, false);
    }
  }

  private static void greet(SSLContext context, int port) throws IOException {
    try (Socket client = context.getSocketFactory().createSocket("127.0.0.1", port)) {
      client.setSoTimeout((int) SOON.toMillis());
      client.getOutputStream().write("hello\n".getBytes(UTF_8));
      assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("hi\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void our_clients_resume_what_was_agreed_on_with_the_same_value(String version) {
    try (Listener listener = listener(Tls.standard().protocols(version))) {
      Tls tls = Tls.standard();
      assertThat(isResumedBy(tls, listener)).isFalse();
      assertThat(isResumedBy(tls, listener)).isTrue();
      assertThat(isResumedBy(tls.withoutResumption(), listener)).isFalse();
      assertThat(isResumedBy(Tls.standard(), listener)).isFalse();
    }
  }

  private static boolean isResumedBy(Tls tls, Listener listener) {
    try (Client client = Client.to(listener.address()).deadline(SOON).tls(tls).start()) {
      client.send("hello\n");
      client.expect("hi\n");
      assertThat(client.readToEnd().isEmpty()).isTrue();
      return client.conversation().tlsSessions().get(0).resumed();
    }
  }

  @Test
  void a_session_is_resumed_after_starttls() throws IOException {
    Script mail = Script.parse("eol lf\nevery connection\n  C: go\n  tls\n  C: hello\n  S: hi\n");
    SSLContext context = Tls.standard().trust().context();
    try (Listener listener = Listener.playing(mail).deadline(SOON).start()) {
      for (int i = 0; i < 2; i++) {
        try (Socket plain = new Socket("127.0.0.1", listener.port())) {
          plain.getOutputStream().write("go\n".getBytes(UTF_8));
          Socket secured =
              context.getSocketFactory().createSocket(plain, "127.0.0.1", listener.port(), true);
          secured.getOutputStream().write("hello\n".getBytes(UTF_8));
          assertThat(secured.getInputStream().readNBytes(3)).asString(UTF_8).isEqualTo("hi\n");
        }
      }
      assertThat(resumed(listener.recording(), Side.CLIENT)).containsExactly(false, true);
    }
  }
}
