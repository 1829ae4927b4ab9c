package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.internal.secrets.Outputs;
import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a conversation is kept and carried, its secrets are not shown. */
class RecordedSecretsTest {
  private static final String SECRET = "Zq7rX2mLw9kTp4Vd";
  private static final String REQUEST =
      "GET / HTTP/1.1\r\nX-Filler: "
          + "f".repeat(200)
          + "\r\nAuthorization: Bearer "
          + SECRET
          + "\r\nX-Api-Key: "
          + SECRET
          + "\r\n\r\n";

  private static void assertHidden(Conversation conversation) {
    for (String output : Outputs.of(conversation)) {
      assertThat(output)
          .doesNotContain(SECRET.substring(0, 7))
          .doesNotContain(SECRET.substring(7))
          .doesNotContain(SECRET.substring(4, 12));
    }
  }

  static Stream<RecordingPolicy> policies() {
    return Stream.of(
        RecordingPolicy.everything(),
        RecordingPolicy.everything().inMemory(0),
        RecordingPolicy.everything().inMemory(100),
        RecordingPolicy.headAndTail(0, 60),
        RecordingPolicy.headAndTail(200, 0),
        RecordingPolicy.headAndTail(250, 10),
        RecordingPolicy.headAndTail(100, 40),
        RecordingPolicy.headAndTail(100, 60));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whatever_is_kept(RecordingPolicy policy) {
    try (Listener listener = Listener.silent().keeping(policy).start();
        Client client = Client.to(listener.address()).start()) {
      for (int i = 0; i < REQUEST.length(); i += 7) {
        client.send(REQUEST.substring(i, Math.min(REQUEST.length(), i + 7)));
      }
      listener.recording().awaitBytes(Side.CLIENT, REQUEST.length(), Duration.ofSeconds(30));
      // The conversation is still going on.
      assertHidden(listener.recording().conversations().get(0));
    }
  }

  @Test
  void each_byte_that_comes_shows_no_more() {
    try (Listener listener = Listener.silent().start();
        Client client = Client.to(listener.address()).start()) {
      for (int i = 0; i < REQUEST.length(); i++) {
        client.send(REQUEST.substring(i, i + 1));
        listener.recording().awaitBytes(Side.CLIENT, i + 1, Duration.ofSeconds(30));
        assertHidden(listener.recording().conversations().get(0));
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_socket_with_a_path(@TempDir Path folder) {
    try (Listener listener = Listener.silent().onPath(folder.resolve("s")).start();
        Client client = Client.to(listener.address()).start()) {
      client.send(REQUEST);
      listener.recording().awaitBytes(Side.CLIENT, REQUEST.length(), Duration.ofSeconds(30));
      assertHidden(listener.recording().conversations().get(0));
    }
  }

  @Test
  void datagrams_each_by_itself() {
    List<String> datagrams =
        List.of(
            "REGISTER sip:a SIP/2.0\r\nAuthorization: Digest username=\"u\", response=\""
                + SECRET
                + "\"\r\nCSeq: 1 REGISTER\r\n\r\n",
            "REGISTER sip:a SIP/2.0\r\nProxy-Authorization: Digest response=\"" + SECRET + "\"\r\n",
            "INVITE sip:a SIP/2.0\r\n\r\nv=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc\r\n",
            "<34>1 2026-01-01T00:00:00Z host app - - - login password=" + SECRET,
            "token: " + SECRET,
            "{\"password\":\"" + SECRET + "\"}",
            "api_key=" + SECRET);
    try (Listener listener = Listener.silent().over(Transport.UDP).start();
        Client client = Client.to(listener.address()).over(Transport.UDP).start()) {
      int sent = 0;
      for (String datagram : datagrams) {
        client.send(datagram);
        sent += datagram.length();
        // So that none of them overtakes another.
        listener.recording().awaitBytes(Side.CLIENT, sent, Duration.ofSeconds(30));
      }
      assertHidden(listener.recording().conversations().get(0));
    }
  }

  @Test
  void a_request_of_radius() {
    String attributes = "\1\4me\2\22" + SECRET + "\4\6\177\0\0\1\3\22" + SECRET;
    String head = "\1\7\0" + (char) (20 + attributes.length()) + "0123456789abcdef";
    Conversation conversation =
        ConversationBuilder.udp().client("\1\1\0\24").client(head + attributes).conversation();
    assertHidden(conversation);
    assertThat(Outputs.of(conversation).get(0)).contains("01 04 6d 65 02 12 \"***");
  }

  @Test
  void a_datagram_that_ends_does_not_hide_the_next() {
    Conversation conversation =
        ConversationBuilder.udp().client("password=").client("hello").conversation();
    assertThat(Outputs.of(conversation).get(0)).contains("hello");
  }
}
