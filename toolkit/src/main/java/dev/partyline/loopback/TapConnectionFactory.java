package dev.partyline.loopback;

import dev.partyline.weather.ConnectionDirection;
import dev.partyline.weather.FaultInjector;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.TerminationKind;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Connects whoever was accepted with the server behind the tap. */
final class TapConnectionFactory implements AcceptedConnectionFactory {
  /** With a single processor a second thread would only be in the way. */
  private static final boolean SHARED = Runtime.getRuntime().availableProcessors() > 1;

  private final Transport transport;
  private final Upstream upstream;
  private final Recorder recorder;
  private final FaultInjector sky;
  private final BackgroundFailures problems;

  TapConnectionFactory(
      Transport transport,
      Upstream upstream,
      Recorder recorder,
      FaultInjector sky,
      BackgroundFailures problems) {
    this.transport = transport;
    this.upstream = upstream;
    this.recorder = recorder;
    this.sky = sky;
    this.problems = problems;
  }

  @Override
  public AcceptedConnection welcome(SocketChannel accepted, AcceptedConnections room)
      throws IOException {
    boolean tcp = transport == Transport.TCP;
    if (tcp) {
      RelayEndpoint.takeUrgent(accepted);
    }
    String client = Addresses.literal(accepted.getRemoteAddress());
    ConversationRecorder track = recorder.open(transport, client, upstream.literal());
    ConnectionDirection passage = upstream.passage(track, transport, client);
    try {
      return new Relay(room, accepted, tcp, upstream, sky, track, passage, problems);
    } catch (RuntimeException | Error e) {
      track.reset(Side.SERVER, TerminationKind.FAULT, "the weather failed: " + e);
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
