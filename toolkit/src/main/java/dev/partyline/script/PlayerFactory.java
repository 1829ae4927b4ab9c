package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a script is played by one side: it hands each new connection its player.
 *
 * <p>Safe to use from several threads.
 */
public final class PlayerFactory {
  private final List<CompiledScript> plans;
  private final CompiledScript nothing;
  private final Map<String, Bytes> values;
  private final @Nullable Side own;
  private final boolean datagrams;
  private final long patience;
  private final Marks board;
  private final boolean keepsTimes;
  private int entered;

  private PlayerFactory(
      Script script,
      @Nullable Side own,
      Transport transport,
      Duration deadline,
      Marks board,
      boolean keepsTimes) {
    this.own = own;
    this.plans = plans(script, own, transport);
    this.nothing = new CompiledScript(script, List.of(), false, own, transport);
    this.values = script.values();
    this.datagrams = !transport.isStream();
    this.patience = TimeoutFactor.stretch(deadline).toNanos();
    this.board = board;
    this.keepsTimes = keepsTimes;
  }

  /**
   * Returns the stage for a script.
   *
   * @param script what is played
   * @param own the side that the players speak for
   * @param transport what carries it
   * @param deadline how long each expectation waits where the script says nothing else, stretched
   *     by {@link TimeoutFactor}
   * @param board where {@code mark} and {@code await} meet
   * @param keepsTimes whether lines with a time are said at that time
   * @throws ScriptException if that side cannot play the script
   */
  public static PlayerFactory of(
      Script script,
      Side own,
      Transport transport,
      Duration deadline,
      Marks board,
      boolean keepsTimes) {
    return new PlayerFactory(script, own, transport, deadline, board, keepsTimes);
  }

  /** Returns a stage whose players say nothing and expect both sides. */
  static PlayerFactory witness(Script script, Transport transport) {
    // A recording took the time that it took: only 'within' is held against it.
    return new PlayerFactory(script, null, transport, Duration.ofDays(10), new Marks(), false);
  }

  private static List<CompiledScript> plans(
      Script script, @Nullable Side own, Transport transport) {
    List<CompiledScript> plans = new ArrayList<>();
    for (Step step : script.steps()) {
      // Lines come first here, and fixed bytes elsewhere: a class is loaded when it is first asked
      // for, a fresh JVM takes a third of a millisecond for each, and most scripts have no other.
      if (!(step instanceof Step.Line) && step instanceof Step.Connection block) {
        plans.add(new CompiledScript(script, block.steps(), block.every(), own, transport));
      }
    }
    if (plans.isEmpty()) {
      plans.add(new CompiledScript(script, script.steps(), false, own, transport));
    }
    return List.copyOf(plans);
  }

  /** Returns for how many connections the script has a block, MAX_VALUE if for every one. */
  public int connections() {
    return plans.get(plans.size() - 1).every() ? Integer.MAX_VALUE : plans.size();
  }

  /**
   * Returns the player of the next connection; one that fails at once if the script has no block
   * for it.
   *
   * @param nanos when the connection opened
   */
  public synchronized Player enter(long nanos) {
    Player player = player(entered, nanos);
    entered = Math.min(entered + 1, Integer.MAX_VALUE - 1);
    return player;
  }

  /** Returns a player for the connection of that place in the script, from 0. */
  Player player(int place, long nanos) {
    boolean extra = place >= connections();
    CompiledScript plan = extra ? nothing : plans.get(Math.min(place, plans.size() - 1));
    PlayerContext setting =
        new PlayerContext(
            own,
            new InputBuffer(datagrams),
            new InputBuffer(datagrams),
            board,
            patience,
            nanos,
            keepsTimes,
            datagrams,
            new IdentityHashMap<>(0));
    Player player = new Player(plan, Variables.of(values), setting);
    if (extra) {
      player.refuse(plans.size());
    }
    return player;
  }

  /** Returns the {@code connection} blocks that no connection has come for yet, as printed. */
  public synchronized List<String> unused() {
    return plans.stream()
        .skip(entered)
        .filter(plan -> !plan.every())
        .map(plan -> Printer.print(plan.steps()))
        .toList();
  }
}
