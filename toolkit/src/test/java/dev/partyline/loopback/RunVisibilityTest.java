package dev.partyline.loopback;

import static dev.partyline.assertions.PartylineAssertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RunVisibilityTest {
  private static final int ROUNDS = 5_000;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_caller_that_has_its_answer_finds_the_script_after_it() throws IOException {
    try (Listener echo = Listener.playing("repeat\n  C: PING\n  S| +\n").start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port())) {
      socket.setTcpNoDelay(true);
      for (int i = 0; i < ROUNDS; i++) {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().read();
        assertThat(echo).finishedScript();
      }
    }
  }
}
