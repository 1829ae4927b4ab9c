package dev.partyline.loopback;

import dev.partyline.script.Board;
import dev.partyline.script.Script;
import dev.partyline.script.Stage;
import dev.partyline.wire.Patience;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import org.jspecify.annotations.Nullable;

/** What a listener does with those who connect: it finds who speaks, and opens the door to them. */
sealed interface Manner {
  /** Plays a script. */
  record Plays(Script script) implements Manner {
    @Override
    public void check(Binding binding, Settings settings) {
      // Whatever this side cannot play is found here, before anything opens.
      stage(binding, settings, settings.boardOrNew());
    }

    private Stage stage(Binding binding, Settings settings, Board board) {
      return Stage.of(
          script,
          Side.SERVER,
          binding.transport(),
          settings.deadline(),
          board,
          settings.keepingTimes());
    }

    @Override
    public Host host(ListenerSpec spec, Recorder recorder, Board board, Problems problems) {
      Settings settings = spec.settings();
      return new Players(
          stage(spec.binding(), settings, board),
          recorder,
          Patience.stretch(settings.deadline()).toNanos());
    }

    @Override
    public Door door(ListenerSpec spec, Recorder recorder, Host host, Problems problems) {
      return open(spec, true, recorder, host, problems);
    }
  }

  /** Runs a handler. */
  record Handles(Handler handler) implements Manner {
    @Override
    public Host host(ListenerSpec spec, Recorder recorder, Board board, Problems problems) {
      return new Crew(handler, spec.settings(), problems);
    }

    @Override
    public Door door(ListenerSpec spec, Recorder recorder, Host host, Problems problems) {
      return open(spec, true, recorder, host, problems);
    }
  }

  /** Says nothing, in one of these ways. */
  enum Mute implements Manner {
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
    public Host host(ListenerSpec spec, Recorder recorder, Board board, Problems problems) {
      return new Quiet(this != NEVER_READING);
    }

    @Override
    public Door door(ListenerSpec spec, Recorder recorder, Host host, Problems problems) {
      Binding binding = spec.binding();
      if (this == REFUSING) {
        NetworkChannel held = binding.hold();
        return new ShutDoor(held, Binding.addressOf(held), problems);
      }
      if (this == NEVER_ACCEPTING) {
        if (binding.transport() == Transport.UDP) {
          throw new LoopbackException(
              "UDP has no connects that could be left waiting: use silent() or refusing()");
        }
        ServerSocketChannel full = binding.listen(1);
        ShutDoor door = new ShutDoor(full, Binding.addressOf(full), problems);
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
  default void check(Binding binding, Settings settings) {}

  /** Returns who finds somebody to speak on each connection. */
  Host host(ListenerSpec spec, Recorder recorder, Board board, Problems problems);

  /** Opens the door through which connections come to the host. */
  Door door(ListenerSpec spec, Recorder recorder, Host host, Problems problems);

  /** Returns what {@code toString} adds, or null for a listener that answers. */
  default @Nullable String words() {
    return null;
  }

  /** Opens a door that accepts. */
  private static Door open(
      ListenerSpec spec, boolean reading, Recorder recorder, Host host, Problems problems) {
    Binding binding = spec.binding();
    Transport transport = binding.transport();
    Security security = spec.settings().security(spec.manner().script(), "", 0);
    if (transport == Transport.UDP) {
      DatagramChannel channel = binding.receive();
      return new DatagramDoor(
          channel, Binding.addressOf(channel), Side.SERVER, recorder, host, problems, reading);
    }
    ServerSocketChannel channel = binding.listen();
    SocketAddress address = Binding.addressOf(channel);
    Loop loop;
    try {
      loop = Loop.enterOr(channel);
    } catch (LoopbackException e) {
      Binding.deletePath(address, problems);
      throw e;
    }
    Serving serving = new Serving(transport, address, recorder, host, problems, security);
    return new StreamDoor(loop, channel, address, transport, serving, problems);
  }
}
