package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.partyline.view.ConversationBuilder;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SideAssertTest {
  private final ManualRecorder recorder = ManualRecorder.clientSent("EHLO a.example|QUIT|");

  private SideAssert client() {
    return assertThat(recorder).client();
  }

  @Nested
  class Sent {
    @Test
    void passesForWhatIsSomewhereInTheBytes() {
      client().sent("EHLO a").sent("example\r\nQ").sent(Bytes.hex("51 55")).sent("QUIT\r\n");
    }

    @Test
    void doesNotMindHowTheBytesWereSplit() {
      ManualRecorder splitRecorder = new ManualRecorder();
      splitRecorder.open().client("EH").server("220 hi|").client("LO|");
      assertThat(splitRecorder).client().sentLine("EHLO").sentExactly("EHLO\r\n");
    }

    @Test
    void showsWhatComesNearestWithACaretAndTheOffset() {
      assertThat(messageOf(() -> client().sent("a.exmaple")))
          .startsWith(
              """
              the client did not send this
                expected  a.exmaple
                nearest   a.example\\r\\nQUIT\\r\\n
                              ^ first difference, byte 9 of what the client sent
                client    open, 22 bytes so far, silent for 0 ms
                waited    not at all; within(Duration) would
              connection 1 from 127.0.0.1:40001 to 127.0.0.1:2525:
                C: EHLO a.example
                C: QUIT\
              """);
    }

    @Test
    void saysWhenNothingBeginsLikeIt() {
      assertThat(messageOf(() -> client().sent("zero")))
          .contains("expected  zero\n", "nearest   nothing begins like it\n");
      assertThat(messageOf(() -> assertThat(recorder).server().sent("zero")))
          .contains("the server did not send this", "nearest   nothing was sent\n");
    }

    @Test
    void findsTheNearestWhereTheTextRepeatsItself() {
      assertThat(
              messageOf(
                  () -> assertThat(ManualRecorder.clientSent("aabaabaac")).client().sent("aabaad")))
          .contains("nearest   aabaabaac", "byte 5 of what the client sent");
    }

    @Test
    void refusesTheEmptyText() {
      assertThatIllegalArgumentException().isThrownBy(() -> client().sent(""));
      assertThatIllegalArgumentException().isThrownBy(() -> client().sent(Bytes.EMPTY));
    }
  }

  @Nested
  class SentLine {
    @Test
    void passesForAWholeLineWithEitherLineEnd() {
      client().sentLine("EHLO a.example").sentLine("QUIT");
      assertThat(ManualRecorder.clientSent("one\n\nthree\n")).client().sentLine("one").sentLine("");
    }

    @Test
    void failsForAPartOfALineAndShowsTheNearest() {
      assertThat(messageOf(() -> client().sentLine("QUI")))
          .startsWith(
              """
              the client did not send this line
                expected  QUI
                nearest   QUIT
                             ^ more than expected, from byte 19 of what the client sent
              """);
      assertThat(messageOf(() -> client().sentLine("example"))).contains("expected  example");
      assertThat(messageOf(() -> client().sentLine("EHLO b.example")))
          .contains(
              """
                nearest   EHLO a.example
                               ^ first difference, byte 5 of what the client sent
              """);
    }

    @Test
    void saysThatTheLineEndIsMissing() {
      assertThat(
              messageOf(
                  () -> assertThat(ManualRecorder.clientSent("QUIT")).client().sentLine("QUIT")))
          .contains(
              """
                expected  QUIT\\r\\n
                nearest   QUIT
                              ^ ends here, before byte 4 of what the client sent
              """);
    }

    @Test
    void failsForAnEmptyLineThatIsNotThere() {
      assertThat(messageOf(() -> client().sentLine(""))).contains("did not send this line");
    }

    @Test
    void refusesALineEnd() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client().sentLine("QUIT\r\n"))
          .withMessage("line (QUIT\\r\\n) must be one line, without its line end");
    }
  }

  @Nested
  class SentExactly {
    @Test
    void passesForAllTheBytes() {
      client().sentExactly("EHLO a.example\r\nQUIT\r\n");
      assertThat(recorder).server().sentExactly(Bytes.EMPTY);
    }

    @Test
    void showsTheFirstDifferenceWithACaretUnderIt() {
      assertThat(messageOf(() -> client().sentExactly("EHLO a.example\nQUIT\n")))
          .startsWith(
              """
              the client did not send exactly this
                expected  EHLO a.example\\nQUIT\\n
                received  EHLO a.example\\r\\nQUIT\\r\\n
                                        ^ first difference, byte 14 of what the client sent
                client    open, 22 bytes so far, silent for 0 ms
              connection 1\
              """);
    }

    @Test
    void tellsTooLittleFromTooMuch() {
      assertThat(messageOf(() -> client().sentExactly("EHLO a.example\r\nQUIT\r\n.")))
          .contains("^ ends here, before byte 22 of what the client sent", "waited    not at all");
      assertThat(messageOf(() -> client().sentExactly("EHLO a.example\r\n")))
          .contains("^ more than expected, from byte 16 of what the client sent")
          .doesNotContain("waited");
      assertThat(messageOf(() -> client().sentExactly(Bytes.EMPTY))).contains("expected  nothing");
    }

    @Test
    void cutsLongDataAroundTheDifference() {
      String start = "x".repeat(5000);
      ManualRecorder large = ManualRecorder.clientSent(start + "one" + "y".repeat(5000));
      assertThat(messageOf(() -> assertThat(large).client().sentExactly(start + "two")))
          .contains(
              "  expected  …" + "x".repeat(40) + "two\n",
              "  received  …" + "x".repeat(40) + "one" + "y".repeat(57) + "…\n",
              " ".repeat(12 + 41) + "^ first difference, byte 5000")
          .hasSizeLessThan(800);
    }

    @Test
    void keepsCharactersWholeAndTheCaretUnderThem() {
      assertThat(
              messageOf(
                  () ->
                      assertThat(ManualRecorder.clientSent("Grüße")).client().sentExactly("Grüäe")))
          .contains(
              """
                expected  Grüäe
                received  Grüße
                             ^ first difference, byte 5 of what the client sent
              """);
    }

    @Test
    void showsASpaceAtTheEnd() {
      assertThat(
              messageOf(
                  () ->
                      assertThat(ManualRecorder.clientSent("EHLO "))
                          .client()
                          .sentExactly("EHLO a")))
          .contains(
              """
                expected  EHLO a
                received  EHLO\\s
                                ^ ends here, before byte 5 of what the client sent
              """);
    }

    @Test
    void showsNothingUnescaped() {
      ManualRecorder hostile = new ManualRecorder();
      hostile.open().send(Side.CLIENT, Bytes.hex("1b 5b 32 4a 00 ff e2 80 ae"));
      assertThat(messageOf(() -> assertThat(hostile).client().sentExactly("ok")))
          .contains("received  \\x1b[2J\\0\\xff\\u{202e}")
          .doesNotContain("\u001b", "\0", "\u202e");
    }
  }

  @Nested
  class SentInOrder {
    @Test
    void passesForOneAfterTheOther() {
      client().sentInOrder("EHLO", "example", "QUIT").sentInOrder("a.example");
    }

    @Test
    void saysWhichIsMissingAndWhereItIsInstead() {
      assertThat(messageOf(() -> client().sentInOrder("QUIT", "EHLO")))
          .startsWith(
              """
              the client did not send number 2 of these 2 after number 1, which ends before byte 20
                expected  EHLO
                nearest   nothing begins like it
                elsewhere at byte 0
              """);
      assertThat(messageOf(() -> client().sentInOrder("HELO", "QUIT")))
          .startsWith("the client did not send the first of these 2\n");
    }

    @Test
    void doesNotTakeTheSameBytesTwice() {
      assertThat(messageOf(() -> client().sentInOrder("QUIT", "QUIT")))
          .contains("number 2 of these 2");
    }

    @Test
    void refusesNothing() {
      assertThatIllegalArgumentException().isThrownBy(() -> client().sentInOrder());
      assertThatIllegalArgumentException().isThrownBy(() -> client().sentInOrder("EHLO", ""));
    }
  }

  @Nested
  class Counts {
    @Test
    void passForAsManyBytesAsAllowed() {
      client().sentNoMoreThan(22);
      assertThat(recorder).server().sentNothing().sentNoMoreThan(0);
    }

    @Test
    void showWhatIsTooMuch() {
      assertThat(messageOf(() -> client().sentNoMoreThan(16)))
          .startsWith(
              """
              the client sent more than 16 bytes
                expected  16 bytes at most
                received  22 bytes
                too much  QUIT\\r\\n
                client    open\
              """);
      assertThat(messageOf(() -> client().sentNothing()))
          .contains("the client sent something", "expected  nothing", "too much  EHLO");
    }

    @Test
    void refuseANegativeNumber() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client().sentNoMoreThan(-1))
          .withMessage("bytes (-1) must not be negative");
    }
  }

  @Nested
  class SentFin {
    @Test
    void passesAfterAFin() {
      ManualRecorder closedRecorder = new ManualRecorder();
      closedRecorder.open().client("QUIT|").fin(Side.CLIENT);
      assertThat(closedRecorder).client().sentFin();
    }

    @Test
    void failsForTheOtherSideAndForAnRst() {
      ManualRecorder resetRecorder = new ManualRecorder();
      resetRecorder.open().fin(Side.SERVER).reset(Side.CLIENT).close();
      assertThat(messageOf(() -> assertThat(resetRecorder).client().sentFin()))
          .startsWith(
              "the client did not send a FIN\n  expected  a FIN\n  client    RST seen, 0 bytes")
          .doesNotContain("waited");
      assertThat(resetRecorder).server().sentFin();
    }
  }

  @Nested
  class SentOnlyAfter {
    private final ManualRecorder smtp = new ManualRecorder();
    private final ConversationBuilder connection =
        smtp.open().server("220 hi|").client("EH").server("ping|").client("LO|").server("250 ok|");

    @Test
    void passesForWhatCameAfterTheCause() {
      assertThat(smtp).server().sentOnlyAfter("250", "EHLO").sentOnlyAfter("250 ok\r\n", "LO\r\n");
      assertThat(smtp).client().sentOnlyAfter(Bytes.utf8("EHLO"), Bytes.utf8("220 hi"));
    }

    @Test
    void showsBothPlacesWhenItCameTooEarly() {
      assertThat(messageOf(() -> assertThat(smtp).server().sentOnlyAfter("ping", "EHLO")))
          .startsWith(
              """
              the server sent this before the client had sent that
                this      ping, at byte 8 of what the server sent, byte 10 of what both sent
                after     EHLO, at byte 0 of what the client sent, byte 8 of what both sent
              """)
          .doesNotContain("waited");
    }

    @Test
    void failsWhenEitherNeverCame() {
      assertThat(messageOf(() -> assertThat(smtp).server().sentOnlyAfter("354", "EHLO")))
          .startsWith(
              "the server did not send this\n  this      354, which the server did not send")
          .contains("\n  after     EHLO, at byte 0 of what the client sent\n")
          .contains("waited    not at all");
      assertThat(messageOf(() -> assertThat(smtp).server().sentOnlyAfter("250", "DATA")))
          .startsWith("the server sent this, and the client never sent what has to come first")
          .contains("\n  this      250, at byte 14 of what the server sent\n")
          .contains("after     DATA, which the client did not send");
    }

    @Test
    void remembersWhereTheCauseStoodOnceItIsDropped() {
      ManualRecorder recorder = new ManualRecorder(RecordingPolicy.headAndTail(0, 1000));
      ConversationBuilder connection = recorder.open().client("EHLO|");
      ObservedRecording recording = new ObservedRecording(recorder);
      CompletableFuture<Void> peer =
          recording.runOnceAwaited(() -> connection.client("x".repeat(5000)).server("250 ok|"));
      assertThat(recording).server().within(Duration.ofSeconds(20)).sentOnlyAfter("250", "EHLO");
      peer.join();
      assertThat(messageOf(() -> assertThat(recorder).server().sentOnlyAfter("250", "EHLO")))
          .startsWith("the client may have sent that earlier, which was not kept");
    }

    @Test
    void failsAtOnceForWhatCannotComeAnyMore() {
      connection.fin(Side.SERVER);
      assertThat(
              messageOf(
                  () ->
                      assertThat(smtp)
                          .server()
                          .within(Duration.ofSeconds(30))
                          .sentOnlyAfter("354", "EHLO")))
          .doesNotContain("waited");
    }

    @Test
    void refusesTheEmptyText() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> assertThat(smtp).server().sentOnlyAfter("", "EHLO"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> assertThat(smtp).server().sentOnlyAfter("250", ""));
    }
  }
}
