package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class PartylineSoftAssertionsTest {
  private final PartylineSoftAssertions softly = new PartylineSoftAssertions();
  private final ManualRecorder recorder = ManualRecorder.clientSent("QUIT|");

  @Test
  void tellsEverythingThatFailsInTheEnd() {
    softly
        .assertThat(recorder)
        .hasConnections(2)
        .client()
        .as("sender")
        .sentLine("QUIT")
        .sentLine("NOOP")
        .sent("RSET");
    softly.assertThat(Bytes.utf8("abc")).isEqualTo("abd");
    softly.assertThat(recorder.recording().conversations().get(0)).closedBy(Side.CLIENT);
    softly.assertThat(1 + 1).isEqualTo(3);
    assertThat(softly.errorsCollected()).hasSize(6);
    assertThat(messageOf(softly::assertAll))
        .contains(
            "the count of connections differs",
            "[sender] the client did not send this line",
            "[sender] the client did not send this\n",
            "the bytes differ",
            "the client did not close first",
            "expected: 3",
            "at PartylineSoftAssertionsTest.tellsEverythingThatFailsInTheEnd(");
  }

  @Test
  void hasNothingToTellWhenAllPasses() {
    softly.assertThat(recorder).hasConnections(1).client().sentLine("QUIT");
    softly.assertAll();
    assertThat(softly.wasSuccess()).isTrue();
  }

  @Test
  void saysOnceThatAConnectionIsMissing() {
    ConversationAssert second = softly.assertThat(recorder).connection(2);
    second.isOpen().client().sent("a").sentNothing().sentNothingMoreWithin(Duration.ofDays(1));
    second.server().within(Duration.ofDays(1)).sent("b");
    assertThat(softly.errorsCollected()).hasSize(1);
    assertThat(softly.errorsCollected().get(0)).hasMessageContaining("there is no connection 2");
  }

  @Test
  void goesOnAfterTheBoundedAbsence() {
    InMemoryListener listener = InMemoryListener.playing("C: QUIT");
    listener.open().client("NOOP|");
    softly.assertThat(listener).finishedScript().connection(1).finishedScript();
    softly.assertThat(listener).client().sentNothingMoreWithin(Duration.ZERO).sent("QUIT");
    assertThat(softly.errorsCollected()).hasSize(3);
  }

  @Test
  void isAssertedAtTheEndOfABlock() {
    assertThat(
            messageOf(
                () ->
                    PartylineSoftAssertions.assertSoftly(
                        all -> all.assertThat(recorder).client().sentNothing())))
        .contains("the client sent something");
  }

  @Nested
  @ExtendWith(SoftAssertionsExtension.class)
  class Injected {
    @InjectSoftAssertions private PartylineSoftAssertions injected;

    @Test
    void collectsLikeAnyOther(PartylineSoftAssertions parameter) {
      injected.assertThat(recorder).client().sentLine("QUIT");
      parameter.assertThat(recorder).client().sentLine("QUIT");
      assertThat(injected.wasSuccess()).isTrue();
    }
  }
}
