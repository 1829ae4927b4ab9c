package dev.partyline.internal.relay;

import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.DelayedAck;
import dev.partyline.internal.net.ReceiveBufferLimit;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The server of a tap.
 *
 * @param address where it is
 * @param literal the same in text
 * @param clientTls how TLS is used with the clients, null for not at all
 * @param serverTls how TLS is used with the server, null for not at all
 */
public record Upstream(
    SocketAddress address,
    String literal,
    @Nullable TlsSetup clientTls,
    @Nullable TlsSetup serverTls) {
  public Upstream(
      SocketAddress address, @Nullable TlsSetup clientTls, @Nullable TlsSetup serverTls) {
    this(address, Addresses.literal(address), clientTls, serverTls);
  }

  boolean isTcp() {
    return !(address instanceof UnixDomainSocketAddress);
  }

  /**
   * Returns a channel that is not connected yet.
   *
   * @param slowReader whether it has a small receive buffer
   */
  SocketChannel open(boolean slowReader) throws IOException {
    SocketChannel channel = SocketChannel.open(Binding.familyOf(address));
    try {
      channel.configureBlocking(false);
      if (isTcp()) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        RelaySide.receiveUrgentInline(channel);
        ReceiveBufferLimit.apply(channel, slowReader);
        DelayedAck.delay(channel);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns a channel for datagrams to the server. */
  DatagramChannel openDatagrams() throws IOException {
    return Connector.openDatagrams(address);
  }

  /** Returns the direction from a client to the server. */
  ConnectionDirection clientDirection(
      ConversationRecorder recorder, Transport transport, String client) {
    return new ConnectionDirection(
        recorder.number(), Side.CLIENT, transport, client, literal, Ticker.SYSTEM.nanos());
  }

  @Override
  public String toString() {
    return literal;
  }
}
