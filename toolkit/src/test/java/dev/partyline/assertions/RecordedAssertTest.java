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
  private final ManualRecorder wire = new ManualRecorder();

  @Test
  void countsConnectionsThatHaveEndedToo() {
    assertThat(wire).hasConnections(0);
    wire.open().finish(Side.CLIENT).close();
    wire.open();
    assertThat(wire).hasConnections(2);
    assertThat(wire.recording()).hasConnections(2);
  }

  @Test
  void listsTheConnectionsWhenTheirCountDiffers() {
    wire.open().client("QUIT|");
    assertThat(messageOf(() -> assertThat(wire).hasConnections(2)))
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
    IntStream.range(0, 12).forEach(i -> wire.open());
    assertThat(messageOf(() -> assertThat(wire).hasConnections(3)))
        .contains("received  12 connections", "connection 10 from", "… 2 more")
        .doesNotContain("connection 11 from", "waited");
  }

  @Test
  void findsAConnectionByItsNumber() {
    wire.open().client("one|");
    wire.open().client("two|");
    assertThat(wire).connection(2).client().sentLine("two");
    assertThat(messageOf(() -> assertThat(wire).connection(1).client().sentLine("two")))
        .contains("connection 1 from 127.0.0.1:40001", "C: one")
        .doesNotContain("C: two");
  }

  @Test
  void failsWhereTheConnectionIsMissing() {
    wire.open().client("one|");
    assertThat(messageOf(() -> assertThat(wire).connection(2).client().sentNothing()))
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
    assertThat(messageOf(() -> assertThat(wire).server().sentNothing()))
        .startsWith("there is no connection\n  expected  1 connection\n  received  0 connections");
  }

  @Test
  void asksToChooseAmongSeveral() {
    wire.open();
    wire.open();
    assertThat(messageOf(() -> assertThat(wire).connection().isOpen()))
        .startsWith("there are 2 connections: say which with connection(n)")
        .contains("connection 1 from", "connection 2 from")
        .doesNotContain("waited");
  }

  @Test
  void seesWhatCameAfterItWasMade() {
    SideAssert client = assertThat(wire).client();
    wire.open().client("late|");
    client.sentLine("late");
  }

  @Test
  void readsARecordingThatIsOver() {
    wire.open().client("QUIT|");
    Recording still = Recording.of(wire.recording().conversations().get(0));
    assertThat(still).hasConnections(1).client().sentLine("QUIT");
  }

  @Test
  void beginsAFailureWithTheDescription() {
    wire.open();
    assertThat(messageOf(() -> assertThat(wire).as("mail %s", "server").hasConnections(2)))
        .startsWith("[mail server] the count of connections differs\n");
    assertThat(messageOf(() -> assertThat(wire).as("100 %").client().as("sender").sent("QUIT")))
        .startsWith("[sender] the client did not send this\n");
    assertThat(messageOf(() -> assertThat(wire).as(() -> "handed on").client().sent("QUIT")))
        .startsWith("[handed on] ");
  }

  @Test
  void leavesOurOwnCallsOutOfTheStackTrace() {
    try {
      assertThat(wire).client().sent("QUIT");
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
        .isThrownBy(() -> assertThat(wire).connection(0))
        .withMessage("number (0) must be 1 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(wire).hasConnections(-1))
        .withMessage("count (-1) must not be negative");
  }
}
