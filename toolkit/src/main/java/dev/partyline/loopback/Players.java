package dev.partyline.loopback;

import dev.partyline.script.Cursor;
import dev.partyline.script.Performance;
import dev.partyline.script.Player;
import dev.partyline.script.Stage;
import dev.partyline.wire.Recorder;
import java.util.ArrayList;
import java.util.List;

/** Gives each connection a player of the script. */
final class Players extends Host {
  private final Stage stage;
  private final Recorder recorder;
  private final long deadline;
  private final List<Part> parts = new ArrayList<>();

  Players(Stage stage, Recorder recorder, long deadline) {
    this.stage = stage;
    this.recorder = recorder;
    this.deadline = deadline;
  }

  @Override
  Talk welcome(Link link) {
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
    synchronized (parts) {
      parts.add(new Part(number, player));
    }
  }

  @Override
  List<Performance> performances() {
    return soFar().stream().map(part -> part.player.performance(part.number)).toList();
  }

  @Override
  Cursor cursor(int connection) {
    for (Part part : soFar()) {
      if (part.number == connection) {
        return part.player.cursor();
      }
    }
    return super.cursor(connection);
  }

  private List<Part> soFar() {
    synchronized (parts) {
      return List.copyOf(parts);
    }
  }

  @Override
  List<String> unused() {
    return stage.unused();
  }

  private record Part(int number, Player player) {}
}
