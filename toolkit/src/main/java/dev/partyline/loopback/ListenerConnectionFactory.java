package dev.partyline.loopback;

import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Has a listener's host speak on what was accepted. */
final class ListenerConnectionFactory implements AcceptedConnectionFactory {
  private final Transport transport;
  private final String literal;
  private final Recorder recorder;
  private final EndpointOwnerFactory host;
  private final BackgroundFailures problems;
  private final @Nullable TlsSetup security;

  ListenerConnectionFactory(
      Transport transport,
      SocketAddress address,
      Recorder recorder,
      EndpointOwnerFactory host,
      BackgroundFailures problems,
      @Nullable TlsSetup security) {
    this.transport = transport;
    this.literal = Addresses.literal(address);
    this.recorder = recorder;
    this.host = host;
    this.problems = problems;
    this.security = security;
  }

  @Override
  public AcceptedConnection welcome(SocketChannel accepted, AcceptedConnections room)
      throws IOException {
    ConversationRecorder track =
        recorder.open(transport, Addresses.literal(accepted.getRemoteAddress()), literal);
    boolean tcp = transport == Transport.TCP;
    return new StreamEndpoint(
        room.loop(), accepted, tcp, track, Side.SERVER, host, problems, room, security);
  }

  @Override
  public String toString() {
    return "listener";
  }
}
