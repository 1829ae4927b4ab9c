package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.AcceptedConnectionFactory;
import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.NioStreamChannel;
import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.internal.relay.EndpointWeather;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Makes an endpoint for each connection that a listener accepts. */
final class ListenerConnectionFactory implements AcceptedConnectionFactory {
  private final Transport transport;
  private final String addressText;
  private final Recorder recorder;
  private final EndpointOwnerFactory ownerFactory;
  private final @Nullable EndpointWeather weather;
  private final BackgroundFailures failures;
  private final @Nullable TlsSetup tlsSetup;

  ListenerConnectionFactory(
      Transport transport,
      SocketAddress address,
      Recorder recorder,
      EndpointOwnerFactory ownerFactory,
      @Nullable EndpointWeather weather,
      BackgroundFailures failures,
      @Nullable TlsSetup tlsSetup) {
    this.transport = transport;
    this.addressText = Addresses.literal(address);
    this.recorder = recorder;
    this.ownerFactory = ownerFactory;
    this.weather = weather;
    this.failures = failures;
    this.tlsSetup = tlsSetup;
  }

  @Override
  public AcceptedConnection create(SocketChannel channel, AcceptedConnections connections)
      throws IOException {
    ConversationRecorder conversationRecorder =
        recorder.open(transport, Addresses.literal(channel.getRemoteAddress()), addressText);
    EventLoop loop = connections.loop();
    return weather == null
        ? newEndpoint(
            loop,
            new NioStreamChannel(loop, channel, transport == Transport.TCP),
            conversationRecorder,
            connections)
        : weather.ofListener(
            connections,
            channel,
            conversationRecorder,
            stream -> newEndpoint(loop, stream, conversationRecorder, null));
  }

  private ConnectionEndpoint newEndpoint(
      EventLoop loop,
      StreamChannel channel,
      ConversationRecorder conversationRecorder,
      @Nullable AcceptedConnections connections) {
    return new ConnectionEndpoint(
        loop,
        channel,
        transport == Transport.TCP,
        conversationRecorder,
        Side.SERVER,
        ownerFactory,
        failures,
        connections,
        tlsSetup);
  }

  @Override
  public String toString() {
    return "listener";
  }
}
