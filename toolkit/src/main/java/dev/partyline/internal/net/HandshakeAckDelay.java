package dev.partyline.internal.net;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Has a server accept us only once we can read what it says: after an RST the JDK finishes no
 * connect, and whatever came before that RST would be lost with it.
 *
 * <p>A server may say something and reset before the thread that connects gets to know that it is
 * connected (measured: two of five times on a busy machine). So the last packet of the handshake is
 * held back until the JDK has seen the others. Linux only; elsewhere nothing is held back.
 */
public final class HandshakeAckDelay {
  private static final @Nullable SocketOption<Boolean> QUICKACK = findQuickAck();

  private HandshakeAckDelay() {}

  private static @Nullable SocketOption<Boolean> findQuickAck() {
    // The option is in jdk.net, a module that not everybody's image has.
    try (SocketChannel probe = SocketChannel.open()) {
      for (SocketOption<?> option : probe.supportedOptions()) {
        if (option.name().equals("TCP_QUICKACK")) {
          @SuppressWarnings("unchecked")
          SocketOption<Boolean> quickAck = (SocketOption<Boolean>) option;
          return quickAck;
        }
      }
    } catch (IOException e) {
      // Then we do without, as on systems that do not have it.
    }
    return null;
  }

  /** Holds the last packet of the handshake back, for 200 ms at most. */
  public static void delayAck(SocketChannel channel) throws IOException {
    setQuickAck(channel, false);
  }

  /**
   * Has the kernel acknowledge at once: what was held back, unless it went along with something
   * said, and the next packets, as on any new connection. To be called again once something was
   * said: whoever speaks right after a handshake that was held back is taken for an interactive
   * program, whose peer then waits 40 ms for an acknowledgement before it sends its next small
   * packet (Nagle).
   */
  public static void sendAck(SocketChannel channel) throws IOException {
    setQuickAck(channel, true);
  }

  private static void setQuickAck(SocketChannel channel, boolean enabled) throws IOException {
    if (QUICKACK != null) {
      channel.setOption(QUICKACK, enabled);
    }
  }
}
