package dev.partyline.loopback;

import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.EndedRun;
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
  private final Map<Integer, RunState> runStates = new LinkedHashMap<>();

  /** How far a run is, by the number of its connection. */
  private sealed interface RunState {
    ScriptRun scriptRun();

    Cursor cursor();
  }

  private record Playing(int connection, Player player) implements RunState {
    @Override
    public ScriptRun scriptRun() {
      return player.scriptRun(connection);
    }

    @Override
    public Cursor cursor() {
      return player.cursor();
    }
  }

  /** Keeps no player, because a listener may have very many connections in its time. */
  private record Ended(EndedRun run) implements RunState {
    @Override
    public ScriptRun scriptRun() {
      return run.scriptRun();
    }

    @Override
    public Cursor cursor() {
      return run.cursor();
    }
  }

  ScriptHandlerFactory(
      PlayerFactory playerFactory, Recorder recorder, Ticker ticker, long deadlineNanos) {
    this.playerFactory = playerFactory;
    this.recorder = recorder;
    this.ticker = ticker;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public EndpointOwner create(Endpoint endpoint) {
    int number = endpoint.recorder.number();
    Player player = newPlayer(number);
    return new ScriptHandler(
        player, endpoint, recorder, ticker, deadlineNanos, () -> onClosed(number, player));
  }

  /** Returns a new player for a connection, even for one whose connect has failed. */
  Player newPlayer(int number) {
    // Under one lock, so that no reader sees a block in use without its player.
    synchronized (runStates) {
      Player player = playerFactory.newPlayer(ticker.nanos());
      runStates.put(number, new Playing(number, player));
      return player;
    }
  }

  @Override
  public boolean isExhausted() {
    return playerFactory.isExhausted();
  }

  private void onClosed(int number, Player player) {
    EndedRun run = player.endedRun(number);
    synchronized (runStates) {
      runStates.put(number, new Ended(run));
    }
  }

  @Override
  public List<ScriptRun> runs() {
    List<ScriptRun> runs = new ArrayList<>();
    snapshot().forEach(state -> runs.add(state.scriptRun()));
    return List.copyOf(runs);
  }

  @Override
  public Cursor cursor(int connection) {
    RunState state;
    synchronized (runStates) {
      state = runStates.get(connection);
    }
    return state == null ? EndpointOwnerFactory.super.cursor(connection) : state.cursor();
  }

  /** Returns a copy, because a player must not be asked under the lock. */
  private List<RunState> snapshot() {
    synchronized (runStates) {
      return List.copyOf(runStates.values());
    }
  }

  @Override
  public List<String> unused() {
    synchronized (runStates) {
      return playerFactory.unusedBlocks();
    }
  }
}
