package dev.partyline.script.player;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.script.Choices;
import dev.partyline.script.Script;
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
   * @param bytes all that the client sends
   * @param splitOffsets where a split may lie
   * @param endKind how the client ends: 0 not at all, 1 by a FIN, 2 by an RST
   */
  record ClientTraffic(Script script, Bytes bytes, List<Integer> splitOffsets, int endKind) {}

  @Provide
  Arbitrary<ClientTraffic> traffic() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(300)
        .map(numbers -> traffic(Choices.of(numbers)));
  }

  @Provide
  Arbitrary<GeneratedDialogue> dialogues() {
    return Arbitraries.integers()
        .greaterOrEqual(0)
        .list()
        .ofMaxSize(300)
        .map(numbers -> GeneratedDialogue.of(Choices.of(numbers)));
  }

  static ClientTraffic traffic(Choices choices) {
    GeneratedDialogue dialogue = GeneratedDialogue.of(choices);
    Bytes sent =
        choices.oneIn(2) ? dialogue.clientBytes() : mutate(dialogue.clientBytes(), choices);
    List<Integer> splitOffsets = new ArrayList<>();
    int splitCount = choices.choose(6);
    for (int i = 0; i < splitCount; i++) {
      splitOffsets.add(choices.choose(sent.size() + 1));
    }
    splitOffsets.add(sent.size());
    splitOffsets.sort(null);
    return new ClientTraffic(dialogue.script(), sent, splitOffsets, choices.choose(3));
  }

  private static Bytes mutate(Bytes bytes, Choices choices) {
    int offset = choices.choose(bytes.size() + 1);
    int endOffset = Math.min(bytes.size(), offset + choices.choose(4));
    return bytes.slice(0, offset).plus(choices.bytes(3)).plus(bytes.slice(endOffset, bytes.size()));
  }

  @Property(tries = 3_000)
  void aResultDoesNotDependOnHowTheBytesWereSplit(@ForAll("traffic") ClientTraffic traffic) {
    String unsplitResult = result(traffic, List.of(traffic.bytes().size()));
    assertThat(result(traffic, traffic.splitOffsets()))
        .as("split at %s", traffic.splitOffsets())
        .isEqualTo(unsplitResult);
    List<Integer> everyOffset = new ArrayList<>();
    for (int i = 1; i <= traffic.bytes().size(); i++) {
      everyOffset.add(i);
    }
    assertThat(result(traffic, everyOffset)).as("byte by byte").isEqualTo(unsplitResult);
  }

  @Property(tries = 1_000)
  void whatConformsIsTakenToTheEnd(@ForAll("dialogues") GeneratedDialogue dialogue) {
    // A generator of nothing but failures would show little.
    PlayerHarness harness = PlayerHarness.server(dialogue.script()).send(dialogue.clientBytes());
    assertThat(harness.isDone())
        .as(() -> dialogue.script() + "\n" + dialogue.clientBytes() + "\n" + harness.cursor())
        .isTrue();
  }

  static String result(ClientTraffic traffic, List<Integer> splitOffsets) {
    PlayerHarness harness = PlayerHarness.server(traffic.script());
    int offset = 0;
    for (int endOffset : splitOffsets) {
      if (endOffset > offset) {
        harness.send(traffic.bytes().slice(offset, endOffset));
      }
      offset = Math.max(offset, endOffset);
    }
    if (traffic.endKind() == 1) {
      harness.finish();
    } else if (traffic.endKind() == 2) {
      harness.reset();
    }
    String resultBeforeTimeout = harness.endReason() + " " + harness.isDone();
    harness.advanceMillis(6_000);
    harness.player.onStopped("the test closed the server");
    Cursor cursor = harness.cursor();
    // What came after the difference is shown as far as it had come by then.
    Bytes received =
        cursor.difference() < 0
            ? cursor.received()
            : cursor.received().slice(0, cursor.difference() + 1);
    return String.join(
        "\n",
        resultBeforeTimeout,
        harness.drainOutput(),
        harness.run() + " " + harness.run().problem() + " " + harness.run().values(),
        cursor.rows().stream().map(row -> row.state() + " " + row.text()).toList().toString(),
        cursor.expected().toString(),
        cursor.difference() + " at " + cursor.offset(),
        received.escaped());
  }
}
