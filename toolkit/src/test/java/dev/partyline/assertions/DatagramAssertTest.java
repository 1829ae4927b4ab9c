package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Over UDP each datagram is a message: what two of them have together was not sent. */
class DatagramAssertTest {
  private final ManualRecorder recorder = new ManualRecorder();
  private final ConversationBuilder clock = recorder.open(Transport.UDP);

  @Test
  void aTextIsLookedForWithinOneDatagram() {
    clock.client("what time").client(" is it?").client("what time is it?");
    assertThat(recorder).client().sent("time").sent("time is").sentInOrder("what", "it?", "what");
    clock.client("so ").client("long");
    assertThat(messageOf(() -> assertThat(recorder).client().sent("so long")))
        .startsWith("the client did not send this\n");
  }

  @Test
  void exactlyIsAboutTheOnlyDatagram() {
    assertThat(messageOf(() -> assertThat(recorder).client().sentExactly("what time is it?")))
        .contains("received  0 datagrams", "waited");
    clock.client("what time");
    assertThat(recorder).client().sentExactly("what time");
    clock.client(" is it?");
    assertThat(messageOf(() -> assertThat(recorder).client().sentExactly("what time is it?")))
        .contains("expected  what time is it?, as one datagram", "received  2 datagrams");
  }

  @Test
  void theOnlyDatagramMayBeEmpty() {
    clock.client("");
    assertThat(recorder).client().sentExactly("").sentDatagrams(1);
  }

  @Test
  void aDatagramEndsALine() {
    clock.client("a").client("b|c").client("d\n");
    assertThat(recorder).client().sentLine("a").sentLine("b").sentLine("c").sentLine("d");
    assertThat(messageOf(() -> assertThat(recorder).client().sentLine("")))
        .startsWith("the client did not send this line");
    assertThat(messageOf(() -> assertThat(recorder).client().sentLine("ab")))
        .startsWith("the client did not send this line");
  }

  @Test
  void datagramsAreCounted() {
    clock.client("a").server("b").client("c");
    assertThat(recorder).client().sentDatagrams(2);
    assertThat(recorder).server().sentDatagrams(1);
    assertThat(messageOf(() -> assertThat(recorder).client().sentDatagrams(3)))
        .startsWith(
            "the count of datagrams differs\n  expected  3 datagrams\n  received  2 datagrams")
        .contains("waited");
    assertThat(
            messageOf(
                () -> assertThat(recorder).within(Duration.ofDays(1)).client().sentDatagrams(1)))
        .contains("received  2 datagrams");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).client().sentDatagrams(-1))
        .withMessage("count (-1) must not be negative");
  }

  @Test
  void aStreamHasNone() {
    ManualRecorder stream = ManualRecorder.clientSent("a|");
    assertThat(messageOf(() -> assertThat(stream).client().sentDatagrams(1)))
        .contains("received  a stream, which has no datagrams");
  }
}
