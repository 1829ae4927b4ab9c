package dev.partyline.loopback;

import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Track;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;

/** Has a listener's host speak on what was accepted. */
final class Serving implements Reception {
  private final Transport transport;
  private final String literal;
  private final Recorder recorder;
  private final Host host;
  private final Problems problems;

  Serving(
      Transport transport, SocketAddress address, Recorder recorder, Host host, Problems problems) {
    this.transport = transport;
    this.literal = Addresses.literal(address);
    this.recorder = recorder;
    this.host = host;
    this.problems = problems;
  }

  @Override
  public Guest welcome(SocketChannel accepted, Room room) throws IOException {
    Track track = recorder.open(transport, Addresses.literal(accepted.getRemoteAddress()), literal);
    boolean tcp = transport == Transport.TCP;
    return new StreamLink(room.loop(), accepted, tcp, track, Side.SERVER, host, problems, room);
  }

  @Override
  public String toString() {
    return "listener";
  }
}
