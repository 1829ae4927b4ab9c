package dev.partyline.script.player;

import dev.partyline.script.Choices;
import dev.partyline.script.Script;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plays one script with both sides, in memory: what one sends, the other receives. */
final class PlayerPair {
  private final Map<Side, Player> players = new EnumMap<>(Side.class);
  private final Set<Side> tlsStarters = EnumSet.noneOf(Side.class);
  private final List<Event> events = new ArrayList<>();
  private final Choices splits;
  private final boolean stream;
  private long now;

  PlayerPair(Script script, Transport transport, Choices splits) {
    this.splits = splits;
    this.stream = transport.isStream();
    Marks marks = new Marks();
    for (Side side : Side.values()) {
      PlayerFactory factory =
          PlayerFactory.of(script, side, transport, Duration.ofSeconds(5), marks, false);
      players.put(side, factory.newPlayer(0));
    }
  }

  static PlayerPair of(Script script) {
    return new PlayerPair(script, Transport.TCP, bound -> bound - 1);
  }

  /** Plays until neither side has anything to do, not even later. */
  PlayerPair play() {
    while (true) {
      if (!step(Side.SERVER) && !step(Side.CLIENT)) {
        long next = Math.min(wakeAt(Side.SERVER), wakeAt(Side.CLIENT));
        if (next == Long.MAX_VALUE) {
          return this;
        }
        now = next;
      }
    }
  }

  private long wakeAt(Side side) {
    return players.get(side).wakeAt();
  }

  private boolean step(Side side) {
    Action action = players.get(side).next(now);
    if (action == null) {
      return false;
    }
    Player peer = players.get(side.peer());
    if (action instanceof Action.Send send) {
      deliver(side, peer, send.bytes());
    } else if (action instanceof Action.Reset) {
      events.add(new Event.Rst(side, now));
      peer.onPeerReset();
    } else if (action instanceof Action.TlsHandshake) {
      tlsStarters.add(side);
      if (tlsStarters.containsAll(players.keySet())) {
        events.add(new Event.TlsStarted(now));
        players.values().forEach(Player::onHandshakeDone);
      }
    } else if (!(action instanceof Action.Stall)) {
      events.add(new Event.Fin(side, now));
      peer.onPeerFin();
    }
    return true;
  }

  private void deliver(Side side, Player peer, Bytes bytes) {
    int offset = 0;
    while (stream && bytes.size() - offset > 1) {
      int endOffset = offset + 1 + splits.choose(bytes.size() - offset);
      receive(side, peer, bytes.slice(offset, endOffset));
      offset = endOffset;
    }
    if (offset < bytes.size() || !stream) {
      receive(side, peer, bytes.slice(offset, bytes.size()));
    }
  }

  private void receive(Side side, Player peer, Bytes chunk) {
    events.add(new Event.Sent(side, now, chunk));
    peer.onReceived(chunk.toBuffer());
  }

  ScriptRun run(Side side) {
    return players.get(side).scriptRun(1);
  }

  Cursor cursor(Side side) {
    return players.get(side).cursor();
  }

  Conversation conversation() {
    return Conversation.of(events);
  }
}
