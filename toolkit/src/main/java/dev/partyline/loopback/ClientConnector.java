package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnection;
import dev.partyline.internal.net.Addresses;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.Connector;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.MemoryStreamChannel;
import dev.partyline.internal.net.NioStreamChannel;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.internal.net.SocketError;
import dev.partyline.internal.net.SocketOwner;
import dev.partyline.internal.net.StreamChannel;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.internal.relay.EndpointWeather;
import dev.partyline.internal.text.DurationText;
import dev.partyline.ports.Ports;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.Player;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Connects a client to its server, and holds the result. */
final class ClientConnector implements SocketOwner {
  final Recorder recorder;
  final BackgroundFailures failures;
  final Marks marks;
  final EndpointOwnerFactory ownerFactory;

  /** A recording has this as the address of a client that could not connect. */
  private static final String NO_ADDRESS = "?";

  private final ClientSpec spec;
  private final SocketAddress server;
  private final Transport transport;
  private final OwnWeather weather;
  private @Nullable Endpoint endpoint;

  /** What serves the connection: the endpoint, or a relay in front of it. */
  private @Nullable AcceptedConnection connection;

  private @Nullable BoundDatagramSocket socket;
  private @Nullable Runnable marksListener;
  private @Nullable OpenSocketOwner openEntry;

  ClientConnector(Client client, ClientSpec spec) {
    this.spec = spec;
    this.recorder = new Recorder(Ticker.SYSTEM, spec.options().recordingPolicy());
    this.failures = new BackgroundFailures(recorder::problem);
    this.server = spec.server();
    this.transport = spec.transport();
    this.marks = spec.options().marksOrNew();
    this.weather = new OwnWeather(client, spec.options().weather(), transport, recorder, failures);
    checkConnects();
    Script script = spec.script();
    this.ownerFactory =
        script == null
            ? endpoint -> new BlockingConnection(endpoint, spec.options(), connection -> {})
            : new ScriptHandlerFactory(
                spec.playerFactory(script, marks),
                recorder,
                Ticker.SYSTEM,
                spec.options().timeoutNanos());
  }

  private void checkConnects() {
    long now = Ticker.SYSTEM.nanos();
    if (weather.injector().refusesUntil(now) > now) {
      throw new IllegalArgumentException(
          "weather ("
              + weather.injector()
              + ") refuses connects, and a client connects before its weather; put refuse on the"
              + " listener or on a tap");
    }
  }

  /** Connects, or tells the player why there is no connection. */
  void connect(Client client) {
    try {
      Endpoint newEndpoint =
          transport == Transport.UDP ? connectDatagrams(client) : connectStream(client);
      endpoint = newEndpoint;
      AcceptedConnection served = connection == null ? newEndpoint : connection;
      connection = served;
      BoundDatagramSocket datagramSocket = socket;
      Runnable newListener =
          datagramSocket == null
              ? () -> newEndpoint.loop.execute(newEndpoint, served::onStateChanged)
              : datagramSocket::onStateChanged;
      marks.addListener(newListener);
      weather.injector().holds().onChange(newListener);
      marksListener = newListener;
      // A mark may have been set after the player started and before the listener was added.
      newListener.run();
    } catch (IOException | UnresolvedAddressException | UnsupportedOperationException e) {
      String message =
          "cannot connect to " + Addresses.literal(transport, server) + ": " + explain(e);
      boolean isOurs = SocketError.NO_DESCRIPTORS.matches(e);
      if (isOurs || !(ownerFactory instanceof ScriptHandlerFactory handlerFactory)) {
        throw new LoopbackException(message, e);
      }
      reportFailure(handlerFactory, message, e);
    }
  }

  private String explain(Exception e) {
    if (e instanceof UnresolvedAddressException) {
      return "there is no host of that name";
    }
    Duration retry = spec.connectRetry();
    String message =
        e.getMessage()
            + (retry.isZero() ? "" : ", again and again for " + DurationText.words(retry))
            + SocketError.advice(e);
    if (SocketError.of(e) != SocketError.REFUSED) {
      return message;
    }
    return message + "; nothing listens there" + (retry.isZero() ? "" : portOwners());
  }

  /** Says who has the port of a server of this machine, which takes milliseconds. */
  private String portOwners() {
    return server instanceof InetSocketAddress inet && inet.getAddress().isLoopbackAddress()
        ? "; who has the port:\n" + Ports.whoHas(inet.getPort(), transport)
        : "";
  }

