package dev.partyline.loopback;

import dev.partyline.internal.net.AcceptedConnections;
import dev.partyline.internal.net.StreamAcceptor;
import dev.partyline.internal.net.OpenSocketOwner;
import dev.partyline.script.Script;
import dev.partyline.script.player.Action;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.Player;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Side;
import dev.partyline.wire.Ticker;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Does in memory, while a loop comes up, what its first connection will need.
 *
 * <p>In a fresh JVM loading classes takes longer than all the rest up to the first answer. So who
 * waits for the loop loads those that play, the loop those that record, and both those that carry.
 */
public final class ClassPreloader {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final int CONNECTION_CLASS_COUNT = 6;

  private ClassPreloader() {}

  /** Plays one line each way; returns what was said, and nobody has heard. */
  public static @Nullable Action preloadPlayer() {
    Action action = playLine();
    // The first channel waits for the selector's provider, which these need not.
    for (int i = 0; i < CONNECTION_CLASS_COUNT; i++) {
      load(connectionClass(i));
    }
    return action;
  }

  private static @Nullable Action playLine() {
    Script script = Script.parse("C: a\nS: b");
    PlayerFactory factory =
        PlayerFactory.of(script, Side.SERVER, Transport.TCP, DEADLINE, new Marks(), false);
    Player player = factory.newPlayer(0);
    player.onReceived(line());
    return player.next(0);
  }

  /** Records a line on a connection that nobody made; to be called on the loop. */
  public static void preloadRecorder() {
    new Recorder(Ticker.SYSTEM).open(Transport.TCP, "a", "b").recordSent(Side.CLIENT, line());
    try (SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      // Whoever opens the next one is told the same.
    }
    // From the other end: how far each of the two threads gets hangs on which began first.
    for (int i = CONNECTION_CLASS_COUNT - 1; i >= 0; i--) {
      load(connectionClass(i));
    }
  }

  /** Returns one of the classes that carry a connection; not from a list, which would load all. */
  private static Class<?> connectionClass(int index) {
    return switch (index) {
      case 0 -> ScriptHandler.class;
      case 1 -> StreamEndpoint.class;
      case 2 -> ListenerConnectionFactory.class;
      case 3 -> StreamAcceptor.class;
      case 4 -> AcceptedConnections.class;
      default -> OpenSocketOwner.class;
    };
  }

  private static ByteBuffer line() {
    return ByteBuffer.wrap(new byte[] {'a', '\r', '\n'});
  }

  private static void load(Class<?> type) {
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(type + " must be found where it comes from", e);
    }
  }
}
