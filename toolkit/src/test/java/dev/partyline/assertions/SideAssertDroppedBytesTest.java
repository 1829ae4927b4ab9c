package dev.partyline.assertions;

import static dev.partyline.assertions.Failures.messageOf;
import static dev.partyline.assertions.PartylineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.ConversationRecorder;
import dev.partyline.wire.Recorder;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import org.junit.jupiter.api.Test;

/** Assertions on a side of which only head and tail were kept. */
class SideAssertDroppedBytesTest {
  private final Recorder boundedRecorder = new Recorder(() -> 0, RecordingPolicy.headAndTail(4, 4));

  private SideAssert client(String text) {
    ConversationRecorder conversationRecorder = boundedRecorder.open(Transport.TCP, "a", "b");
    conversationRecorder.recordSent(Side.CLIENT, Bytes.utf8(text).toBuffer());
    return assertThat(boundedRecorder.recording()).client();
  }

  @Test
  void findsWhatWasKeptAndCountsTheRest() {
    client("QUITxxxxDONE").sent("QUIT").sent("DONE").sentInOrder("QUIT", "DONE").sentNoMoreThan(12);
  }

  @Test
  void saysThatWhatItLookedForMayHaveBeenDropped() {
    SideAssert client = client("QUITxxxxDONE");
    String dropped = "\n  dropped   4 bytes of the client from byte 4 on\n";
    assertThat(messageOf(() -> client.sent("TxD"))).contains("expected  TxD" + dropped);
    assertThat(messageOf(() -> client.sentLine("QUIT"))).contains(dropped);
    assertThat(messageOf(() -> client.sentExactly("QUITxxxxDONE"))).contains(dropped);
    assertThat(messageOf(() -> client.sentExactly("QUITDONE"))).contains(dropped);
    assertThat(messageOf(() -> client.sentInOrder("QUIT", "x"))).contains(dropped);
    assertThat(messageOf(() -> client.sentNothing()))
        .contains("received  12 bytes\n  too much  12 bytes" + dropped);
    assertThat(messageOf(() -> client.sentNoMoreThan(11))).contains("too much  1 byte\n");
  }

  @Test
  void cannotSayWhatCameOnlyAfterIfSomeOfItIsGone() {
    ConversationRecorder conversationRecorder = boundedRecorder.open(Transport.TCP, "a", "b");
    conversationRecorder.recordSent(Side.CLIENT, Bytes.utf8("HELO").toBuffer());
    conversationRecorder.recordSent(Side.SERVER, Bytes.utf8("xxxxxok").toBuffer());
    assertThat(
            messageOf(
                () -> assertThat(boundedRecorder.recording()).server().sentOnlyAfter("ok", "HELO")))
        .startsWith("the server may have sent this earlier, too")
        .contains("dropped   3 bytes of the server from byte 0 on");
  }

  @Test
  void cannotCountTheRequestsOfWhichSomeWereDropped() {
    String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int head : new int[] {request.length(), request.length() + 5}) {
      Recorder recorder = new Recorder(() -> 0, RecordingPolicy.headAndTail(head, 0));
      recorder
          .open(Transport.TCP, "a", "b")
          .recordSent(Side.CLIENT, Bytes.utf8(request.repeat(3)).toBuffer());
      assertThat(messageOf(() -> assertThat(recorder.recording()).hasRequests(1)))
          .contains("received  1 request", "dropped   ");
    }
  }

  @Test
  void countsTheRequestsOfWhichAPartOfTheBodyWasDropped() {
    String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n";
    Recorder recorder = new Recorder(() -> 0, RecordingPolicy.headAndTail(post.length(), 10));
    recorder
        .open(Transport.TCP, "a", "b")
        .recordSent(Side.CLIENT, Bytes.utf8(post + "x".repeat(100)).toBuffer());
    assertThat(recorder.recording()).hasRequests(1);
  }
}
