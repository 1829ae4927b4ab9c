package dev.partyline.loopback;

import dev.partyline.internal.net.BackgroundFailures;
import dev.partyline.internal.net.Binding;
import dev.partyline.internal.net.BlockedPort;
import dev.partyline.internal.net.BoundSocket;
import dev.partyline.internal.net.EventLoop;
import dev.partyline.internal.net.StreamAcceptor;
import dev.partyline.internal.net.tls.TlsSetup;
import dev.partyline.script.Script;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/** What a listener does with those who connect: it finds who speaks, and opens the door to them. */
sealed interface ListenerMode {
  /** Plays a script. */
  record ScriptMode(Script script) implements ListenerMode {
    @Override
    public void check(Binding binding, EndpointOptions options) {
      // Whatever this side cannot play is found here, before anything opens.
      playerFactory(binding, options, options.marksOrNew());
    }

    private PlayerFactory playerFactory(Binding binding, EndpointOptions options, Marks marks) {
      return PlayerFactory.of(
          script,
          Side.SERVER,
          binding.transport(),
          options.deadline(),
          marks,
          options.keepingTimes());
    }

    @Override
    public EndpointOwnerFactory ownerFactory(
        ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures) {
      EndpointOptions options = spec.options();
      return new ScriptHandlerFactory(
          playerFactory(spec.binding(), options, marks), recorder, options.timeoutNanos());
    }

    @Override
    public BoundSocket bind(
        ListenerSpec spec,
        Recorder recorder,
        EndpointOwnerFactory ownerFactory,
        BackgroundFailures failures) {
      return openSocket(spec, true, recorder, ownerFactory, failures);
    }
  }

  /** Runs a handler. */
  record HandlerMode(Handler handler) implements ListenerMode {
    @Override
    public EndpointOwnerFactory ownerFactory(
        ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures) {
      return new HandlerThreads(handler, spec.options(), failures);
    }

    @Override
    public BoundSocket bind(
        ListenerSpec spec,
        Recorder recorder,
        EndpointOwnerFactory ownerFactory,
        BackgroundFailures failures) {
      return openSocket(spec, true, recorder, ownerFactory, failures);
    }
  }

  /** Says nothing, in one of these ways. */
  enum UnresponsiveMode implements ListenerMode {
    /** Accepts and reads. */
    SILENT("silent"),
    /** Accepts and leaves it at that. */
    NEVER_READING("never reading"),
    /** Does not even accept. */
    NEVER_ACCEPTING("never accepting"),
    /** Does not even listen. */
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
    public EndpointOwnerFactory ownerFactory(
        ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures) {
      return new SilentHandler(this != NEVER_READING);
    }

    @Override
    public BoundSocket bind(
        ListenerSpec spec,
        Recorder recorder,
        EndpointOwnerFactory ownerFactory,
        BackgroundFailures failures) {
      Binding binding = spec.binding();
      if (this == REFUSING) {
        NetworkChannel channel = binding.hold();
        return new BlockedPort(channel, Binding.addressOf(channel), failures);
      }
      if (this == NEVER_ACCEPTING) {
        if (binding.transport() == Transport.UDP) {
          throw new LoopbackException(
              "UDP has no connects that could be left waiting: use silent() or refusing()");
        }
        ServerSocketChannel server = binding.listen(1);
        BlockedPort blockedPort = new BlockedPort(server, Binding.addressOf(server), failures);
        blockedPort.fillBacklog();
        return blockedPort;
      }
      return openSocket(spec, this != NEVER_READING, recorder, ownerFactory, failures);
    }
  }

  /** Returns the script that is played; one without steps if none is. */
  default Script script() {
    return Script.builder().build();
  }

  /** Checks what can be told before anything opens. */
  default void check(Binding binding, EndpointOptions options) {}

  /** Returns who finds somebody to speak on each connection. */
  EndpointOwnerFactory ownerFactory(
      ListenerSpec spec, Recorder recorder, Marks marks, BackgroundFailures failures);

  /** Opens the door through which connections come to the host. */
  BoundSocket bind(
      ListenerSpec spec,
      Recorder recorder,
      EndpointOwnerFactory ownerFactory,
      BackgroundFailures failures);

  /** Returns what {@code toString} adds, or null for a listener that answers. */
  default @Nullable String label() {
    return null;
  }

  /** Opens a door that accepts. */
  private static BoundSocket openSocket(
      ListenerSpec spec,
      boolean autoRead,
      Recorder recorder,
      EndpointOwnerFactory ownerFactory,
      BackgroundFailures failures) {
    Binding binding = spec.binding();
    Transport transport = binding.transport();
    TlsSetup tlsSetup = spec.options().tlsSetup(spec.mode().script(), "", 0);
    if (transport == Transport.UDP) {
      DatagramChannel channel = binding.bindDatagrams();
      return new BoundDatagramSocket(
          channel,
          Binding.addressOf(channel),
          Side.SERVER,
          recorder,
          ownerFactory,
          failures,
          autoRead);
    }
    ServerSocketChannel channel = binding.listen();
    SocketAddress address = Binding.addressOf(channel);
    EventLoop loop;
    try {
      loop = EventLoop.acquireOrClose(channel);
    } catch (LoopbackException e) {
      Binding.deletePath(address, failures);
      throw e;
    }
    ListenerConnectionFactory connectionFactory =
        new ListenerConnectionFactory(
            transport, address, recorder, ownerFactory, failures, tlsSetup);
    return new StreamAcceptor(loop, channel, address, transport, connectionFactory, failures);
  }
}
