package dev.partyline.loopback;

import dev.partyline.script.Cursor;
import dev.partyline.script.Performance;
import dev.partyline.script.Player;
import dev.partyline.script.Stage;
import dev.partyline.wire.Recorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives each connection a player of the script. */
final class Players implements Host {
  private final Stage stage;
  private final Recorder recorder;
  private final long deadline;
  private final Map<Integer, Player> players = new LinkedHashMap<>();

  Players(Stage stage, Recorder recorder, long deadline) {
    this.stage = stage;
    this.recorder = recorder;
    this.deadline = deadline;
  }

  @Override
  public Talk welcome(Link link) {
    Player player = stage.enter(System.nanoTime());
    keep(link.track.number(), player);
    return new Playing(player, link, recorder, deadline);
  }

  /** Returns the player of a connection that never came about. */
  Player miss(int number) {
    Player player = stage.enter(System.nanoTime());
    keep(number, player);
    return player;
  }

  private void keep(int number, Player player) {
    synchronized (players) {
      players.put(number, player);
    }
  }

  @Override
  public List<Performance> performances() {
    List<Performance> performances = new ArrayList<>();
    soFar().forEach((number, player) -> performances.add(player.performance(number)));
    return List.copyOf(performances);
  }

  @Override
  public Cursor cursor(int connection) {
    Player player = soFar().get(connection);
    return player == null ? Host.super.cursor(connection) : player.cursor();
  }

  private Map<Integer, Player> soFar() {
    synchronized (players) {
      return new LinkedHashMap<>(players);
    }
  }

  @Override
  public List<String> unused() {
    return stage.unused();
  }
}
