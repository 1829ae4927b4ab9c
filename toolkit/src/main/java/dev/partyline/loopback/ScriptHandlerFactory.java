package dev.partyline.loopback;

import dev.partyline.script.Cursor;
import dev.partyline.script.Player;
import dev.partyline.script.PlayerFactory;
import dev.partyline.script.ScriptRun;
import dev.partyline.wire.Recorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives each connection a player of the script. */
final class ScriptHandlerFactory implements EndpointOwnerFactory {
  private final PlayerFactory stage;
  private final Recorder recorder;
  private final long deadline;
  private final Map<Integer, Player> players = new LinkedHashMap<>();

  ScriptHandlerFactory(PlayerFactory stage, Recorder recorder, long deadline) {
    this.stage = stage;
    this.recorder = recorder;
    this.deadline = deadline;
  }

  @Override
  public EndpointOwner welcome(Endpoint link) {
    return new ScriptHandler(enter(link.track.number()), link, recorder, deadline);
  }

  /** Returns the player of a connection, be it one that never came about. */
  Player enter(int number) {
    // At once, so that nobody sees a block taken and no player that has it.
    synchronized (players) {
      Player player = stage.enter(System.nanoTime());
      players.put(number, player);
      return player;
    }
  }

  @Override
  public List<ScriptRun> performances() {
    List<ScriptRun> performances = new ArrayList<>();
    soFar().forEach((number, player) -> performances.add(player.performance(number)));
    return List.copyOf(performances);
  }

  @Override
  public Cursor cursor(int connection) {
    Player player = soFar().get(connection);
    return player == null ? EndpointOwnerFactory.super.cursor(connection) : player.cursor();
  }

  private Map<Integer, Player> soFar() {
    synchronized (players) {
      return new LinkedHashMap<>(players);
    }
  }

  @Override
  public List<String> unused() {
    synchronized (players) {
      return stage.unused();
    }
  }
}
