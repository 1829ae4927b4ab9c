package dev.partyline.script.player;

import dev.partyline.script.Script;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drives one player: takes bytes and events, collects actions, and sets the time. */
final class PlayerHarness {
  static final Duration DEADLINE = Duration.ofSeconds(5);

  /** More turns than any test needs: the player spins. */
  private static final int MAX_TURNS = 100_000;

  final PlayerFactory factory;
  final Player player;
  final List<Action> actions = new ArrayList<>();
  long now;

  PlayerHarness(PlayerFactory factory, long now) {
    this.factory = factory;
    this.now = now;
    this.player = factory.newPlayer(now);
  }

  static PlayerFactory factory(Script script, Side ownSide, Transport transport, Marks marks) {
    return PlayerFactory.of(script, ownSide, transport, DEADLINE, marks, false);
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

  static PlayerHarness of(Script script, Side ownSide, Transport transport, Marks marks) {
    return new PlayerHarness(factory(script, ownSide, transport, marks), 1_000_000_000L).play();
  }

  static PlayerHarness atRecordedTimes(String script) {
    PlayerFactory factory =
        PlayerFactory.of(
            Script.parse(script), Side.SERVER, Transport.TCP, DEADLINE, new Marks(), true);
    return new PlayerHarness(factory, 1_000_000_000L).play();
  }

  /** Does all that the player wants done now. */
  PlayerHarness play() {
    for (int turns = 0; turns < MAX_TURNS; turns++) {
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

  /** Sends text as one chunk or datagram, {@code |} for CR LF. */
  PlayerHarness send(String text) {
    return send(Bytes.utf8(text.replace("|", "\r\n")));
  }

  PlayerHarness send(Bytes bytes) {
    player.onReceived(bytes.toBuffer());
    return play();
  }

  PlayerHarness sendByteByByte(Bytes bytes) {
    for (int i = 0; i < bytes.size(); i++) {
      send(bytes.slice(i, i + 1));
    }
    return this;
  }

  PlayerHarness finish() {
    player.onPeerFin();
    return play();
  }

  PlayerHarness reset() {
    player.onPeerReset();
    return play();
  }

  /** Lets time pass, and wakes the player only at the times it asked for. */
  PlayerHarness advance(Duration time) {
    long endNanos = now + time.toNanos();
    while (player.wakeAt() <= endNanos) {
      now = Math.max(now, player.wakeAt());
      play();
    }
    now = endNanos;
    return this;
  }

  PlayerHarness advanceMillis(long millis) {
    return advance(Duration.ofMillis(millis));
  }

  /** Returns the messages sent since the last call, and other actions by their names. */
  String drainOutput() {
    List<String> messages = new ArrayList<>();
    for (Action action : actions) {
      messages.add(
          action instanceof Action.Send send
              ? send.bytes().utf8().replace("\r\n", "|")
              : "<" + action.getClass().getSimpleName() + ">");
    }
    actions.clear();
    return String.join(" + ", messages);
  }

  ScriptRun run() {
    return player.scriptRun(1);
  }

  String value(String name) {
    return run().values().get(name);
  }

  EndReason endReason() {
    return run().endReason().orElse(null);
  }

  boolean isDone() {
    return run().done();
  }

  String problem() {
    return run().problem();
  }

  Cursor cursor() {
    return player.cursor();
  }

  /** Returns the printed lines at which the cursor is. */
  List<String> currentLines() {
    return rows(Cursor.State.CURRENT);
  }

  List<String> rows(Cursor.State state) {
    return cursor().rows().stream()
        .filter(row -> row.state() == state)
        .map(row -> row.text().strip())
        .toList();
  }
}
