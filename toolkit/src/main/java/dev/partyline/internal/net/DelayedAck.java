package dev.partyline.internal.net;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Says when the kernel acknowledges what it has received: at once, or with what we send next. It
 * works on Linux only; on other systems the kernel alone decides.
 */
public final class DelayedAck {
  private static final @Nullable SocketOption<Boolean> QUICKACK = findQuickAck();

  private DelayedAck() {}

  private static @Nullable SocketOption<Boolean> findQuickAck() {
    // The option is in the module jdk.net, which a runtime image may lack.
    try (SocketChannel probe = SocketChannel.open()) {
      for (SocketOption<?> option : probe.supportedOptions()) {
        if (option.name().equals("TCP_QUICKACK")) {
          @SuppressWarnings("unchecked")
          SocketOption<Boolean> quickAck = (SocketOption<Boolean>) option;
          return quickAck;
        }
      }
    } catch (IOException e) {
      // Then the ACK is not delayed, as on systems without the option.
    }
    return null;
  }

  /**
   * Delays the last packet of the TCP handshake, for 200 ms at most, so that the server cannot send
   * data and reset before the JDK has seen the connection: {@code finishConnect} would fail then,
   * and the data would be lost. Without this it happens two of five times on a busy machine
   * (measured).
   */
  public static void delay(SocketChannel channel) throws IOException {
    setQuickAck(channel, false);
  }

  /**
   * Lets the kernel acknowledge at once: what was delayed, unless it left with data, and the next
   * packets, as on any new connection.
   *
   * <p>Call it again after the first data was sent. The kernel takes a connection that sends right
   * after a delayed handshake for an interactive one and delays its ACKs, so that its peer waits 40
   * ms before it sends its next small packet (Nagle).
   *
   * @return whether the system has the option
   */
  public static boolean send(SocketChannel channel) throws IOException {
    setQuickAck(channel, true);
    return QUICKACK != null;
  }

  private static void setQuickAck(SocketChannel channel, boolean enabled) throws IOException {
    if (QUICKACK != null) {
      channel.setOption(QUICKACK, enabled);
    }
  }
}
