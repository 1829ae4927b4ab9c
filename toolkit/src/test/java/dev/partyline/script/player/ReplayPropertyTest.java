package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Choices;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.ReplayScript;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.script.transcript.VaryingParts;
import dev.partyline.view.Mutations;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A recording that is replayed to the same client gives the same answers. */
class ReplayPropertyTest {
  private static final VaryingParts VARYING =
      VaryingParts.of("EHLO ${who}", "250 ${*}", "C: ${*:[a-z ]+}");

  @Provide
  Arbitrary<Conversation> conversations() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(80)
        .map(numbers -> ConversationGenerator.generate(Choices.of(numbers)))
        .map(ReplayPropertyTest::withoutTls);
  }

  private static Conversation withoutTls(Conversation conversation) {
    return Conversation.of(
        conversation.events().stream()
            .filter(event -> !(event instanceof Event.TlsStarted))
            .toList());
  }

  @Property(tries = 1000)
  void theSameClientGetsTheSameAnswersHoweverItsBytesAreSplit(
      @ForAll("conversations") Conversation conversation,
      @ForAll long seed,
      @ForAll boolean timesKept,
      @ForAll boolean varies) {
    ReplayScript replay =
        ReplayScript.of(Recording.of(conversation))
            .redacting(Redaction.none())
            .varying(varies ? VARYING : VaryingParts.none());
    String text = (timesKept ? replay.keepingTimes() : replay).text();
    assertReplays(text, conversation, seed, sent(conversation, Side.SERVER));
  }

  @Property(tries = 1000)
  void aMaskedFileIsPlayedToTheClientWithTheRealSecrets(
      @ForAll("conversations") Conversation conversation, @ForAll long seed) {
    Redaction redaction = Redaction.none().pattern("[a-zE]+").pattern("\\.\\.\\.");
    String text = ReplayScript.of(Recording.of(conversation)).redacting(redaction).text();
    Bytes answers = sent(conversation, Side.SERVER);
    Bytes masked = redaction.apply(conversation).bytes(Side.SERVER).slice(0, answers.size());
    assertReplays(text, conversation, seed, masked);
  }

  private static void assertReplays(
      String text, Conversation conversation, long seed, Bytes answers) {
    PlayerHarness server = PlayerHarness.server(Script.parse(text));
    SplittableRandom random = new SplittableRandom(seed);
    Bytes sent = sent(conversation, Side.CLIENT);
    for (int offset = 0; offset < sent.size(); ) {
      int end = Math.min(sent.size(), offset + 1 + random.nextInt(20));
      server.send(sent.slice(offset, end));
      offset = end;
    }
    if (text.contains("C! finish")) {
      server.player.onPeerFin();
      server.play();
    }
    ScriptRun run = server.player.scriptRun(1);
    assertThat(run.failed()).as(text).isFalse();
    assertThat(run.done()).as(text).isTrue();
    assertThat(answers(server)).as(text).isEqualTo(answers);
  }

  /** Returns what a side sent before it ended; after a reset by the server nothing counts. */
  private static Bytes sent(Conversation conversation, Side side) {
    List<Bytes> result = new ArrayList<>();
    for (Event event : conversation.events()) {
      if (event instanceof Event.Sent sent && sent.side() == side) {
        result.add(sent.bytes());
      } else if (event.side() == side
          || event instanceof Event.Rst && event.side() == Side.SERVER) {
        break;
      }
    }
    return Bytes.join(result);
  }

  private static Bytes answers(PlayerHarness server) {
    return Bytes.join(
        server.actions.stream()
            .filter(Action.Send.class::isInstance)
            .map(action -> ((Action.Send) action).bytes())
            .toList());
  }

  @Property(tries = 10_000)
  void aDamagedTranscriptIsAScriptExceptionOrPlayable(
      @ForAll("conversations") Conversation conversation, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bytes text = Bytes.utf8(ReplayScript.of(Recording.of(conversation, conversation)).text());
    List<Bytes> fragments =
        List.of(
            Bytes.utf8("${*}"),
            Bytes.utf8("${a:(x+)+}"),
            Bytes.utf8("\n  mark m\n"),
            Bytes.utf8("\n  await m\n"),
            Bytes.utf8("\n  S! close\n"),
            Bytes.utf8("\n  repeat\n"));
    String damaged = Mutations.mutated(text, fragments, random).utf8();
    try {
      Script script = Script.parse(damaged);
      PlayerFactory factory =
          PlayerHarness.factory(script, Side.SERVER, Transport.TCP, new Marks());
      PlayerHarness server = new PlayerHarness(factory, 0).play();
      server.send(conversation.bytes(Side.CLIENT));
      server.now += PlayerHarness.DEADLINE.toNanos() + 1;
      server.play();
      Transcript.recording(damaged);
    } catch (ScriptException e) {
      assertThat(e).hasMessageContaining("script");
    }
  }
}
