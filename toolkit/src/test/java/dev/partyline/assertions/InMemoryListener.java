package dev.partyline.assertions;

import dev.partyline.script.Script;
import dev.partyline.script.player.Action;
import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.Marks;
import dev.partyline.script.player.Player;
import dev.partyline.script.player.PlayerFactory;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays a script as a listener does, but without a socket; its clock stands still. */
final class InMemoryListener implements ScriptedPeer {
  private final Script script;
  private final Redaction redaction;
  private final PlayerFactory factory;
  private final Marks marks = new Marks();
  private final Recorder recorder = new Recorder(() -> 0);
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private boolean connectOnNextQuery;

  private InMemoryListener(Script script, Redaction redaction) {
    this.script = script;
    this.redaction = redaction;
    this.factory =
        PlayerFactory.of(script, Side.SERVER, Transport.TCP, Duration.ofSeconds(5), marks, false);
  }

  static InMemoryListener playing(String... lines) {
    return playing(Redaction.standard(), lines);
  }

  static InMemoryListener playing(Redaction redaction, String... lines) {
    return new InMemoryListener(Script.parse(String.join("\n", lines)), redaction);
  }

  Connection open() {
    Connection connection =
        new Connection(recorder.open(Transport.TCP, "127.0.0.1:40001", "127.0.0.1:2525"));
    connections.add(connection);
    connection.runPlayer();
    return connection;
  }

  /** Opens a connection as soon as the next query was answered. */
  InMemoryListener connectOnNextQuery() {
    connectOnNextQuery = true;
    return this;
  }

  private <T> T answer(T answer) {
    if (connectOnNextQuery) {
      connectOnNextQuery = false;
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
  public List<ScriptRun> runs() {
    return answer(
        connections.stream()
            .map(
                connection -> connection.player.scriptRun(connection.conversationRecorder.number()))
            .toList());
  }

  @Override
  public Cursor cursor(int connection) {
    return connections.get(connection - 1).player.cursor();
  }

  @Override
  public List<String> unusedBlocks() {
    return answer(factory.unusedBlocks());
  }

  @Override
  public Marks marks() {
    return marks;
  }

  @Override
  public Redaction redaction() {
    return redaction;
  }

  /** One client, and the player for it. */
  final class Connection {
    private final ConversationRecorder conversationRecorder;
    private final Player player = factory.newPlayer(0);

    private Connection(ConversationRecorder conversationRecorder) {
      this.conversationRecorder = conversationRecorder;
    }

    /** Sends as the client; {@code |} stands for CR LF. */
    Connection client(String text) {
      Bytes bytes = Bytes.utf8(text.replace("|", "\r\n"));
      conversationRecorder.recordSent(Side.CLIENT, bytes.toBuffer());
      player.onReceived(bytes.toBuffer());
      return runPlayer();
    }

    Connection fin() {
      conversationRecorder.recordFin(Side.CLIENT);
      player.onPeerFin();
      return runPlayer();
    }

    private Connection runPlayer() {
      for (Action action = player.next(0); action != null; action = player.next(0)) {
        if (action instanceof Action.Send send) {
          conversationRecorder.recordSent(Side.SERVER, send.bytes().toBuffer());
        } else if (action instanceof Action.Reset) {
          conversationRecorder.recordRst(Side.SERVER);
          conversationRecorder.recordClosed();
        } else {
          conversationRecorder.recordFin(Side.SERVER);
        }
      }
      recorder.signal();
      return this;
    }
  }
}
