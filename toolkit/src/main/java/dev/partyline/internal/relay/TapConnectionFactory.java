package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.AcceptedConnectionFactory;
import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.NioStreamChannel;
import dev.partyline.internal.net.procfs.PeerProgressReader;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Makes a relay to the server for each accepted connection. */
final class TapConnectionFactory implements AcceptedConnectionFactory {
  /** With a single processor a second thread would not help. */
  private static final boolean HAS_SPARE_PROCESSOR = Runtime.getRuntime().availableProcessors() > 1;

  private final Transport transport;
  private final Upstream upstream;
  private final Recorder recorder;
  private final FaultInjector injector;
  private final PeerProgressReader progressReader;
  private final BackgroundFailures failures;

  TapConnectionFactory(
      Transport transport,
      Upstream upstream,
      Recorder recorder,
      FaultInjector injector,
      BackgroundFailures failures) {
    this.transport = transport;
    this.upstream = upstream;
    this.recorder = recorder;
    this.injector = injector;
    this.progressReader = new PeerProgressReader(failures);
    this.failures = failures;
  }

  @Override
  public AcceptedConnection create(SocketChannel acceptedChannel, AcceptedConnections connections)
      throws IOException {
    boolean tcp = transport == Transport.TCP;
    if (tcp) {
      RelaySide.receiveUrgentInline(acceptedChannel);
    }
    String client = Addresses.literal(acceptedChannel.getRemoteAddress());
    ConversationRecorder conversation = recorder.open(transport, client, upstream.literal());
    ConnectionDirection direction = upstream.clientDirection(conversation, transport, client);
    try {
      RelayOptions options =
          new RelayOptions(
              connections.loop(),
              injector,
              direction,
              new TapRecorder(conversation),
              upstream.clientTls(),
              upstream.serverTls(),
              failures);
      NioStreamChannel stream = new NioStreamChannel(connections.loop(), acceptedChannel, tcp);
      return new Relay(
          options,
          new RelayChannel.Socket(stream, tcp, progressReader),
          relay ->
              new UpstreamConnector(
                  relay, upstream, injector.hasSlowReader(Side.SERVER), progressReader),
          connections::onClosed);
    } catch (RuntimeException | Error e) {
      conversation.recordRst(Side.SERVER, Termination.Kind.FAULT, "the weather failed: " + e);
      conversation.recordClosed();
      throw e;
    }
  }

  @Override
  public boolean canUseTwoLoops() {
    return HAS_SPARE_PROCESSOR;
  }

  @Override
  public String toString() {
    return "tap";
  }
}
