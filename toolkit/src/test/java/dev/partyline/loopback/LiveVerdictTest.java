package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Choices;
import dev.partyline.script.Script;
import dev.partyline.script.player.ScriptMatch;
import dev.partyline.script.player.ScriptedPeer;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A script has the same verdict on what it plays as on the recording of that. */
@SuppressWarnings("try")
class LiveVerdictTest {
  /** How a script can end: P is the peer, O is our side. */
  private static final List<String> ENDS =
      List.of(
          "",
          "O! close\n",
          "O! close\nP! finish\n",
          "O! close\nP! close\n",
          "O! close\nP: ...\n",
          "P: ...\nO! close\n",
          "O! reset\n",
          "P: ...\nO! reset\n",
          "O! finish\n",
          "O! finish\nP! finish\n",
          "O! finish\nO! reset\n",
          "P! finish\nO! close\n",
          "P! close\n",
          "P! reset\n",
          "P! finish\nP! reset\n",
          "O! stall\n",
          "O! stall\nO! close\n",
          "O! stall\nO! reset\n");

  /**
   * A script and what a peer does.
   *
   * @param script the script, with P for the peer and O for our side
   * @param writes what the peer sends, a write each
   * @param end how it ends
   * @param inStep whether it waits until each write was received
   */
  record Scene(String script, List<Bytes> writes, PeerEnd end, boolean inStep) {
    Script scriptOf(Side own) {
      return Script.parse(
          script
              .replaceAll("(?m)^( *)O", "$1" + own.letter())
              .replaceAll("(?m)^( *)P", "$1" + own.peer().letter()));
    }
  }

  enum PeerEnd {
    NONE,
    FIN,
    CLOSE,
    RST,
    FIN_AND_RST
  }

  @Provide
  Arbitrary<Scene> scenes() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(40)
        .map(numbers -> scene(Choices.of(numbers)));
  }

  private static Scene scene(Choices choices) {
    StringBuilder script = new StringBuilder();
    StringBuilder sent = new StringBuilder();
    int size = choices.choose(4);
    for (int i = 0; i < size; i++) {
      switch (choices.choose(6)) {
        case 0 -> addLine(script, sent, "P: ask " + i + "\n", "ask " + i + "\r\n");
        case 1 -> addLine(script, sent, "P| ask\n", "ask");
        case 2 -> script.append("O: answer ").append(i).append('\n');
        case 3 -> addLine(script, sent, "repeat 2\n  P: r\n  O: s\n", "r\r\nr\r\n");
        case 4 -> addWhen(script, sent, choices);
        default -> addLine(script, sent, "together\n  P: t\n  O: u\n  P: v\n", "t\r\nv\r\n");
      }
    }
    script.append(choices.pick(ENDS));
    Bytes bytes = Bytes.utf8(sent.toString());
    if (choices.oneIn(2)) {
      int offset = choices.oneIn(2) ? choices.choose(bytes.size() + 1) : bytes.size();
      bytes = bytes.slice(0, offset).plus(Bytes.utf8(choices.pick(List.of("", "x", "x\r\n"))));
    }
    List<Bytes> writes = new ArrayList<>();
    int offset = choices.choose(bytes.size() + 1);
    writes.add(bytes.slice(0, offset));
    writes.add(bytes.slice(offset, bytes.size()));
    PeerEnd end = choices.pick(List.of(PeerEnd.values()));
    return new Scene(script.toString(), writes, end, choices.oneIn(2));
  }

  private static void addLine(StringBuilder script, StringBuilder sent, String step, String bytes) {
    script.append(step);
    sent.append(bytes);
  }

  private static void addWhen(StringBuilder script, StringBuilder sent, Choices choices) {
    String end = choices.pick(List.of("O: ok", "O! close", "O! reset", "O! close\n  P! close"));
    script.append("when\n  P: one\n  ").append(end).append("\nwhen\n  P: two\n");
    sent.append(choices.oneIn(2) ? "two\r\n" : "one\r\n");
  }

  @Property(tries = 300)
  void aListenerAndItsRecordingAgree(@ForAll("scenes") Scene scene) throws IOException {
    try (Listener listener = Listener.playing(scene.scriptOf(Side.SERVER)).start();
        Socket peer = new Socket(listener.host(), listener.port())) {
      act(peer, scene, listener::drainInput);
      listener.drainInput();
      listener.close();
      assertAgreement(listener);
    }
  }

  @Property(tries = 300)
  void aClientAndItsRecordingAgree(@ForAll("scenes") Scene scene) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client =
            Client.to(server.getLocalSocketAddress()).playing(scene.scriptOf(Side.CLIENT)).start();
        Socket peer = server.accept()) {
      act(peer, scene, client::drainInput);
      client.drainInput();
      client.close();
      assertAgreement(client);
    }
  }

  private static void act(Socket peer, Scene scene, Runnable drain) throws IOException {
    try {
      peer.setTcpNoDelay(true);
      for (Bytes write : scene.writes()) {
        peer.getOutputStream().write(write.toArray());
        if (scene.inStep()) {
          drain.run();
        }
      }
      end(peer, scene, drain);
    } catch (SocketException e) {
      // The script has reset the connection.
      assertThat(e).isNotNull();
    }
  }

  private static void end(Socket peer, Scene scene, Runnable drain) throws IOException {
    switch (scene.end()) {
      case NONE -> {}
      case FIN -> peer.shutdownOutput();
      case CLOSE -> peer.close();
      case RST -> reset(peer);
      case FIN_AND_RST -> {
        peer.shutdownOutput();
        if (scene.inStep()) {
          drain.run();
        }
        reset(peer);
      }
    }
  }

  private static void reset(Socket peer) throws IOException {
    peer.setSoLinger(true, 0);
    peer.close();
  }

  private static void assertAgreement(ScriptedPeer peer) {
    Conversation conversation = peer.recording().conversations().get(0);
    assertThat(ScriptMatch.of(peer.script(), conversation).follows())
        .as("%s%s\n%s", peer.script().print(), peer.runs(), Transcript.plain(conversation))
        .isEqualTo(peer.runs().get(0).done());
    assertThat(ScriptMatch.of(Transcript.script(conversation), conversation).follows())
        .as("the recording follows itself:\n%s", Transcript.plain(conversation))
        .isTrue();
  }
}
