package dev.partyline.internal.net;

import static java.net.StandardSocketOptions.SO_LINGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketErrorTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Connection reset                                                     | RESET
          Connection reset by peer                                             | RESET
          An existing connection was forcibly closed by the remote host        | RESET
          An established connection was aborted by the software in your host machine | RESET
          Broken pipe                                                          | BROKEN_PIPE
          Connection timed out                                                 | TIMED_OUT
          Connection timed out: no further information                         | TIMED_OUT
          Operation timed out                                                  | TIMED_OUT
          Connection refused                                                   | REFUSED
          Connection refused: no further information                           | REFUSED
          Address already in use: bind                                         | ADDRESS_IN_USE
          Cannot assign requested address: bind                                | ADDRESS_NOT_AVAILABLE
          Can't assign requested address                                       | ADDRESS_NOT_AVAILABLE
          Permission denied: bind                                              | PERMISSION_DENIED
          Resource temporarily unavailable                                     | TRY_AGAIN
          Too many open files                                                  | NO_DESCRIPTORS
          Too many open files in system                                        | NO_DESCRIPTORS
          Protocol not available                                               | OTHER
          """)
  void the_message_of_a_system_is_read(String message, SocketError error) {
    assertThat(SocketError.of(new SocketException(message))).isEqualTo(error);
    assertThat(error.matches(new SocketException(message))).isTrue();
  }

  @Test
  void an_exception_without_a_message_is_read_by_its_type() {
    assertThat(SocketError.of(new SocketTimeoutException())).isEqualTo(SocketError.TIMED_OUT);
    assertThat(SocketError.of(new IOException())).isEqualTo(SocketError.OTHER);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_address_that_is_taken_or_of_another_machine() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(ANY_PORT);
        ServerSocketChannel second = ServerSocketChannel.open()) {
      assertThat(errorOf(() -> second.bind(server.getLocalAddress())))
          .isEqualTo(SocketError.ADDRESS_IN_USE);
      assertThat(errorOf(() -> second.bind(new InetSocketAddress("192.0.2.1", 0))))
          .isEqualTo(SocketError.ADDRESS_NOT_AVAILABLE);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_connect_that_is_refused() throws IOException {
    // Bound and not listening, so that no other socket can listen there.
    try (SocketChannel holder = SocketChannel.open().bind(ANY_PORT);
        SocketChannel client = SocketChannel.open()) {
      assertThat(errorOf(() -> client.connect(holder.getLocalAddress())))
          .isEqualTo(SocketError.REFUSED);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_rst_is_a_reset_for_a_read() throws IOException {
    try (Pair pair = Pair.open()) {
      pair.server.setOption(SO_LINGER, 0).close();
      assertThat(errorOf(() -> pair.client.read(ByteBuffer.allocate(1))))
          .isEqualTo(SocketError.RESET);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_rst_after_a_fin_is_a_broken_pipe_for_a_write() throws IOException {
    try (Pair pair = Pair.open()) {
      pair.server.close();
      assertThat(errorOf(() -> writeUntilItFails(pair.client))).isEqualTo(SocketError.BROKEN_PIPE);
    }
  }

  private static void writeUntilItFails(SocketChannel channel) throws IOException {
    while (true) {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    }
  }

  private static SocketError errorOf(IoRunnable action) {
    return SocketError.of(catchThrowableOfType(IOException.class, action::run));
  }

  private record Pair(SocketChannel client, SocketChannel server) implements AutoCloseable {
    static Pair open() throws IOException {
      try (ServerSocketChannel listening = ServerSocketChannel.open().bind(ANY_PORT)) {
        SocketChannel client = SocketChannel.open(listening.getLocalAddress());
        return new Pair(client, listening.accept());
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }
}
