package dev.partyline.script;

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

/** Plays one script with both sides, in memory: what one says the other receives. */
final class PlayerPair {
  private final Map<Side, Player> players = new EnumMap<>(Side.class);
  private final Set<Side> starting = EnumSet.noneOf(Side.class);
  private final List<Event> events = new ArrayList<>();
  private final Choices splits;
  private final boolean stream;
  private long now;

  PlayerPair(Script script, Transport transport, Choices splits) {
    this.splits = splits;
    this.stream = transport.isStream();
    Marks board = new Marks();
    for (Side side : Side.values()) {
      PlayerFactory stage =
          PlayerFactory.of(script, side, transport, Duration.ofSeconds(5), board, false);
      players.put(side, stage.enter(0));
    }
  }

  static PlayerPair of(Script script) {
    return new PlayerPair(script, Transport.TCP, bound -> bound - 1);
  }

  /** Plays until neither side has anything to do, not even later. */
  PlayerPair play() {
    while (true) {
      if (!act(Side.SERVER) && !act(Side.CLIENT)) {
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

  private boolean act(Side side) {
    Action action = players.get(side).next(now);
    if (action == null) {
      return false;
    }
    Player peer = players.get(side.peer());
    if (action instanceof Action.Say say) {
      deliver(side, peer, say.bytes());
    } else if (action instanceof Action.Reset) {
      events.add(new Event.Reset(side, now));
      peer.peerReset();
    } else if (action instanceof Action.StartTls) {
      starting.add(side);
      if (starting.containsAll(players.keySet())) {
        events.add(new Event.StartTls(now));
        players.values().forEach(Player::secured);
      }
    } else if (!(action instanceof Action.Stall)) {
      events.add(new Event.Finished(side, now));
      peer.peerFinished();
    }
    return true;
  }

  private void deliver(Side side, Player peer, Bytes bytes) {
    int from = 0;
    while (stream && bytes.size() - from > 1) {
      int to = from + 1 + splits.roll(bytes.size() - from);
      receive(side, peer, bytes.slice(from, to));
      from = to;
    }
    if (from < bytes.size() || !stream) {
      receive(side, peer, bytes.slice(from, bytes.size()));
    }
  }

  private void receive(Side side, Player peer, Bytes chunk) {
    events.add(new Event.Sent(side, now, chunk));
    peer.received(chunk.toBuffer());
  }

  ScriptRun performance(Side side) {
    return players.get(side).performance(1);
  }

  Cursor cursor(Side side) {
    return players.get(side).cursor();
  }

  Conversation conversation() {
    return Conversation.of(events);
  }
}
