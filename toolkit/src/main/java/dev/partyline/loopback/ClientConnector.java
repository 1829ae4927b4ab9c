package dev.partyline.loopback;

import dev.partyline.script.Marks;
import dev.partyline.script.Player;
import dev.partyline.script.Script;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's way to its server, and what became of it. */
final class ClientConnector implements SocketOwner {
  final Recorder recorder = new Recorder(Ticker.SYSTEM);
  final BackgroundFailures problems = new BackgroundFailures();
  final Marks board;
  final EndpointOwnerFactory host;

  private final ClientSpec spec;
  private final SocketAddress server;
  private final Transport transport;
  private @Nullable Endpoint link;
  private @Nullable BoundDatagramSocket door;
  private @Nullable Runnable nudge;
  private @Nullable OpenResource noted;

  ClientConnector(ClientSpec spec) {
    this.spec = spec;
    this.server = spec.server();
    this.transport = spec.transport();
    this.board = spec.settings().boardOrNew();
    Script script = spec.script();
    this.host =
        script == null
            ? new Alone(spec.settings())
            : new ScriptHandlerFactory(spec.stage(script, board), recorder, patience());
  }

  private long patience() {
    return TimeoutFactor.stretch(spec.settings().deadline()).toNanos();
  }

  /** Connects, or has the player know why there is no connection. */
  void dial(Client client) {
    try {
      Endpoint opened = transport == Transport.UDP ? dialDatagrams(client) : dialStream(client);
      link = opened;
      Runnable nudged = () -> opened.loop.execute(opened, opened::nudge);
      board.watch(nudged);
      nudge = nudged;
      // A mark that was set since the player began to play has told nobody.
      nudged.run();
    } catch (IOException | UnresolvedAddressException | UnsupportedOperationException e) {
      String why = "cannot connect to " + Addresses.literal(transport, server) + ": " + explain(e);
      if (!(host instanceof ScriptHandlerFactory players)) {
        throw new LoopbackException(why, e);
      }
      miss(players, why, e);
    }
  }

  private static String explain(Exception e) {
    if (e instanceof UnresolvedAddressException) {
      return "there is no host of that name";
    }
    String said = String.valueOf(e.getMessage());
    return said.contains("refused") ? said + "; nobody listens there" : said;
  }

  private void miss(ScriptHandlerFactory players, String why, Exception e) {
    ConversationRecorder track = recorder.open(transport, "nowhere", Addresses.literal(server));
    Player player = players.enter(track.number());
    if (e instanceof SocketTimeoutException) {
      player.unanswered(why);
    } else if (String.valueOf(e.getMessage()).contains("reset")) {
      // The server did accept, and was faster with its RST than this thread with its look.
      track.reset(Side.SERVER);
      player.peerReset();
      ScriptHandler.conclude(player);
    } else {
      player.refused(why);
    }
    track.closed();
  }

  private Endpoint dialStream(Client owner) throws IOException {
    SocketChannel channel = Connector.connect(server, transport, patience());
    EventLoop loop = EventLoop.enterOr(channel);
    String client = Addresses.literal(channel.getLocalAddress());
    StreamEndpoint opened =
        new StreamEndpoint(
            loop,
            channel,
            transport == Transport.TCP,
            recorder.open(transport, client, Addresses.literal(server)),
            Side.CLIENT,
            host,
            problems,
            null,
            security());
    OpenResource entry = OpenResource.add(owner, this);
    noted = entry;
    opened.forgetLater(entry);
    loop.call(opened, opened::open);
    return opened;
  }

  private @Nullable TlsSetup security() {
    return server instanceof InetSocketAddress inet
        ? spec.settings().security(spec.script(), inet.getHostString(), inet.getPort())
        : spec.settings().security(spec.script(), "", 0);
  }

  private Endpoint dialDatagrams(Client owner) throws IOException {
    DatagramChannel channel = Connector.datagrams(server);
    BoundDatagramSocket opened =
        new BoundDatagramSocket(
            channel, Binding.addressOf(channel), Side.CLIENT, recorder, host, problems, true);
    door = opened;
    noted = OpenResource.add(owner, this);
    return opened.dial(server);
  }

  /** Returns who speaks for this client; null if there is no connection. */
  @Nullable EndpointOwner talk() {
    Endpoint opened = link;
    return opened == null ? null : opened.talk();
  }

  Conversation conversation() {
    return recorder.recording().conversations().get(0);
  }

  void settle() {
    Endpoint opened = link;
    if (door != null) {
      door.settle();
    } else if (opened != null) {
      opened.loop.call(opened, opened::settle);
    }
  }

  @Override
  public List<NetworkChannel> channels() {
    List<NetworkChannel> open = new ArrayList<>();
    Endpoint opened = link;
    if (door != null) {
      open.addAll(door.channels());
    } else if (opened != null) {
      opened.loop.call(opened, () -> opened.addChannels(open));
    }
    return open;
  }

  void close() {
    Endpoint opened = link;
    if (noted != null) {
      noted.forget();
    }
    if (nudge != null) {
      board.unwatch(nudge);
    }
    if (door != null) {
      door.close();
    } else if (opened != null) {
      opened.loop.call(
          opened,
          () -> {
            opened.settle();
            opened.stop();
            opened.loop.sweep();
            opened.loop.leave();
          });
    }
  }

  @Override
  public String toString() {
    return transport == Transport.UNIX
        ? Addresses.literal(transport, server)
        : Addresses.literal(transport, server) + " from " + conversation().address(Side.CLIENT);
  }

  /** Leaves the only connection to whoever made the client. */
  private static final class Alone implements EndpointOwnerFactory {
    private final EndpointOptions settings;

    Alone(EndpointOptions settings) {
      this.settings = settings;
    }

    @Override
    public EndpointOwner welcome(Endpoint link) {
      return new BlockingConnection(link, settings, hand -> {});
    }
  }
}
