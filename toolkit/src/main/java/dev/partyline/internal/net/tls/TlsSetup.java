package dev.partyline.internal.net.tls;

import dev.partyline.tls.Tls;
import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * How our end of a connection speaks TLS.
 *
 * @param tls its terms
 * @param preparation what is done once that takes no long time any more
 * @param implicit whether from the first byte on; if not, TLS is started in the middle
 * @param host the host of the server, as the client calls it
 * @param port the port of the server, 0 where there is none
 */
public record TlsSetup(
    Tls tls, CompletableFuture<Void> preparation, boolean implicit, String host, int port) {
  public TlsSetup(Tls tls, boolean implicit, String host, int port) {
    this(tls, tls.prepare(), implicit, host, port);
  }

  /** Returns how TLS is started in the middle, with the server by the name it was connected by. */
  public static TlsSetup forStartTls(Tls tlsConfig, SocketChannel channel) {
    try {
      return channel.getRemoteAddress() instanceof InetSocketAddress peer
          ? new TlsSetup(tlsConfig, false, peer.getHostString(), peer.getPort())
          : new TlsSetup(tlsConfig, false, "", 0);
    } catch (IOException e) {
      throw new LoopbackException("cannot start TLS: our end is closed", e);
    }
  }

  /** Returns the same with a server of which more is known by now. */
  public TlsSetup withServer(String newHost, int newPort) {
    return new TlsSetup(tls, preparation, implicit, newHost, newPort);
  }

  /**
   * Returns the same by which a server is asked for what a client has asked for, unless it has a
   * name to ask for already. What no name can be is left out: a client says what it likes.
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
