package dev.partyline.internal.relay;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.MemoryStreamChannel;
import dev.partyline.internal.net.NioStreamChannel;
import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.procfs.PeerProgressReader;
import dev.partyline.weather.FaultInjector;
import dev.partyline.weather.spi.ConnectionDirection;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The weather of a listener or a client: a relay between its end of each connection and the socket,
 * so that its peer meets the same faults as behind a tap.
 */
public final class EndpointWeather {
  private final FaultInjector injector;
  private final Transport transport;
  private final PeerProgressReader progressReader;
  private final BackgroundFailures failures;

  public EndpointWeather(FaultInjector injector, Transport transport, BackgroundFailures failures) {
    this.injector = injector;
    this.transport = transport;
    this.progressReader = new PeerProgressReader(failures);
    this.failures = failures;
  }

  /** Returns the end of a relay, in memory, whose other end is for the endpoint. */
  public MemoryStreamChannel open(EventLoop loop, SocketChannel socket) throws IOException {
    return MemoryStreamChannel.open(loop, channel(loop, socket).stream());
  }

  /**
   * Returns what serves a connection that a listener has accepted.
   *
   * @param recorder the conversation of the listener's end
   * @param endFactory makes the listener's end, when the weather lets it be connected
   */
  public AcceptedConnection ofListener(
      AcceptedConnections connections,
      SocketChannel socket,
      ConversationRecorder recorder,
      Function<StreamChannel, AcceptedConnection> endFactory)
      throws IOException {
    EventLoop loop = connections.loop();
    RelayChannel.Socket channel = channel(loop, socket);
    return new WeatherRelay(
        options(loop, recorder, socket.getRemoteAddress(), socket.getLocalAddress()),
        Side.SERVER,
        channel,
        MemoryStreamChannel.open(loop, channel.stream()),
        endFactory,
        closed -> {
          connections.onClosed(closed);
          if (!closed.hasEnd()) {
            recorder.recordClosed();
          }
        });
  }

  /**
   * Returns what serves a connection that a client has made.
   *
   * @param stream the end of the relay
   * @param recorder the conversation of the client's end
   * @param end the client's end, of the other end of the stream
   * @param onClosed is called when the socket is closed
   */
  public AcceptedConnection ofClient(
      EventLoop loop,
      SocketChannel socket,
      MemoryStreamChannel stream,
      ConversationRecorder recorder,
      AcceptedConnection end,
      Runnable onClosed)
      throws IOException {
    return new WeatherRelay(
        options(loop, recorder, socket.getLocalAddress(), socket.getRemoteAddress()),
        Side.CLIENT,
        channel(loop, socket),
        stream,
        other -> end,
        closed -> onClosed.run());
  }

  /**
   * Returns the weather of an exchange of datagrams with one peer.
   *
   * @param recorder the conversation of our end
   * @param client the address of the client
   * @param server the address of the server
   * @param peerSink sends to the peer
   * @param ownSink hands what was received to our end
   * @param onFailure takes a failure in the background
   */
  public DatagramWeather ofDatagrams(
      EventLoop loop,
      Side own,
      ConversationRecorder recorder,
      String client,
      String server,
      DatagramSink peerSink,
      DatagramSink ownSink,
      Consumer<Throwable> onFailure) {
    return new DatagramWeather(
        loop,
        own,
        injector.newPipeline(direction(recorder, client, server), recorder::recordNote),
        new WeatherNotes(recorder),
        peerSink,
        ownSink,
        onFailure);
  }

  private RelayOptions options(
      EventLoop loop, ConversationRecorder recorder, SocketAddress client, SocketAddress server) {
    return new RelayOptions(
        loop,
        injector,
        direction(recorder, Addresses.literal(client), Addresses.literal(server)),
        new WeatherNotes(recorder),
        null,
        null,
        failures);
  }

  private ConnectionDirection direction(
      ConversationRecorder recorder, String client, String server) {
    return new ConnectionDirection(
        recorder.number(), Side.CLIENT, transport, client, server, Ticker.SYSTEM.nanos());
  }

  private RelayChannel.Socket channel(EventLoop loop, SocketChannel socket) {
    boolean tcp = transport == Transport.TCP;
    return new RelayChannel.Socket(new NioStreamChannel(loop, socket, tcp), tcp, progressReader);
  }
}
