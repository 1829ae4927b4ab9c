package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.loopback.Client;
import dev.partyline.loopback.Listener;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Programs that take what one read returns for more than it is. */
class PiecesTest {
  private static byte[] readSome(InputStream in) throws IOException {
    byte[] room = new byte[256];
    int count = in.read(room);
    if (count < 0) {
      throw new EOFException("the server has ended too early");
    }
    return Arrays.copyOf(room, count);
  }

  @Test
  void a_partial_read_is_found_by_one_cut() {
    Hunt.of(OneRead.class).assertFoundBy("each message in halves \\(slice at 1 from server\\)");
    Hunt.of(AllReads.class).assertPassed();
  }

  abstract static class Entry {
    abstract byte[] readRecord(InputStream in) throws IOException;

    @InEveryWeather
    void readsARecord(@ScriptedListener("S| 12345678") Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        assertThat(readRecord(socket.getInputStream())).asString(US_ASCII).isEqualTo("12345678");
      }
    }
  }

  static class OneRead extends Entry {
    @Override
    byte[] readRecord(InputStream in) throws IOException {
      return readSome(in);
    }
  }

  static class AllReads extends Entry {
    @Override
    byte[] readRecord(InputStream in) throws IOException {
      return in.readNBytes(8);
    }
  }

  @Test
  void a_character_that_is_decoded_in_two_reads_is_found_by_the_cut_in_it() {
    Hunt.of(DecodesEachRead.class).assertFoundBy(".* \\(slice at 2 from server\\)");
    Hunt.of(DecodesTheStream.class).assertPassed();
  }

  abstract static class Text {
    abstract String readText(InputStream in) throws IOException;

    @InEveryWeather
    void readsText(@ScriptedListener("S| für!\nS! close") Listener server) throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        assertThat(readText(socket.getInputStream())).isEqualTo("für!");
      }
    }
  }

  static class DecodesEachRead extends Text {
    @Override
    String readText(InputStream in) throws IOException {
      StringBuilder text = new StringBuilder();
      byte[] room = new byte[64];
      for (int count = in.read(room); count > 0; count = in.read(room)) {
        text.append(new String(room, 0, count, UTF_8));
      }
      return text.toString();
    }
  }

  static class DecodesTheStream extends Text {
    @Override
    String readText(InputStream in) throws IOException {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void a_header_whose_end_is_in_two_reads_is_found_by_a_cut_in_its_end() {
    Hunt.of(SearchesEachRead.class).assertFoundBy(".* \\(slice at 11 from server\\)");
    Hunt.of(SearchesAllReads.class).assertPassed();
  }

  abstract static class Header {
    abstract String readHeader(InputStream in) throws IOException;

    @InEveryWeather
    void readsAHeader(
        @ScriptedListener("S: Length: 10\nS:\nS| 0123456789\nS! close") Listener server)
        throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        assertThat(readHeader(socket.getInputStream())).isEqualTo("Length: 10");
      }
    }
  }

  static class SearchesEachRead extends Header {
    @Override
    String readHeader(InputStream in) throws IOException {
      StringBuilder header = new StringBuilder();
      while (true) {
        String text = new String(readSome(in), US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        if (end >= 0) {
          return header.append(text, 0, end).toString();
        }
        header.append(text);
      }
    }
  }

  static class SearchesAllReads extends Header {
    @Override
    String readHeader(InputStream in) throws IOException {
      StringBuilder all = new StringBuilder();
      while (all.indexOf("\r\n\r\n") < 0) {
        all.append(new String(readSome(in), US_ASCII));
      }
      return all.substring(0, all.indexOf("\r\n\r\n"));
    }
  }

  @Test
  void a_line_end_far_from_the_beginning_is_found_by_a_cut_in_it() {
    Hunt.of(SearchesEachReadForALine.class)
        .assertFoundBy("between CR and LF \\(slice at 121 from server\\)");
    Hunt.of(SearchesAllReadsForALine.class).assertPassed();
  }

  abstract static class LongLine {
    private static final String TWENTY = "20 letters in a line";
    private static final String LINE = TWENTY + TWENTY + TWENTY + TWENTY + TWENTY + TWENTY;

    abstract String readLine(InputStream in) throws IOException;

    @InEveryWeather
    void readsALongLine(@ScriptedListener("S: " + LINE + "\nS! close") Listener server)
        throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        assertThat(readLine(socket.getInputStream())).isEqualTo(LINE);
      }
    }
  }

  static class SearchesEachReadForALine extends LongLine {
    @Override
    String readLine(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        String text = new String(readSome(in), US_ASCII);
        int end = text.indexOf("\r\n");
        if (end >= 0) {
          return line.append(text, 0, end).toString();
        }
        line.append(text);
      }
    }
  }

  static class SearchesAllReadsForALine extends LongLine {
    @Override
    String readLine(InputStream in) throws IOException {
      return new BufferedReader(new InputStreamReader(in, US_ASCII)).readLine();
    }
  }

  @Test
  void a_second_message_in_the_same_read_is_found_by_joining_them() {
    Hunt.of(OneMessageARead.class).assertFoundBy("everything together \\(coalesce \\d+ms\\)");
    Hunt.of(AnyMessagesARead.class).assertPassed();
  }

  abstract static class Events {
    abstract String readTwo(InputStream in) throws IOException;

    @InEveryWeather
    void readsBoth(@ScriptedListener("S: one\npause 250ms\nS: two\nS! close") Listener server)
        throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        assertThat(readTwo(socket.getInputStream())).isEqualTo("one, two");
      }
    }
  }

  static class OneMessageARead extends Events {
    /** Returns the first line, and forgets what came with it. */
    private static String readLine(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.indexOf("\r\n") < 0) {
        line.append(new String(readSome(in), US_ASCII));
      }
      return line.substring(0, line.indexOf("\r\n"));
    }

    @Override
    String readTwo(InputStream in) throws IOException {
      return readLine(in) + ", " + readLine(in);
    }
  }

  static class AnyMessagesARead extends Events {
    @Override
    String readTwo(InputStream in) throws IOException {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, US_ASCII));
      return lines.readLine() + ", " + lines.readLine();
    }
  }

  @Test
  void an_answer_before_the_request_is_complete_is_found_by_a_cut_in_the_request() {
    Hunt.of(AnswersTheFirstRead.class)
        .assertFoundBy("each message in halves \\(slice at 1 from client\\)");
    Hunt.of(AnswersTheRequest.class).assertPassed();
  }

  abstract static class Server {
    abstract String readRequest(InputStream in) throws IOException;

    private void serve(ServerSocket server) {
      try (Socket socket = server.accept()) {
        String answer = readRequest(socket.getInputStream()).length() + " letters\r\n";
        socket.getOutputStream().write(answer.getBytes(US_ASCII));
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @InEveryWeather
    void countsLetters() throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(server));
        try (Client client = Client.to(server.getLocalSocketAddress()).start()) {
          client.send("count me\r\n");
          assertThat(client.readLine()).isEqualTo("8 letters");
        }
        serving.join();
      }
    }
  }

  static class AnswersTheFirstRead extends Server {
    @Override
    String readRequest(InputStream in) throws IOException {
      return new String(readSome(in), US_ASCII).strip();
    }
  }

  static class AnswersTheRequest extends Server {
    @Override
    String readRequest(InputStream in) throws IOException {
      return new BufferedReader(new InputStreamReader(in, US_ASCII)).readLine();
    }
  }
}
