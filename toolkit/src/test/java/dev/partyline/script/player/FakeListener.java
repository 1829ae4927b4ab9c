package dev.partyline.script.player;

import dev.partyline.script.Script;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;

/** A listener without a socket: the tests drive its connections and its clock. */
final class FakeListener implements ScriptedPeer {
  private final Script script;
  private final Transport transport;
  private final PlayerFactory factory;
  private final Marks marks = new Marks();
  private long now;
  private final Recorder recorder = new Recorder(() -> now);
  private final List<Player> players = new ArrayList<>();
  private final List<ConversationRecorder> conversations = new ArrayList<>();

  FakeListener(String script, Transport transport) {
    this.script = Script.parse(script);
    this.transport = transport;
    this.factory = PlayerHarness.factory(this.script, Side.SERVER, transport, marks);
  }

  static FakeListener tcp(String script) {
    return new FakeListener(script, Transport.TCP).connect();
  }

  FakeListener connect() {
    conversations.add(recorder.open(transport, "127.0.0.1:41230", "127.0.0.1:8025"));
    players.add(factory.newPlayer(now));
    return play();
  }

  private FakeListener play() {
    Player player = players.get(players.size() - 1);
    ConversationRecorder conversation = conversations.get(conversations.size() - 1);
    for (Action action = player.next(now); action != null; action = player.next(now)) {
      if (action instanceof Action.Send send) {
        conversation.recordSent(Side.SERVER, send.bytes().toBuffer());
      } else if (action instanceof Action.Reset) {
        conversation.recordRst(Side.SERVER);
      }
    }
    return this;
  }

  FakeListener send(String text) {
    return send(Bytes.utf8(text.replace("|", "\r\n")));
  }

  FakeListener send(Bytes bytes) {
    conversations.get(conversations.size() - 1).recordSent(Side.CLIENT, bytes.toBuffer());
    players.get(players.size() - 1).onReceived(bytes.toBuffer());
    return play();
  }

  FakeListener finish() {
    conversations.get(conversations.size() - 1).recordFin(Side.CLIENT);
    players.get(players.size() - 1).onPeerFin();
    return play();
  }

  FakeListener reset() {
    conversations.get(conversations.size() - 1).recordRst(Side.CLIENT);
    players.get(players.size() - 1).onPeerReset();
    return play();
  }

  FakeListener advance(long millis) {
    now += millis * 1_000_000;
    return play();
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
  public Marks marks() {
    return marks;
  }

  @Override
  public List<ScriptRun> runs() {
    List<ScriptRun> runs = new ArrayList<>();
    for (Player player : players) {
      runs.add(player.scriptRun(runs.size() + 1));
    }
    return runs;
  }

  @Override
  public Cursor cursor(int connection) {
    return players.get(connection - 1).cursor();
  }

  @Override
  public List<String> unusedBlocks() {
    return factory.unusedBlocks();
  }

  @Override
  public Redaction redaction() {
    return Redaction.standard();
  }
}
