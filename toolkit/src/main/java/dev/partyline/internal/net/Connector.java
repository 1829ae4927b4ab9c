package dev.partyline.internal.net;

import dev.partyline.internal.text.DurationText;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Connects channels on the thread of the caller, within a time. */
public final class Connector {
  /** A Unix domain socket with a full backlog gives no sign when that changes (EAGAIN). */
  public static final long MIN_RETRY_DELAY_NANOS = 2_000_000L;

  private static final long MAX_RETRY_DELAY_NANOS = 100_000_000L;

  private Connector() {}

  /** Returns how long to wait after an attempt that came so long after the one before it. */
  public static long nextRetryDelay(long nanos) {
    return Math.min(2 * nanos, MAX_RETRY_DELAY_NANOS);
  }

  /**
   * Returns a connected channel in non-blocking mode. Over TCP the last packet of the handshake is
   * delayed until {@link DelayedAck#send}.
   *
   * @param slowReader whether it has a small receive buffer
   * @throws SocketTimeoutException if there was no answer in time
   */
  public static SocketChannel connect(
      SocketAddress server, Transport transport, boolean slowReader, long timeoutNanos)
      throws IOException {
    long start = System.nanoTime();
    long retryDelayNanos = MIN_RETRY_DELAY_NANOS;
    while (true) {
      SocketChannel channel = SocketChannel.open(Binding.familyOf(server));
      try {
        channel.configureBlocking(false);
        if (transport == Transport.TCP) {
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
          DelayedAck.delay(channel);
          if (slowReader) {
            ReceiveBufferLimit.apply(channel, true);
          }
        }
        if (tryConnect(channel, server)
            || transport == Transport.TCP && awaitConnected(channel, timeoutNanos)) {
          return channel;
        }
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      channel.close();
      long remainingNanos = timeoutNanos - (System.nanoTime() - start);
      if (transport == Transport.TCP || remainingNanos <= 0) {
        throw new SocketTimeoutException(
            "no answer within " + DurationText.words(Duration.ofNanos(timeoutNanos)));
      }
      LockSupport.parkNanos(Math.min(retryDelayNanos, remainingNanos));
      throwIfInterrupted();
      retryDelayNanos = nextRetryDelay(retryDelayNanos);
    }
  }

  /** Returns a channel that sends datagrams to the server alone, in non-blocking mode. */
  public static DatagramChannel openDatagrams(SocketAddress server) throws IOException {
    DatagramChannel channel = DatagramChannel.open(Binding.familyOf(server));
    try {
      channel.configureBlocking(false);
      DatagramBuffers.enlarge(channel);
      channel.connect(server);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Sends an empty datagram from the address of a connected channel. The JDK sends nothing on the
   * connected channel itself, so another channel does; answers still go to the connected one.
   */
  public static void sendEmpty(DatagramChannel channel, SocketAddress server) throws IOException {
    // Only after the bind: before it, the kernel might give two channels the same port.
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    try (DatagramChannel sender = DatagramChannel.open(Binding.familyOf(server))) {
      sender.configureBlocking(false);
      sender.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      sender.bind(channel.getLocalAddress()).send(ByteBuffer.allocate(0), server);
    }
  }

  /** Returns whether the channel is connected already; if not, it may be later, over TCP. */
  public static boolean tryConnect(SocketChannel channel, SocketAddress server) throws IOException {
    try {
      return channel.connect(server);
    } catch (SocketException e) {
      // A Unix domain socket with a full backlog: JDK 17 throws for EAGAIN.
      if (SocketError.TRY_AGAIN.matches(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean awaitConnected(SocketChannel channel, long timeoutNanos)
      throws IOException {
    try (Selector selector = Selector.open()) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      selector.select(Math.max(1, timeoutNanos / 1_000_000));
      throwIfInterrupted();
      boolean connected = channel.finishConnect();
      key.cancel();
      return connected;
    }
  }

  private static void throwIfInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while connecting");
    }
  }
}
