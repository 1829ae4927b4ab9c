package dev.partyline.loopback;

import dev.partyline.script.Marks;
import dev.partyline.script.PlayerFactory;
import dev.partyline.script.Script;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/** What a listener does with those who connect: it finds who speaks, and opens the door to them. */
sealed interface ListenerMode {
  /** Plays a script. */
  record Plays(Script script) implements ListenerMode {
    @Override
    public void check(Binding binding, EndpointOptions settings) {
      // Whatever this side cannot play is found here, before anything opens.
      stage(binding, settings, settings.boardOrNew());
    }

    private PlayerFactory stage(Binding binding, EndpointOptions settings, Marks board) {
      return PlayerFactory.of(
          script,
          Side.SERVER,
          binding.transport(),
          settings.deadline(),
          board,
          settings.keepingTimes());
    }

    @Override
    public EndpointOwnerFactory host(
        ListenerSpec spec, Recorder recorder, Marks board, BackgroundFailures problems) {
      EndpointOptions settings = spec.settings();
      return new ScriptHandlerFactory(
          stage(spec.binding(), settings, board),
          recorder,
          TimeoutFactor.stretch(settings.deadline()).toNanos());
    }

    @Override
    public BoundSocket door(
        ListenerSpec spec,
        Recorder recorder,
        EndpointOwnerFactory host,
        BackgroundFailures problems) {
      return open(spec, true, recorder, host, problems);
    }
  }

  /** Runs a handler. */
  record Handles(Handler handler) implements ListenerMode {
    @Override
    public EndpointOwnerFactory host(
        ListenerSpec spec, Recorder recorder, Marks board, BackgroundFailures problems) {
      return new HandlerThreads(handler, spec.settings(), problems);
    }

    @Override
    public BoundSocket door(
        ListenerSpec spec,
        Recorder recorder,
        EndpointOwnerFactory host,
        BackgroundFailures problems) {
      return open(spec, true, recorder, host, problems);
    }
  }

  /** Says nothing, in one of these ways. */
  enum Mute implements ListenerMode {
    /** Accepts and reads. */
    SILENT("silent"),
    /** Accepts and leaves it at that. */
    NEVER_READING("never reading"),
    /** Does not even accept. */
    NEVER_ACCEPTING("never accepting"),
    /** Does not even listen. */
    REFUSING("refusing");

    private final String words;

    Mute(String words) {
      this.words = words;
    }

    @Override
    public String words() {
      return words;
    }

    @Override
    public EndpointOwnerFactory host(
        ListenerSpec spec, Recorder recorder, Marks board, BackgroundFailures problems) {
      return new SilentHandler(this != NEVER_READING);
    }

    @Override
    public BoundSocket door(
        ListenerSpec spec,
        Recorder recorder,
        EndpointOwnerFactory host,
        BackgroundFailures problems) {
      Binding binding = spec.binding();
      if (this == REFUSING) {
        NetworkChannel held = binding.hold();
        return new BlockedPort(held, Binding.addressOf(held), problems);
      }
      if (this == NEVER_ACCEPTING) {
        if (binding.transport() == Transport.UDP) {
          throw new LoopbackException(
              "UDP has no connects that could be left waiting: use silent() or refusing()");
        }
        ServerSocketChannel full = binding.listen(1);
        BlockedPort door = new BlockedPort(full, Binding.addressOf(full), problems);
        door.fill();
        return door;
      }
      return open(spec, this != NEVER_READING, recorder, host, problems);
    }
  }

  /** Returns the script that is played; one without steps if none is. */
  default Script script() {
    return Script.builder().build();
  }

  /** Checks what can be told before anything opens. */
  default void check(Binding binding, EndpointOptions settings) {}

  /** Returns who finds somebody to speak on each connection. */
  EndpointOwnerFactory host(
      ListenerSpec spec, Recorder recorder, Marks board, BackgroundFailures problems);

  /** Opens the door through which connections come to the host. */
  BoundSocket door(
      ListenerSpec spec, Recorder recorder, EndpointOwnerFactory host, BackgroundFailures problems);

  /** Returns what {@code toString} adds, or null for a listener that answers. */
  default @Nullable String words() {
    return null;
  }

  /** Opens a door that accepts. */
  private static BoundSocket open(
      ListenerSpec spec,
      boolean reading,
      Recorder recorder,
      EndpointOwnerFactory host,
      BackgroundFailures problems) {
    Binding binding = spec.binding();
    Transport transport = binding.transport();
    TlsSetup security = spec.settings().security(spec.manner().script(), "", 0);
    if (transport == Transport.UDP) {
      DatagramChannel channel = binding.receive();
      return new BoundDatagramSocket(
          channel, Binding.addressOf(channel), Side.SERVER, recorder, host, problems, reading);
    }
    ServerSocketChannel channel = binding.listen();
    SocketAddress address = Binding.addressOf(channel);
    EventLoop loop;
    try {
      loop = EventLoop.enterOr(channel);
    } catch (LoopbackException e) {
      Binding.deletePath(address, problems);
      throw e;
    }
    ListenerConnectionFactory serving =
        new ListenerConnectionFactory(transport, address, recorder, host, problems, security);
    return new StreamAcceptor(loop, channel, address, transport, serving, problems);
  }
}