  private void reportFailure(ScriptHandlerFactory handlerFactory, String message, Exception e) {
    ConversationRecorder conversationRecorder =
        recorder.open(transport, NO_ADDRESS, Addresses.literal(server));
    Player player = handlerFactory.newPlayer(conversationRecorder.number());
    SocketError error = SocketError.of(e);
    if (error == SocketError.TIMED_OUT) {
      player.onTimeout(message);
    } else if (error == SocketError.RESET || error == SocketError.BROKEN_PIPE) {
      // The server has accepted, and its RST came before this thread saw the connection.
      conversationRecorder.recordRst(Side.SERVER);
      player.onPeerReset();
      ScriptHandler.drainActions(player, Ticker.SYSTEM.nanos());
    } else {
      player.onRefused(message);
    }
    conversationRecorder.recordClosed();
  }

  private Endpoint connectStream(Client client) throws IOException {
    SocketChannel channel =
        ConnectRetry.connect(
            () ->
                Connector.connect(
                    server,
                    transport,
                    weather.injector().hasSlowReader(Side.SERVER),
                    spec.options().timeoutNanos()),
            spec.connectRetry());
    EventLoop loop = EventLoop.acquireOrClose(channel);
    String clientAddress = Addresses.literal(channel.getLocalAddress());
    ConversationRecorder conversation =
        recorder.open(transport, clientAddress, Addresses.literal(server));
    EndpointWeather relays = weather.relays();
    if (relays == null) {
      StreamChannel stream = new NioStreamChannel(loop, channel, transport == Transport.TCP);
      ConnectionEndpoint connected = newEndpoint(loop, stream, conversation);
      OpenSocketOwner entry = OpenSocketOwner.register(client, this);
      openEntry = entry;
      connected.forgetOnClose(entry);
      loop.call(connected, connected::open);
      return connected;
    }
    OpenSocketOwner entry = OpenSocketOwner.register(client, this);
    openEntry = entry;
    MemoryStreamChannel stream = relays.open(loop, channel);
    ConnectionEndpoint connected = newEndpoint(loop, stream.peer(), conversation);
    AcceptedConnection relay =
        relays.ofClient(loop, channel, stream, conversation, connected, entry::unregister);
    connection = relay;
    loop.call(connected, relay::open);
    return connected;
  }

  private ConnectionEndpoint newEndpoint(
      EventLoop loop, StreamChannel stream, ConversationRecorder conversation) {
    return new ConnectionEndpoint(
        loop,
        stream,
        transport == Transport.TCP,
        conversation,
        Side.CLIENT,
        ownerFactory,
        failures,
        null,
        tlsSetup());
  }

  private @Nullable TlsSetup tlsSetup() {
    return server instanceof InetSocketAddress inet
        ? spec.options().clientTlsSetup(spec.script(), inet.getHostString(), inet.getPort())
        : spec.options().clientTlsSetup(spec.script(), "", 0);
  }

  private Endpoint connectDatagrams(Client client) throws IOException {
    DatagramChannel channel = Connector.openDatagrams(server);
    BoundDatagramSocket datagramSocket =
        new BoundDatagramSocket(
            channel,
            Binding.addressOf(channel),
            Side.CLIENT,
            recorder,
            ownerFactory,
            weather.relays(),
            failures,
            true);
    socket = datagramSocket;
    openEntry = OpenSocketOwner.register(client, this);
    return datagramSocket.connect(server);
  }

  /** Returns the owner of the connection; null if there is none. */
  @Nullable EndpointOwner owner() {
    Endpoint current = endpoint;
    return current == null ? null : current.owner();
  }

  OwnWeather weather() {
    return weather;
  }

  Conversation conversation() {
    return recorder.recording().conversations().get(0);
  }

  void drainInput() {
    Endpoint current = endpoint;
    if (socket != null) {
      socket.drainInput();
    } else if (current != null) {
      current.loop.call(current, Objects.requireNonNull(connection)::drainInput);
    }
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> open = new ArrayList<>();
    Endpoint current = endpoint;
    if (socket != null) {
      open.addAll(socket.channels());
    } else if (current != null) {
      current.loop.call(current, () -> Objects.requireNonNull(connection).addChannels(open));
    }
    return open;
  }

  void close(Client client) {
    weather.injector().close(client);
    Endpoint current = endpoint;
    if (openEntry != null) {
      openEntry.unregister();
    }
    if (marksListener != null) {
      marks.removeListener(marksListener);
    }
    if (socket != null) {
      socket.close();
    } else if (current != null) {
      current.loop.call(
          current,
          () -> {
            closeConnections();
            current.loop.release();
          });
    }
  }

  @Override
  public void closeConnections() {
    Endpoint current = endpoint;
    if (current != null) {
      current.loop.call(
          current,
          () -> {
            AcceptedConnection served = Objects.requireNonNull(connection);
            served.drainInput();
            served.shutdown();
            current.loop.flushCancelledKeys();
          });
    }
  }

  @Override
  public String toString() {
    String from = transport == Transport.UNIX ? NO_ADDRESS : conversation().address(Side.CLIENT);
    return Addresses.literal(transport, server) + (from.equals(NO_ADDRESS) ? "" : " from " + from);
  }
}
