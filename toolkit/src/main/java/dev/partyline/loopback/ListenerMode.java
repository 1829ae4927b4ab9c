package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnectionFactory;
import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.BlockedPort;
import dev.partyline.internal.net.BoundSocket;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.StreamAcceptor;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.internal.relay.EndpointWeather;
import dev.partyline.internal.relay.RefusableSocket;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a listener does with its connections: it opens the socket and makes their owners. */
sealed interface ListenerMode {
  /** Plays a script. */
  record ScriptMode(Script script) implements ListenerMode {
    @Override
    public void check(Binding binding, EndpointOptions options) {
      // A script that this side cannot play fails here, before a socket is opened.
      options.playerFactory(script, Side.SERVER, binding.transport(), new Marks());
    }

    @Override
    public EndpointOwnerFactory ownerFactory(
        ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures) {
      EndpointOptions options = spec.options();
      return new ScriptHandlerFactory(
          options.playerFactory(script, Side.SERVER, spec.binding().transport(), marks),
          recorder,
          Ticker.SYSTEM,
          options.timeoutNanos());
    }
  }

  /** Runs a handler. */
  record HandlerMode(Handler handler) implements ListenerMode {
    @Override
    public EndpointOwnerFactory ownerFactory(
        ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures) {
      return new HandlerThreads(handler, spec.options(), failures);
    }
  }

  /** Sends nothing, in one of these ways. */
  enum UnresponsiveMode implements ListenerMode {
    /** Accepts and reads. */
    SILENT("silent"),
    /** Accepts, and reads nothing. */
    NEVER_READING("never reading"),
    /** Listens, and accepts nothing. */
    NEVER_ACCEPTING("never accepting"),
    /** Binds, and does not listen. */
    REFUSING("refusing");

    private final String label;

    UnresponsiveMode(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public void check(Binding binding, EndpointOptions options) {
      if (options.weather() != null && (this == REFUSING || this == NEVER_ACCEPTING)) {
        throw new IllegalArgumentException(
            "the weather ("
                + options.weather()
                + ") has no connection to act on, because the listener is "
                + label
                + "; leave it out, or use silent() or neverReading()");
      }
    }

    @Override
    public EndpointOwnerFactory ownerFactory(
        ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures) {
      return new SilentHandler(this != NEVER_READING);
    }

    @Override
    public BoundSocket bind(
        ListenerSpec spec,
        Recorder recorder,
        EndpointOwnerFactory ownerFactory,
        OwnWeather weather,
        BackgroundFailures failures) {
      return switch (this) {
        case REFUSING -> openRefusing(spec.binding(), failures);
        case NEVER_ACCEPTING -> openNeverAccepting(spec.binding(), failures);
        case NEVER_READING -> openSocket(spec, false, recorder, ownerFactory, weather, failures);
        case SILENT -> openSocket(spec, true, recorder, ownerFactory, weather, failures);
      };
    }

    private static BoundSocket openRefusing(Binding binding, BackgroundFailures failures) {
      NetworkChannel channel = binding.hold();
      return new BlockedPort(channel, Binding.addressOf(channel), failures);
    }

    private static BoundSocket openNeverAccepting(Binding binding, BackgroundFailures failures) {
      if (binding.transport() == Transport.UDP) {
        throw new LoopbackException(
            "UDP has no connects that could be left waiting: use silent() or refusing()");
      }
      ServerSocketChannel server = binding.listen(1);
      BlockedPort blockedPort = new BlockedPort(server, Binding.addressOf(server), failures);
      blockedPort.fillBacklog();
      return blockedPort;
    }
  }

  /** Returns the script that is played, an empty one if there is none. */
  default Script script() {
    return Script.builder().build();
  }

  /** Checks what can be known before a socket is opened. */
  default void check(Binding binding, EndpointOptions options) {}

  /** Returns the factory for the owners of connections. */
  EndpointOwnerFactory ownerFactory(
      ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures);

  /** Opens the socket whose connections the factory makes owners for. */
  default BoundSocket bind(
      ListenerSpec spec,
      Recorder recorder,
      EndpointOwnerFactory ownerFactory,
      OwnWeather weather,
      BackgroundFailures failures) {
    return openSocket(spec, true, recorder, ownerFactory, weather, failures);
  }

  /** Returns what {@code toString} adds, or null for a listener that answers. */
  default @Nullable String label() {
    return null;
  }

  /** Opens a socket that accepts. */
  private static BoundSocket openSocket(
      ListenerSpec spec,
      boolean autoRead,
      Recorder recorder,
      EndpointOwnerFactory ownerFactory,
      OwnWeather weather,
      BackgroundFailures failures) {
    Binding binding = spec.binding();
    Transport transport = binding.transport();
    TlsSetup tlsSetup = spec.options().listenerTlsSetup(spec.mode().script());
    if (transport == Transport.UDP) {
      DatagramChannel channel = binding.bindDatagrams();
      return new BoundDatagramSocket(
          channel,
          Binding.addressOf(channel),
          Side.SERVER,
          recorder,
          ownerFactory,
          weather.relays(),
          failures,
          autoRead);
    }
    EndpointWeather relays = weather.relays();
    Function<SocketAddress, AcceptedConnectionFactory> factory =
        address ->
            new ListenerConnectionFactory(
                transport, address, recorder, ownerFactory, relays, failures, tlsSetup);
    return relays == null
        ? listen(binding, factory, failures)
        : new RefusableSocket(binding, factory, weather.injector(), failures);
  }

  private static BoundSocket listen(
      Binding binding,
      Function<SocketAddress, AcceptedConnectionFactory> factory,
      BackgroundFailures failures) {
    ServerSocketChannel channel = binding.listen();
    SocketAddress address = Binding.addressOf(channel);
    EventLoop loop;
    try {
      loop = EventLoop.acquireOrClose(channel);
    } catch (LoopbackException e) {
      Binding.deletePath(address, failures);
      throw e;
    }
    return new StreamAcceptor(
        loop, channel, address, binding.transport(), factory.apply(address), failures);
  }
}
