package dev.partyline.samples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.Cassette;
import dev.partyline.junit5.Tapped;
import dev.partyline.loopback.Tap;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A test that needs Redis only when it is recorded; its file is committed. */
class TakingTeaTest {
  private static RedisServer server;

  // tag::cassette[]
  @Tapped(to = "redis")
  @Cassette("taking-tea.wire")
  private Tap tap;

  /** Called only when the file is recorded. */
  static int redis() {
    server = RedisServer.start();
    return server.lease().port();
  }

  @Test
  void onePacketLess() throws IOException {
    assertThat(new Stock(tap.host(), tap.port()).take("tea")).isEqualTo(11);
  }

  // end::cassette[]

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }
}
