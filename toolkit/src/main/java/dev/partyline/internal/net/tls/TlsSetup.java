package dev.partyline.internal.net.tls;

import dev.partyline.tls.Tls;
import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * The setup of TLS at our end of a connection.
 *
 * @param tls the configuration
 * @param preparation completes when making an engine takes no long time any more
 * @param implicit whether TLS starts with the first byte; otherwise it starts mid-connection
 * @param host the host of the server, as the client calls it
 * @param port the port of the server, 0 where there is none
 */
public record TlsSetup(
    Tls tls, CompletableFuture<Void> preparation, boolean implicit, String host, int port) {
  public TlsSetup(Tls tls, boolean implicit, String host, int port) {
    this(tls, tls.prepare(), implicit, host, port);
  }

  /** Returns the setup for TLS that starts mid-connection, with the host that was connected to. */
  public static TlsSetup forStartTls(Tls tlsConfig, SocketChannel channel) {
    try {
      return new TlsSetup(tlsConfig, false, "", 0).withServerOf(channel);
    } catch (IOException e) {
      throw new LoopbackException("cannot start TLS: our end is closed", e);
    }
  }

  /** Returns the same with the host and port that a channel is connected to, if it has them. */
  public TlsSetup withServerOf(SocketChannel channel) throws IOException {
    return channel.getRemoteAddress() instanceof InetSocketAddress peer
        ? new TlsSetup(tls, preparation, implicit, peer.getHostString(), peer.getPort())
        : this;
  }

  /** Returns whether our certificate is wrong on purpose, so that a peer is to refuse it. */
  boolean isRefusable() {
    return !tls.refusals().isEmpty();
  }

  /** Returns whether a peer that sends this alert refuses what is wrong on purpose. */
  boolean isRefusal(String alert) {
    return tls.refusals().stream().anyMatch(each -> each.toString().equals(alert));
  }

  /**
   * Returns the same with the server name of a client, unless it has a server name already. What is
   * not a valid name is left out: a client may send anything.
   */
  public TlsSetup withServerName(String serverName) {
    if (serverName.isEmpty() || tls.serverName().isPresent()) {
      return this;
    }
    try {
      return new TlsSetup(tls.serverName(serverName), preparation, implicit, host, port);
    } catch (IllegalArgumentException e) {
      return this;
    }
  }
}
