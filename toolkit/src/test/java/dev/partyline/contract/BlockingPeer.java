package dev.partyline.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One end of a connection: a plain channel of the JDK in blocking mode. The time limit of the test
 * interrupts a call that blocks for too long.
 */
final class BlockingPeer implements AutoCloseable {
  /** Longer than the kernel ever takes to pass on bytes for which there is room. */
  private static final long BLOCKED_MILLIS = 500;

  private final SocketChannel channel;

  BlockingPeer(SocketChannel channel) {
    this.channel = channel;
  }

  SocketChannel channel() {
    return channel;
  }

  void send(String text) throws IOException {
    send(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }

  void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Sends bytes of the pattern, in pieces of a size. */
  void send(Pattern pattern, long offset, long endOffset, int piece) throws IOException {
    for (long position = offset; position < endOffset; position += piece) {
      send(pattern.slice(position, (int) Math.min(piece, endOffset - position)));
    }
  }

  /** Sends bytes of the pattern until the other end takes no more; returns the offset. */
  long sendUntilBlocked(Pattern pattern, long maxBytes) throws IOException {
    channel.configureBlocking(false);
    long sent = 0;
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_WRITE);
      while (sent < maxBytes && selector.select(BLOCKED_MILLIS) > 0) {
        selector.selectedKeys().clear();
        sent +=
            channel.write(pattern.slice(sent, (int) Math.min(Pattern.MAX_BYTES, maxBytes - sent)));
      }
    }
    channel.configureBlocking(true);
    return sent;
  }

  /** Sends again and again until that fails; returns the failure. */
  IOException sendUntilFailure() {
    ByteBuffer piece = ByteBuffer.allocate(1_000);
    while (true) {
      try {
        send(piece.clear());
      } catch (IOException e) {
        return e;
      }
    }
  }

  /** Reads a number of bytes, as text. */
  String receive(int count) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(count);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException("the end came after " + in.position() + " of " + count + " bytes");
      }
    }
    return new String(in.array(), ISO_8859_1);
  }

  void expect(String text) throws IOException {
    assertThat(receive(text.length())).isEqualTo(text);
  }

  /** Reads bytes of the pattern. */
  void expect(Pattern pattern, long offset, long endOffset) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(1 << 18);
    for (long position = offset; position < endOffset; ) {
      int count =
          channel.read(in.clear().limit((int) Math.min(in.capacity(), endOffset - position)));
      assertThat(count).as("bytes read at " + position + " of " + endOffset).isPositive();
      pattern.check(position, in.flip());
      position += count;
    }
  }

  /** Reads bytes of the pattern up to an RST; returns how many. */
  long expectUpToReset(Pattern pattern) {
    ByteBuffer in = ByteBuffer.allocate(1 << 18);
    long position = 0;
    while (true) {
      int count;
      try {
        count = channel.read(in.clear());
      } catch (IOException e) {
        assertThat(e).hasMessage("Connection reset");
        return position;
      }
      assertThat(count).as("bytes read at " + position + ", -1 for a FIN").isPositive();
      pattern.check(position, in.flip());
      position += count;
    }
  }

  /** Expects a FIN, and no byte before it. */
  void expectFin() throws IOException {
    assertThat(channel.read(ByteBuffer.allocate(1))).as("bytes read, -1 for a FIN").isEqualTo(-1);
  }

  /** Expects an RST, and no byte before it. */
  void expectReset() {
    assertThat(expectUpToReset(new Pattern(0))).as("bytes before the RST").isZero();
  }

  /** Sends a FIN; the other direction goes on. */
  void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  /** Sends an RST. */
  void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
