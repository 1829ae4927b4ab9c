package dev.partyline.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationFilterTest {
  @ParameterizedTest
  @CsvSource({
    "'',                        true,  true,  true",
    "tcp,                       true,  true,  false",
    "unix,                      false, false, true",
    "path /run/app.sock,        false, false, true",
    "port 80,                   true,  true,  false",
    "src port 80,               true,  true,  false",
    "src port 80 and dst port 80, false, false, false",
    "not src port 80,           true,  true,  true",
    "host 127.0.0.1,            true,  false, false",
    "ip6,                       false, true,  false",
    "ip6 and host ::1,          false, true,  false",
    "state established,         false, false, false"
  })
  void a_conversation_is_picked_in_either_direction(
      String expression, boolean ofClient, boolean ofUnknownClient, boolean ofUnix) {
    Filter filter = Filter.parse(expression);

    assertThat(filter.matches(conversation(Transport.TCP, "127.0.0.1:4000", "127.0.0.1:80")))
        .isEqualTo(ofClient);
    assertThat(filter.matches(conversation(Transport.TCP, "?", "[::1]:80")))
        .isEqualTo(ofUnknownClient);
    assertThat(filter.matches(conversation(Transport.UNIX, "?", "/run/app.sock")))
        .isEqualTo(ofUnix);
  }

  private static Conversation conversation(Transport transport, String client, String server) {
    return new Recorder(() -> 0).open(transport, client, server).snapshot();
  }
}
