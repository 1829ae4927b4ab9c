package dev.partyline.assertions;

import dev.partyline.script.Action;
import dev.partyline.script.Cursor;
import dev.partyline.script.Marks;
import dev.partyline.script.Player;
import dev.partyline.script.PlayerFactory;
import dev.partyline.script.Redaction;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptRun;
import dev.partyline.script.ScriptedPeer;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays a script as a listener does, but without a socket; its time stands still. */
final class InMemoryListener implements ScriptedPeer {
  private final Script script;
  private final Redaction redaction;
  private final PlayerFactory stage;
  private final Recorder recorder = new Recorder(() -> 0);
  private final List<Seat> seats = new CopyOnWriteArrayList<>();
  private boolean somebodyIsComing;

  private InMemoryListener(Script script, Redaction redaction) {
    this.script = script;
    this.redaction = redaction;
    this.stage =
        PlayerFactory.of(
            script, Side.SERVER, Transport.TCP, Duration.ofSeconds(5), new Marks(), false);
  }

  static InMemoryListener playing(String... lines) {
    return playing(Redaction.standard(), lines);
  }

  static InMemoryListener playing(Redaction redaction, String... lines) {
    return new InMemoryListener(Script.parse(String.join("\n", lines)), redaction);
  }

  Seat open() {
    Seat seat = new Seat(recorder.open(Transport.TCP, "127.0.0.1:40001", "127.0.0.1:2525"));
    seats.add(seat);
    seat.play();
    return seat;
  }

  /** A client comes as soon as the next question is answered. */
  InMemoryListener somebodyIsComing() {
    somebodyIsComing = true;
    return this;
  }

  private <T> T answer(T answer) {
    if (somebodyIsComing) {
      somebodyIsComing = false;
      open();
    }
    return answer;
  }

  @Override
  public Recording recording() {
    return recorder.recording();
  }

  @Override
  public Script script() {
    return script;
  }

  @Override
  public List<ScriptRun> performances() {
    return answer(
        seats.stream().map(seat -> seat.player.performance(seat.track.number())).toList());
  }

  @Override
  public Cursor cursor(int connection) {
    return seats.get(connection - 1).player.cursor();
  }

  @Override
  public List<String> unused() {
    return answer(stage.unused());
  }

  @Override
  public Redaction redaction() {
    return redaction;
  }

  /** One client, and the player that talks to it. */
  final class Seat {
    private final ConversationRecorder track;
    private final Player player = stage.enter(0);

    private Seat(ConversationRecorder track) {
      this.track = track;
    }

    /** Has the client say something, {@code |} standing for CR LF. */
    Seat client(String text) {
      Bytes bytes = Bytes.utf8(text.replace("|", "\r\n"));
      track.sent(Side.CLIENT, bytes.toBuffer());
      player.received(bytes.toBuffer());
      return play();
    }

    Seat finish() {
      track.finished(Side.CLIENT);
      player.peerFinished();
      return play();
    }

    private Seat play() {
      for (Action action = player.next(0); action != null; action = player.next(0)) {
        if (action instanceof Action.Say say) {
          track.sent(Side.SERVER, say.bytes().toBuffer());
        } else if (action instanceof Action.Reset) {
          track.reset(Side.SERVER);
          track.closed();
        } else {
          track.finished(Side.SERVER);
        }
      }
      recorder.signal();
      return this;
    }
  }
}
