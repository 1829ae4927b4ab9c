package dev.partyline.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SplitTest {
  /**
   * What a client does to a server's script.
   *
   * @param script the script
   * @param sent all that the client sends
   * @param cuts where a split may lie
   * @param end how the client ends: 0 not at all, 1 by a FIN, 2 by an RST
   */
  record Talk(Script script, Bytes sent, List<Integer> cuts, int end) {}

  @Provide
  Arbitrary<Talk> talks() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(300)
        .map(numbers -> talk(Choices.of(numbers)));
  }

  @Provide
  Arbitrary<GeneratedDialogue> dialogues() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(300)
        .map(numbers -> GeneratedDialogue.of(Choices.of(numbers)));
  }

  static Talk talk(Choices dice) {
    GeneratedDialogue dialogue = GeneratedDialogue.of(dice);
    Bytes sent = dice.oneIn(2) ? dialogue.sent() : mutated(dialogue.sent(), dice);
    List<Integer> cuts = new ArrayList<>();
    int pieces = dice.roll(6);
    for (int i = 0; i < pieces; i++) {
      cuts.add(dice.roll(sent.size() + 1));
    }
    cuts.add(sent.size());
    cuts.sort(null);
    return new Talk(dialogue.script(), sent, cuts, dice.roll(3));
  }

  private static Bytes mutated(Bytes bytes, Choices dice) {
    int at = dice.roll(bytes.size() + 1);
    int to = Math.min(bytes.size(), at + dice.roll(4));
    return bytes.slice(0, at).plus(dice.bytes(3)).plus(bytes.slice(to, bytes.size()));
  }

  @Property(tries = 3_000)
  void aResultDoesNotDependOnHowTheBytesWereSplit(@ForAll("talks") Talk talk) {
    String atOnce = result(talk, List.of(talk.sent().size()));
    assertThat(result(talk, talk.cuts())).as("split at %s", talk.cuts()).isEqualTo(atOnce);
    List<Integer> each = new ArrayList<>();
    for (int i = 1; i <= talk.sent().size(); i++) {
      each.add(i);
    }
    assertThat(result(talk, each)).as("byte by byte").isEqualTo(atOnce);
  }

  @Property(tries = 1_000)
  void whatConformsIsTakenToTheEnd(@ForAll("dialogues") GeneratedDialogue dialogue) {
    // A generator of nothing but failures would show little.
    PlayerHarness rig = PlayerHarness.server(dialogue.script()).send(dialogue.sent());
    assertThat(rig.isDone())
        .as(() -> dialogue.script() + "\n" + dialogue.sent() + "\n" + rig.cursor())
        .isTrue();
  }

  static String result(Talk talk, List<Integer> cuts) {
    PlayerHarness rig = PlayerHarness.server(talk.script());
    int from = 0;
    for (int to : cuts) {
      if (to > from) {
        rig.send(talk.sent().slice(from, to));
      }
      from = Math.max(from, to);
    }
    if (talk.end() == 1) {
      rig.finish();
    } else if (talk.end() == 2) {
      rig.reset();
    }
    String before = rig.ending() + " " + rig.isDone();
    rig.passMillis(6_000);
    rig.player.stopped();
    Cursor cursor = rig.cursor();
    // What came after the difference is shown as far as it had come by then.
    Bytes received =
        cursor.difference() < 0
            ? cursor.received()
            : cursor.received().slice(0, cursor.difference() + 1);
    return String.join(
        "\n",
        before,
        rig.said(),
        String.valueOf(rig.performance()),
        cursor.rows().toString(),
        cursor.expected().toString(),
        cursor.difference() + " at " + cursor.offset(),
        received.escaped());
  }
}
