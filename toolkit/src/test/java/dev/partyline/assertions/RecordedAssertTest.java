package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordedAssertTest {
  private final ManualRecorder recorder = new ManualRecorder();

  @Test
  void countsConnectionsThatHaveEndedToo() {
    assertThat(recorder).hasConnections(0);
    recorder.open().fin(Side.CLIENT).close();
    recorder.open();
    assertThat(recorder).hasConnections(2);
    assertThat(recorder.recording()).hasConnections(2);
  }

  @Test
  void listsTheConnectionsWhenTheirCountDiffers() {
    recorder.open().client("QUIT|");
    assertThat(messageOf(() -> assertThat(recorder).hasConnections(2)))
        .isEqualTo(
            """
            the count of connections differs
              expected  2 connections
              received  1 connection
              waited    not at all; within(Duration) would
            connection 1 from 127.0.0.1:40001 to 127.0.0.1:2525: client sent 6 bytes, server 0\
            """);
  }

  @Test
  void listsTenConnectionsAtMost() {
    IntStream.range(0, 12).forEach(i -> recorder.open());
    assertThat(messageOf(() -> assertThat(recorder).hasConnections(3)))
        .contains("received  12 connections", "connection 10 from", "… 2 more")
        .doesNotContain("connection 11 from", "waited");
  }

  @Test
  void findsAConnectionByItsNumber() {
    recorder.open().client("one|");
    recorder.open().client("two|");
    assertThat(recorder).connection(2).client().sentLine("two");
    assertThat(messageOf(() -> assertThat(recorder).connection(1).client().sentLine("two")))
        .contains("connection 1 from 127.0.0.1:40001", "C: one")
        .doesNotContain("C: two");
  }

  @Test
  void failsWhereTheConnectionIsMissing() {
    recorder.open().client("one|");
    assertThat(messageOf(() -> assertThat(recorder).connection(2).client().sentNothing()))
        .isEqualTo(
            """
            there is no connection 2
              expected  connection 2
              received  1 connection
              waited    not at all; within(Duration) would
            connection 1 from 127.0.0.1:40001 to 127.0.0.1:2525: client sent 5 bytes, server 0\
            """);
  }

  @Test
  void failsWhereThereIsNoConnectionAtAll() {
    assertThat(messageOf(() -> assertThat(recorder).server().sentNothing()))
        .startsWith("there is no connection\n  expected  1 connection\n  received  0 connections");
  }

  @Test
  void asksToChooseAmongSeveral() {
    recorder.open();
    recorder.open();
    assertThat(messageOf(() -> assertThat(recorder).connection().isOpen()))
        .startsWith("there are 2 connections: say which with connection(n)")
        .contains("connection 1 from", "connection 2 from")
        .doesNotContain("waited");
  }

  @Test
  void seesWhatCameAfterItWasMade() {
    SideAssert client = assertThat(recorder).client();
    recorder.open().client("late|");
    client.sentLine("late");
  }

  @Test
  void readsARecordingThatIsOver() {
    recorder.open().client("QUIT|");
    Recording snapshot = Recording.of(recorder.recording().conversations().get(0));
    assertThat(snapshot).hasConnections(1).client().sentLine("QUIT");
  }

  @Test
  void beginsAFailureWithTheDescription() {
    recorder.open();
    assertThat(messageOf(() -> assertThat(recorder).as("mail %s", "server").hasConnections(2)))
        .startsWith("[mail server] the count of connections differs\n");
    assertThat(messageOf(() -> assertThat(recorder).as("100 %").client().as("sender").sent("QUIT")))
        .startsWith("[sender] the client did not send this\n");
    assertThat(messageOf(() -> assertThat(recorder).as(() -> "handed on").client().sent("QUIT")))
        .startsWith("[handed on] ");
  }

  @Test
  void leavesOurOwnCallsOutOfTheStackTrace() {
    try {
      assertThat(recorder).client().sent("QUIT");
    } catch (AssertionError e) {
      assertThat(e.getStackTrace()[0].getMethodName())
          .isEqualTo("leavesOurOwnCallsOutOfTheStackTrace");
      return;
    }
    throw new IllegalStateException("it passed");
  }

  @Test
  void refusesNumbersThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).connection(0))
        .withMessage("number (0) must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(recorder).hasConnections(-1))
        .withMessage("count (-1) must not be negative");
  }
}
