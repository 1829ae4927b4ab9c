package dev.partyline.loopback;

import dev.partyline.loopback.Manner.Mute;
import dev.partyline.script.Board;
import dev.partyline.script.Stage;
import dev.partyline.wire.Patience;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Opens what a {@link ListenerSpec} asks for. */
final class Openings {
  /** The kernel cuts it down to what it allows ({@code net.core.somaxconn}). */
  static final int BACKLOG = 4096;

  private Openings() {}

  static Host host(ListenerSpec spec, Recorder recorder, Board board, Problems problems) {
    Settings settings = spec.settings();
    if (spec.manner() instanceof Manner.Plays plays) {
      Stage stage =
          Stage.of(
              plays.script(),
              Side.SERVER,
              spec.binding().transport(),
              settings.deadline(),
              board,
              settings.keepingTimes());
      return new Players(stage, recorder, Patience.stretch(settings.deadline()).toNanos());
    }
    if (spec.manner() instanceof Manner.Handles handles) {
      return new Crew(handles.handler(), settings, problems);
    }
    return new Quiet(spec.manner() != Mute.NEVER_READING);
  }

  static Door door(ListenerSpec spec, Recorder recorder, Host host, Problems problems) {
    Binding binding = spec.binding();
    Manner manner = spec.manner();
    // Most listeners play: for them no class is loaded of the modes that they are not in.
    if (manner instanceof Manner.Plays plays) {
      Security security = spec.settings().security(plays.script(), "", 0);
      return open(binding, true, recorder, host, problems, security);
    }
    if (manner == Mute.REFUSING) {
      NetworkChannel held = binding.hold();
      return new ShutDoor(held, Binding.addressOf(held), problems);
    }
    if (manner == Mute.NEVER_ACCEPTING) {
      if (binding.transport() == Transport.UDP) {
        throw new LoopbackException(
            "UDP has no connects that could be left waiting: use silent() or refusing()");
      }
      ServerSocketChannel full = binding.listen(1);
      ShutDoor door = new ShutDoor(full, Binding.addressOf(full), problems);
      door.fill();
      return door;
    }
    Security security = spec.settings().security(null, "", 0);
    boolean reading = manner != Mute.NEVER_READING;
    return open(binding, reading, recorder, host, problems, security);
  }

  private static Door open(
      Binding binding,
      boolean reading,
      Recorder recorder,
      Host host,
      Problems problems,
      @Nullable Security security) {
    Transport transport = binding.transport();
    if (transport == Transport.UDP) {
      DatagramChannel channel = binding.receive();
      return new DatagramDoor(
          channel, Binding.addressOf(channel), Side.SERVER, recorder, host, problems, reading);
    }
    ServerSocketChannel channel = binding.listen(BACKLOG);
    SocketAddress address = Binding.addressOf(channel);
    Loop loop;
    try {
      loop = Loop.enterOr(channel);
    } catch (LoopbackException e) {
      deletePath(address, problems);
      throw e;
    }
    Serving serving = new Serving(transport, address, recorder, host, problems, security);
    return new StreamDoor(loop, channel, address, transport, serving, problems);
  }

  /** The file that a Unix domain socket leaves behind would keep others from its path. */
  static void deletePath(SocketAddress address, Problems problems) {
    if (address instanceof UnixDomainSocketAddress unix) {
      try {
        Files.deleteIfExists(unix.getPath());
      } catch (IOException e) {
        problems.add("the socket's path " + unix + " could not be deleted", e);
      }
    }
  }
}
