package dev.partyline.loopback;

import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.Player;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a player of the script for each connection. */
final class ScriptHandlerFactory implements EndpointOwnerFactory {
  private final PlayerFactory playerFactory;
  private final Recorder recorder;
  private final Ticker ticker;
  private final long deadlineNanos;
  private final Map<Integer, Player> players = new LinkedHashMap<>();

  ScriptHandlerFactory(
      PlayerFactory playerFactory, Recorder recorder, Ticker ticker, long deadlineNanos) {
    this.playerFactory = playerFactory;
    this.recorder = recorder;
    this.ticker = ticker;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public EndpointOwner create(Endpoint endpoint) {
    return new ScriptHandler(
        newPlayer(endpoint.recorder.number()), endpoint, recorder, ticker, deadlineNanos);
  }

  /** Returns a new player for a connection, even for one whose connect has failed. */
  Player newPlayer(int number) {
    // Under one lock, so that no reader sees a block in use without its player.
    synchronized (players) {
      Player player = playerFactory.newPlayer(ticker.nanos());
      players.put(number, player);
      return player;
    }
  }

  @Override
  public List<ScriptRun> runs() {
    List<ScriptRun> runs = new ArrayList<>();
    snapshot().forEach((number, player) -> runs.add(player.scriptRun(number)));
    return List.copyOf(runs);
  }

  @Override
  public Cursor cursor(int connection) {
    Player player = snapshot().get(connection);
    return player == null ? EndpointOwnerFactory.super.cursor(connection) : player.cursor();
  }

  private Map<Integer, Player> snapshot() {
    synchronized (players) {
      return new LinkedHashMap<>(players);
    }
  }

  @Override
  public List<String> unused() {
    synchronized (players) {
      return playerFactory.unusedBlocks();
    }
  }
}
