package dev.partyline.script.player;

import dev.partyline.script.Printer;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the player of each new connection of one side.
 *
 * <p>Safe to use from several threads.
 */
public final class PlayerFactory {
  private final List<CompiledScript> programs;
  private final CompiledScript emptyProgram;
  private final Map<String, Bytes> values;
  private final @Nullable Side ownSide;
  private final boolean datagrams;
  private final long timeoutNanos;
  private final Marks marks;
  private final boolean keepsTimes;
  private int connectionCount;

  private PlayerFactory(
      Script script,
      @Nullable Side ownSide,
      Transport transport,
      Duration deadline,
      Marks marks,
      boolean keepsTimes) {
    this.ownSide = ownSide;
    this.programs = new ScriptCompiler(script, ownSide, transport).compile();
    this.emptyProgram = new CompiledScript(List.of(), false, ownSide, List.of());
    this.values = script.values();
    this.datagrams = !transport.isStream();
    this.timeoutNanos = TimeoutFactor.stretch(deadline).toNanos();
    this.marks = marks;
    this.keepsTimes = keepsTimes;
    programs.forEach(program -> marks.addSetter(program.marks()));
  }

  /**
   * Returns the factory for a script.
   *
   * @param script what is played
   * @param ownSide the side that the players play
   * @param transport the transport of the connections
   * @param deadline how long each expectation waits if the script has no {@code within}, stretched
   *     by {@link TimeoutFactor}
   * @param marks the marks that the script sets and waits for
   * @param keepsTimes whether lines with a time are sent at that time
   * @throws ScriptException if that side cannot play the script
   */
  public static PlayerFactory of(
      Script script,
      Side ownSide,
      Transport transport,
      Duration deadline,
      Marks marks,
      boolean keepsTimes) {
    return new PlayerFactory(script, ownSide, transport, deadline, marks, keepsTimes);
  }

  /** Returns a factory of players that send nothing and expect both sides. */
  static PlayerFactory forObserver(Script script, Transport transport) {
    // A recording may have taken any time: only 'within' limits it.
    return new PlayerFactory(script, null, transport, Duration.ofDays(10), new Marks(), false);
  }

  /** Returns how many connections the script has a block for, MAX_VALUE if for every one. */
  public int maxConnections() {
    return programs.get(programs.size() - 1).every() ? Integer.MAX_VALUE : programs.size();
  }

  /** Returns whether each block of the script has its connection. */
  public synchronized boolean isExhausted() {
    return connectionCount >= maxConnections();
  }

  /**
   * Returns the player of the next connection; one that fails at once if the script has no block
   * for it.
   *
   * @param nanos when the connection opened
   */
  public synchronized Player newPlayer(long nanos) {
    Player player = newPlayer(connectionCount, nanos);
    connectionCount = Math.min(connectionCount + 1, Integer.MAX_VALUE - 1);
    return player;
  }

  /** Returns a player for the connection with that index in the script, from 0. */
  Player newPlayer(int index, long nanos) {
    boolean extra = index >= maxConnections();
    CompiledScript program =
        extra ? emptyProgram : programs.get(Math.min(index, programs.size() - 1));
    PlayerContext context =
        new PlayerContext(
            ownSide,
            new InputBuffer(datagrams),
            new InputBuffer(datagrams),
            marks,
            timeoutNanos,
            nanos,
            keepsTimes,
            datagrams,
            new IdentityHashMap<>(0));
    Player player = new Player(program, Variables.of(values), context);
    if (extra) {
      player.failExtraConnection(programs.size());
    }
    return player;
  }

  /** Returns the {@code connection} blocks that no connection was opened for yet, as printed. */
  public synchronized List<String> unusedBlocks() {
    return programs.stream()
        .skip(connectionCount)
        .filter(program -> !program.every())
        .map(program -> Printer.print(program.steps()))
        .toList();
  }
}
