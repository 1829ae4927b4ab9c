package dev.partyline.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reads bytes that are nearly right: no view throws or hangs, and what it shows is within what was
 * sent.
 *
 * <p>How many for each view: {@code -Dpartyline.fuzz=1000000}. A failure names the seed that
 * replays it.
 */
class ProtocolViewFuzzTest {
  private static final int COUNT = Integer.getInteger("partyline.fuzz", 3_000);

  /** Far above what the slowest case takes on a slow machine, far below a hang. */
  private static final Duration MAX_PROCESSOR_TIME = Duration.ofSeconds(10);

  /** Far above the text of a part or a flaw for each of its bytes. */
  private static final int MAX_CHARACTERS_PER_BYTE = 400;

  @ParameterizedTest
  @EnumSource
  void noBytesCrashOrHangAView(Corpus corpus) {
    int completeCount = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Conversation conversation = conversation(corpus, random);
      Duration start = ProcessorTime.now();
      try {
        ProtocolView<?> view = corpus.view(conversation);
        check(view, conversation);
        completeCount += view.flaws().isEmpty() ? 1 : 0;
      } catch (Throwable e) {
        throw new AssertionError(corpus + ", seed " + seed, e);
      }
      assertThat(ProcessorTime.now().minus(start))
          .as("seed %d", seed)
          .isLessThan(MAX_PROCESSOR_TIME);
    }
    assertThat(completeCount).as("conversations without flaws").isBetween(1, COUNT - 1);
  }

  private static void check(ProtocolView<?> view, Conversation conversation) {
    long sentBytes = conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER);
    assertThat((long) view.toString().length())
        .isLessThan(2_000 + sentBytes * MAX_CHARACTERS_PER_BYTE);
    for (Flaw flaw : view.flaws()) {
      assertThat(flaw.offset()).isBetween(0L, conversation.byteCount(flaw.side()));
    }
    for (Object part : view) {
      assertThat(part.toString()).doesNotContain("\n", "\r", "\u001b");
    }
  }

  private static Conversation conversation(Corpus corpus, SplittableRandom random) {
    ConversationBuilder builder =
        switch (random.nextInt(8)) {
          case 0 -> ConversationBuilder.headAndTail(random.nextInt(200), random.nextInt(100));
          case 1 -> ConversationBuilder.udp();
          default -> ConversationBuilder.tcp();
        };
    Bytes client = Mutations.mutated(corpus.client(), random);
    Bytes server = Mutations.mutated(corpus.server(), random);
    int splitIndex = random.nextInt(client.size() + 1);
    builder
        .client(client.slice(0, splitIndex))
        .server(server)
        .client(client.slice(splitIndex, client.size()));
    return builder.conversation();
  }
}
