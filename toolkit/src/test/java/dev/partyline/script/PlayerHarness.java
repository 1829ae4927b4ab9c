package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drives one player by hand: bytes and events in, actions kept, time is a number. */
final class PlayerHarness {
  static final Duration DEADLINE = Duration.ofSeconds(5);

  /** More actions or turns than any test has in mind: the player spins. */
  private static final int MANY = 100_000;

  final PlayerFactory stage;
  final Player player;
  final List<Action> actions = new ArrayList<>();
  long now;

  PlayerHarness(PlayerFactory stage, long now) {
    this.stage = stage;
    this.now = now;
    this.player = stage.enter(now);
  }

  static PlayerFactory stage(Script script, Side own, Transport transport, Marks board) {
    return PlayerFactory.of(script, own, transport, DEADLINE, board, false);
  }

  static PlayerHarness server(String script) {
    return server(Script.parse(script));
  }

  static PlayerHarness server(Script script) {
    return of(script, Side.SERVER, Transport.TCP, new Marks());
  }

  static PlayerHarness client(String script) {
    return of(Script.parse(script), Side.CLIENT, Transport.TCP, new Marks());
  }

  static PlayerHarness udpServer(String script) {
    return of(Script.parse(script), Side.SERVER, Transport.UDP, new Marks());
  }

  static PlayerHarness udpClient(String script) {
    return of(Script.parse(script), Side.CLIENT, Transport.UDP, new Marks());
  }

  static PlayerHarness of(Script script, Side own, Transport transport, Marks board) {
    return new PlayerHarness(stage(script, own, transport, board), 1_000_000_000L).play();
  }

  static PlayerHarness timed(String script) {
    PlayerFactory stage =
        PlayerFactory.of(
            Script.parse(script), Side.SERVER, Transport.TCP, DEADLINE, new Marks(), true);
    return new PlayerHarness(stage, 1_000_000_000L).play();
  }

  /** Does all that the player asks for now. */
  PlayerHarness play() {
    for (int turns = 0; turns < MANY; turns++) {
      Action action = player.next(now);
      if (action != null) {
        actions.add(action);
      } else if (player.wakeAt() > now) {
        return this;
      }
    }
    throw new AssertionError(
        "the player spins: " + actions.subList(0, Math.min(9, actions.size())));
  }

  /** Sends text as one chunk or datagram, {@code |} standing for CR LF. */
  PlayerHarness send(String text) {
    return send(Bytes.utf8(text.replace("|", "\r\n")));
  }

  PlayerHarness send(Bytes bytes) {
    player.received(bytes.toBuffer());
    return play();
  }

  PlayerHarness sendByteByByte(Bytes bytes) {
    for (int i = 0; i < bytes.size(); i++) {
      send(bytes.slice(i, i + 1));
    }
    return this;
  }

  PlayerHarness finish() {
    player.peerFinished();
    return play();
  }

  PlayerHarness reset() {
    player.peerReset();
    return play();
  }

  /** Lets time pass, and wakes the player only when it asked to be woken. */
  PlayerHarness pass(Duration time) {
    long end = now + time.toNanos();
    while (player.wakeAt() <= end) {
      now = Math.max(now, player.wakeAt());
      play();
    }
    now = end;
    return this;
  }

  PlayerHarness passMillis(long millis) {
    return pass(Duration.ofMillis(millis));
  }

  /** The messages said since the last call of this, and other actions by their names. */
  String said() {
    List<String> words = new ArrayList<>();
    for (Action action : actions) {
      words.add(
          action instanceof Action.Say say
              ? say.bytes().utf8().replace("\r\n", "|")
              : "<" + action.getClass().getSimpleName() + ">");
    }
    actions.clear();
    return String.join(" + ", words);
  }

  ScriptRun performance() {
    return player.performance(1);
  }

  String value(String name) {
    return performance().values().get(name);
  }

  EndReason ending() {
    return performance().ending().orElse(null);
  }

  boolean isDone() {
    return performance().done();
  }

  String problem() {
    return performance().problem();
  }

  Cursor cursor() {
    return player.cursor();
  }

  /** The printed lines on which the cursor stands. */
  List<String> here() {
    return rows(Cursor.State.HERE);
  }

  List<String> rows(Cursor.State state) {
    return cursor().rows().stream()
        .filter(row -> row.state() == state)
        .map(row -> row.text().strip())
        .toList();
  }
}
