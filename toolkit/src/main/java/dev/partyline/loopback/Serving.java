package dev.partyline.loopback;

import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Track;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Has a listener's host speak on what was accepted. */
final class Serving implements Reception {
  private final Transport transport;
  private final String literal;
  private final Recorder recorder;
  private final Host host;
  private final Problems problems;
  private final @Nullable Security security;

  Serving(
      Transport transport,
      SocketAddress address,
      Recorder recorder,
      Host host,
      Problems problems,
      @Nullable Security security) {
    this.transport = transport;
    this.literal = Addresses.literal(address);
    this.recorder = recorder;
    this.host = host;
    this.problems = problems;
    this.security = security;
  }

  @Override
  public Guest welcome(SocketChannel accepted, Room room) throws IOException {
    Track track = recorder.open(transport, Addresses.literal(accepted.getRemoteAddress()), literal);
    boolean tcp = transport == Transport.TCP;
    return new StreamLink(
        room.loop(), accepted, tcp, track, Side.SERVER, host, problems, room, security);
  }

  @Override
  public String toString() {
    return "listener";
  }
}
