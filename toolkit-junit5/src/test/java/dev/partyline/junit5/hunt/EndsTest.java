package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Listener;
import dev.partyline.wire.Side;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Programs that do not see how a connection ends, or that it does not. */
class EndsTest {
  private static final int READ_TIMEOUT_MILLIS = 400;

  /** A client that has the answer, or an error. */
  abstract static class Asking {
    int readTimeoutMillis() {
      return READ_TIMEOUT_MILLIS;
    }

    abstract String readAnswer(InputStream in) throws IOException;

    String ask(Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        socket.setSoTimeout(readTimeoutMillis());
        socket.getOutputStream().write("ask\r\n".getBytes(US_ASCII));
        return readAnswer(socket.getInputStream());
      }
    }

    @InEveryWeather(broken = Side.SERVER)
    void hasTheWholeAnswerOrAnError(
        @ScriptedListener("C: ask\nS| 8:answered\nS! close") Listener server) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(3),
          () -> {
            String answer;
            try {
              answer = ask(server);
            } catch (IOException e) {
              return;
            }
            assertThat(answer).isEqualTo("8:answered");
          });
    }
  }

  /** The twin of all of them. */
  static class ReadsTheLength extends Asking {
    @Override
    String readAnswer(InputStream in) throws IOException {
      byte[] answer = in.readNBytes(10);
      if (answer.length < 10) {
        throw new EOFException("the server has ended in the answer");
      }
      return new String(answer, US_ASCII);
    }
  }

  @Test
  void a_client_that_expects_the_length_of_an_answer_and_an_end_in_time_passes() {
    Hunt.of(ReadsTheLength.class).assertPassed();
  }

  @Test
  void a_close_that_is_taken_for_the_end_of_the_answer_is_found_by_a_fin_in_it() {
    Hunt.of(ReadsToTheEnd.class)
        .assertFoundBy("FIN in mid-message of the server \\(limit 5 bytes\\)");
  }

  static class ReadsToTheEnd extends Asking {
    @Override
    String readAnswer(InputStream in) throws IOException {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  @Test
  void a_reset_that_is_taken_for_an_empty_answer_is_found_by_an_rst() {
    Hunt.of(IgnoresResets.class)
        .assertFoundBy("RST in mid-message of the server \\(reset after 5 bytes\\)");
  }

  static class IgnoresResets extends ReadsTheLength {
    @Override
    String readAnswer(InputStream in) throws IOException {
      try {
        return super.readAnswer(in);
      } catch (SocketException e) {
        return "";
      }
    }
  }

  @Test
  void a_missing_read_timeout_is_found_by_silence() {
    Hunt.of(WaitsForEver.class)
        .assertFoundBy("silence in mid-message of the server \\(stall from server from byte 5\\)");
  }

  static class WaitsForEver extends ReadsTheLength {
    @Override
    int readTimeoutMillis() {
      return 0;
    }
  }

  @Test
  void a_close_in_the_body_that_only_the_head_is_safe_from_is_found_by_a_later_fin() {
    Hunt.of(ChecksTheHead.class)
        .assertFoundBy("FIN before the last byte of the server \\(limit 17 bytes\\)");
    Hunt.of(ChecksTheBody.class).assertPassed();
  }

  /** A client of a server whose answers are longer in their heads than in their bodies. */
  abstract static class Headed {
    abstract String readBody(InputStream in) throws IOException;

    @InEveryWeather(broken = Side.SERVER)
    void hasTheWholeBodyOrAnError(
        @ScriptedListener("C: ask\nS| HEAD: 4 bytes.\nS| body\nS! close") Listener server)
        throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.getOutputStream().write("ask\r\n".getBytes(US_ASCII));
        InputStream in = socket.getInputStream();
        String body;
        try {
          if (in.readNBytes(14).length < 14) {
            return;
          }
          body = readBody(in);
        } catch (IOException e) {
          return;
        }
        assertThat(body).isEqualTo("body");
      }
    }
  }

  static class ChecksTheHead extends Headed {
    @Override
    String readBody(InputStream in) throws IOException {
      return new String(in.readNBytes(4), US_ASCII);
    }
  }

  static class ChecksTheBody extends Headed {
    @Override
    String readBody(InputStream in) throws IOException {
      byte[] body = in.readNBytes(4);
      if (body.length < 4) {
        throw new EOFException("the server has ended in the body");
      }
      return new String(body, US_ASCII);
    }
  }

  @Test
  void an_answer_that_comes_after_its_reader_gave_up_is_found_by_a_very_late_message() {
    Hunt.of(AsksOnTheSameConnection.class)
        .assertFoundBy("very late message of the server \\(stall \\d+m?s from server\\)");
    Hunt.of(AsksOnAnotherConnection.class).assertPassed();
  }

  /** A client that asks until it has an answer. */
  abstract static class Repeating {
    private static final int ATTEMPTS = 4;

    abstract Socket connectionAfterTimeout(Socket timedOut, Listener server) throws IOException;

    @InEveryWeather(broken = Side.SERVER)
    void hasTheAnswerToItsLastQuestion(
        @ScriptedListener("every connection\n  repeat\n    C: ${number:[0-9]}\n    S: ${number}")
            Listener server)
        throws IOException {
      Socket socket = new Socket(server.host(), server.port());
      try {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
          socket.setSoTimeout(READ_TIMEOUT_MILLIS);
          socket.getOutputStream().write((attempt + "\r\n").getBytes(US_ASCII));
          try {
            byte[] answer = socket.getInputStream().readNBytes(3);
            assertThat(answer.length < 3 ? attempt : answer[0] - '0').isEqualTo(attempt);
            return;
          } catch (SocketTimeoutException e) {
            socket = connectionAfterTimeout(socket, server);
          }
        }
      } catch (SocketException e) {
        // The server has reset the connection.
      } finally {
        socket.close();
      }
    }
  }

  static class AsksOnTheSameConnection extends Repeating {
    @Override
    Socket connectionAfterTimeout(Socket timedOut, Listener server) {
      return timedOut;
    }
  }

  static class AsksOnAnotherConnection extends Repeating {
    @Override
    Socket connectionAfterTimeout(Socket timedOut, Listener server) throws IOException {
      timedOut.close();
      return new Socket(server.host(), server.port());
    }
  }

  @Test
  void a_close_that_crosses_the_next_request_is_found_by_a_late_end() {
    Hunt.of(TrustsTheStaleCheck.class)
        .assertFoundBy("late end of the server \\(slow close \\d+ms from server\\)");
    Hunt.of(AsksAgain.class).assertPassed();
  }

  /** A client that keeps its connection for the next request, unless the server has closed it. */
  abstract static class Pooled {
    private static final String SCRIPT =
        """
        connection
          C: one
          S: 1
          S! close
          C: ...
        connection
          C: two
          S: 2
          C! finish
        connection
          C: three
          S: 3
          C! finish
        """;

    abstract String ask(Socket kept, Listener server) throws IOException;

    static String ask(Socket socket, String question) throws IOException {
      socket.getOutputStream().write((question + "\r\n").getBytes(US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(3);
      if (answer.length < 3) {
        throw new EOFException("the server has ended before the answer");
      }
      return new String(answer, US_ASCII).strip();
    }

    static String askAnew(Listener server, String question) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        return ask(socket, question);
      }
    }

    static boolean isStale(Socket socket) throws IOException {
      socket.setSoTimeout(1);
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException e) {
        return false;
      } finally {
        socket.setSoTimeout(0);
      }
    }

    @InEveryWeather
    void asksTwice(@ScriptedListener(SCRIPT) Listener server) throws IOException {
      try (Socket kept = new Socket(server.host(), server.port())) {
        assertThat(ask(kept, "one")).isEqualTo("1");
        assertThat(askAnew(server, "two")).isEqualTo("2");
        assertThat(ask(kept, server)).isEqualTo("3");
      }
    }
  }

  static class TrustsTheStaleCheck extends Pooled {
    @Override
    String ask(Socket kept, Listener server) throws IOException {
      return isStale(kept) ? askAnew(server, "three") : ask(kept, "three");
    }
  }

  static class AsksAgain extends Pooled {
    @Override
    String ask(Socket kept, Listener server) throws IOException {
      if (!isStale(kept)) {
        try {
          return ask(kept, "three");
        } catch (EOFException | SocketException e) {
          // The close of the server has crossed the request: it has not seen it.
        }
      }
      return askAnew(server, "three");
    }
  }
}
