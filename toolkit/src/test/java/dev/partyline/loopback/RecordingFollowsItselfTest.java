package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Choices;
import dev.partyline.script.Script;
import dev.partyline.script.player.ScriptMatch;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a connection ended, its recording is a script that it follows. */
@SuppressWarnings("try")
class RecordingFollowsItselfTest {
  private static final List<String> WEATHERS =
      List.of(
          "",
          "reset first 1",
          "delay 1ms",
          "cut after 2 bytes",
          "cut after 1 byte from server",
          "reset after 2 bytes");

  enum Act {
    SEND,
    SHUTDOWN_OUTPUT,
    CLOSE,
    RESET
  }

  /** What the sides do in turn, and the faults on the way. */
  record Scene(List<Side> sides, List<Act> acts, boolean inStep, String weather) {}

  @Provide
  Arbitrary<Scene> scenes() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(20)
        .map(numbers -> scene(Choices.of(numbers)));
  }

  private static Scene scene(Choices choices) {
    List<Side> sides = new ArrayList<>();
    List<Act> acts = new ArrayList<>();
    int size = choices.choose(7);
    for (int i = 0; i < size; i++) {
      sides.add(choices.pick(List.of(Side.values())));
      acts.add(choices.pick(List.of(Act.values())));
    }
    return new Scene(sides, acts, choices.oneIn(2), choices.pick(WEATHERS));
  }

  @Property(tries = 200)
  void throughATap(@ForAll("scenes") Scene scene) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tap tap = startTap(server, scene.weather());
        Socket client = new Socket(tap.host(), tap.port())) {
      server.setSoTimeout(20_000);
      tap.drainInput();
      if (scene.weather().startsWith("reset first")) {
        play(scene, Map.of(Side.CLIENT, client), tap::drainInput);
      } else {
        try (Socket accepted = server.accept()) {
          play(scene, Map.of(Side.CLIENT, client, Side.SERVER, accepted), tap::drainInput);
        }
      }
      tap.drainInput();
      tap.close();
      assertFollowsItself(tap.recording().conversations().get(0));
    }
  }

  private static Tap startTap(ServerSocket server, String weather) {
    TapSpec spec = Tap.to(server.getLocalSocketAddress());
    return (weather.isEmpty() ? spec : spec.in(Weather.parse(weather))).start();
  }

  @Property(tries = 200)
  void byHand(@ForAll("scenes") Scene scene) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Client client = Client.to(server.getLocalSocketAddress()).start();
        Socket accepted = server.accept()) {
      Map<Side, Socket> sockets = new EnumMap<>(Map.of(Side.SERVER, accepted));
      for (int i = 0; i < scene.acts().size(); i++) {
        if (scene.sides().get(i) == Side.SERVER) {
          act(sockets.get(Side.SERVER), scene.acts().get(i));
        } else {
          act(client, scene.acts().get(i));
        }
        if (scene.inStep()) {
          client.drainInput();
        }
      }
      client.drainInput();
      client.close();
      assertFollowsItself(client.conversation());
    }
  }

  private static void act(Client client, Act act) {
    try {
      switch (act) {
        case SEND -> client.send("c");
        case SHUTDOWN_OUTPUT -> client.shutdownOutput();
        case CLOSE -> client.close();
        case RESET -> client.reset();
      }
    } catch (LoopbackException | AssertionError e) {
      // Our end is closed already, or the peer has reset.
      assertThat(e).isNotNull();
    }
  }

  private static void play(Scene scene, Map<Side, Socket> sockets, Runnable drain)
      throws IOException {
    for (int i = 0; i < scene.acts().size(); i++) {
      Socket socket = sockets.get(scene.sides().get(i));
      if (socket != null) {
        act(socket, scene.acts().get(i));
      }
      if (scene.inStep()) {
        drain.run();
      }
    }
  }

  private static void act(Socket socket, Act act) throws IOException {
    try {
      switch (act) {
        case SEND -> socket.getOutputStream().write('s');
        case SHUTDOWN_OUTPUT -> socket.shutdownOutput();
        case CLOSE -> socket.close();
        case RESET -> {
          socket.setSoLinger(true, 0);
          socket.close();
        }
      }
    } catch (SocketException e) {
      // It was closed or reset before.
      assertThat(e).isNotNull();
    }
  }

  private static void assertFollowsItself(Conversation conversation) {
    String exact = Transcript.exact(conversation);
    for (String text : List.of(exact, Transcript.plain(conversation))) {
      assertThat(ScriptMatch.of(Script.parse(text), conversation).follows()).as(text).isTrue();
    }
    if (conversation.supersededEnds().isEmpty()) {
      assertThat(Transcript.conversation(exact)).isEqualTo(conversation);
    }
  }
}
