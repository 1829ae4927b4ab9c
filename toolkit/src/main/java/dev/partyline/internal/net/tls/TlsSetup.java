package dev.partyline.internal.net.tls;

import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.StreamEndpoint;
import dev.partyline.tls.Tls;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The setup of TLS at our end of a connection.
 *
 * @param tls the configuration
 * @param preparation completes when making an engine takes no long time any more
 * @param implicit whether TLS starts with the first byte; otherwise it starts mid-connection
 * @param host the host of the server, as the client calls it; empty for where it is connected to
 * @param port the port of the server, 0 where there is none
 */
public record TlsSetup(
    Tls tls, CompletableFuture<Void> preparation, boolean implicit, String host, int port) {
  public TlsSetup(Tls tls, boolean implicit, String host, int port) {
    this(tls, tls.prepare(), implicit, host, port);
  }

  /** Returns the setup for TLS that starts mid-connection. */
  public static TlsSetup forStartTls(Tls tlsConfig) {
    return new TlsSetup(tlsConfig, false, "", 0);
  }

  /**
   * Starts the handshake on a stream, which goes on with TLS.
   *
   * @param earlyBytes bytes of TLS that were already read: {@link
   *     PlaintextRecord#canStartHandshake}
   * @param onFault is called with words when a fault has an effect by which TLS does not fail here
   */
  public TlsIo start(
      StreamEndpoint stream,
      StreamChannel channel,
      Side own,
      Bytes earlyBytes,
      Consumer<String> onFault) {
    TlsSetup located = withServerOf(channel, own);
    TlsIo io = new TlsIo(channel, located, own, stream::onTlsTaskDone, onFault);
    io.addEarly(earlyBytes);
    io.startHandshake();
    stream.startTls(io);
    return io;
  }

  /** Returns the same with the address of the server, unless it has its host or there is none. */
  private TlsSetup withServerOf(StreamChannel channel, Side own) {
    try {
      SocketAddress server = own == Side.SERVER ? channel.localAddress() : channel.remoteAddress();
      return host.isEmpty() && server instanceof InetSocketAddress inet
          ? new TlsSetup(tls, preparation, implicit, inet.getHostString(), inet.getPort())
          : this;
    } catch (IOException e) {
      throw new LoopbackException("cannot start TLS: our end is closed", e);
    }
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
