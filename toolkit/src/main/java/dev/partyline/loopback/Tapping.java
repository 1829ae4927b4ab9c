package dev.partyline.loopback;

import dev.partyline.weather.Passage;
import dev.partyline.weather.Sky;
import dev.partyline.wire.How;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Track;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Connects whoever was accepted with the server behind the tap. */
final class Tapping implements Reception {
  /** With a single processor a second thread would only be in the way. */
  private static final boolean SHARED = Runtime.getRuntime().availableProcessors() > 1;

  private final Transport transport;
  private final Upstream upstream;
  private final Recorder recorder;
  private final Sky sky;
  private final Problems problems;

  Tapping(Transport transport, Upstream upstream, Recorder recorder, Sky sky, Problems problems) {
    this.transport = transport;
    this.upstream = upstream;
    this.recorder = recorder;
    this.sky = sky;
    this.problems = problems;
  }

  @Override
  public Guest welcome(SocketChannel accepted, Room room) throws IOException {
    boolean tcp = transport == Transport.TCP;
    if (tcp) {
      End.takeUrgent(accepted);
    }
    String client = Addresses.literal(accepted.getRemoteAddress());
    Track track = recorder.open(transport, client, upstream.literal());
    Passage passage = upstream.passage(track, transport, client);
    try {
      return new Relay(room, accepted, tcp, upstream, sky, track, passage, problems);
    } catch (RuntimeException | Error e) {
      track.reset(Side.SERVER, How.FAULT, "the weather failed: " + e);
      track.closed();
      throw e;
    }
  }

  @Override
  public boolean isShared() {
    return SHARED;
  }

  @Override
  public String toString() {
    return "tap";
  }
}
