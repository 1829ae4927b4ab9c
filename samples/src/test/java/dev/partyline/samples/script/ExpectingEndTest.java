package dev.partyline.samples.script;

import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.partyline.loopback.Listener;
import dev.partyline.script.player.EndReason;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which end of a socket of the JDK each event accepts. */
class ExpectingEndTest {
  enum End {
    HALF_CLOSE,
    CLOSE,
    ABORT
  }

  @ParameterizedTest
  @CsvSource({
    "finish, HALF_CLOSE, FINISHED",
    "finish, CLOSE,      FINISHED",
    "finish, ABORT,      PEER_RESET",
    "close,  HALF_CLOSE, FINISHED",
    "close,  CLOSE,      FINISHED",
    "close,  ABORT,      FINISHED",
    "reset,  HALF_CLOSE, PEER_FIN",
    "reset,  CLOSE,      PEER_FIN",
    "reset,  ABORT,      FINISHED",
    "stall,  HALF_CLOSE, FINISHED",
    "stall,  CLOSE,      FINISHED",
    "stall,  ABORT,      FINISHED",
  })
  void anEventAccepts(String event, End end, EndReason endReason) throws IOException {
    try (Listener listener = Listener.playing("S: hello\nC! " + event).start();
        Socket socket = new Socket(listener.host(), listener.port())) {
      socket.getInputStream().readNBytes("hello\r\n".length());
      end(socket, end);
      assertThat(listener).within(ofSeconds(5)).endedBecause(endReason);
    }
  }

  private static void end(Socket socket, End end) throws IOException {
    if (end == End.HALF_CLOSE) {
      socket.shutdownOutput();
    } else {
      socket.setSoLinger(end == End.ABORT, 0);
      socket.close();
    }
  }
}
