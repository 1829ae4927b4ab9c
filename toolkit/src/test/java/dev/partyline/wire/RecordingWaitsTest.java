package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordingWaitsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Recorder recorder = new Recorder(Ticker.SYSTEM);
  private final Recording recording = recorder.recording();

  private ConversationRecorder open() {
    return recorder.open(Transport.TCP, "a", "b");
  }

  private static void send(ConversationRecorder connection, String text) {
    connection.recordSent(Side.CLIENT, Bytes.utf8(text).toBuffer());
  }

  private static String failure(Runnable wait) {
    Throwable failure = catchThrowable(wait::run);
    assertThat(failure).isInstanceOf(AssertionError.class);
    return failure.getMessage();
  }

  @Test
  void waitsForBytesOverAllConnections() {
    ConversationRecorder first = open();
    ConversationRecorder second = open();
    CompletableFuture<Void> peer =
        CompletableFuture.runAsync(
            () -> {
              send(first, "12");
              send(second, "345");
            });
    recording.awaitBytes(Side.CLIENT, 5, LONG);
    peer.join();
  }

  @Test
  void saysHowManyBytesCame() {
    send(open(), "12");
    assertThat(failure(() -> recording.awaitBytes(Side.CLIENT, 512, SHORT)))
        .isEqualTo(
            """
            only 2 of 512 bytes came from the client within 20 ms:
              connection 1 from a to b: client sent 2 bytes, server 0\
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recording.awaitBytes(Side.CLIENT, -1, SHORT))
        .withMessage("count (-1) must not be negative");
  }

  @Test
  void waitsUntilAllAreClosed() {
    ConversationRecorder first = open();
    ConversationRecorder second = open();
    first.recordClosed();
    CompletableFuture<Void> peer = CompletableFuture.runAsync(second::recordClosed);
    recording.awaitClosed(LONG);
    peer.join();
  }

  @Test
  void saysWhoIsStillOpen() {
    assertThat(failure(() -> recording.awaitClosed(SHORT)))
        .isEqualTo("nothing was closed within 20 ms: there is no connection");
    open().recordClosed();
    open();
    assertThat(failure(() -> recording.awaitClosed(SHORT)))
        .startsWith("1 of 2 connections are still open within 20 ms:\n  connection 1 ");
  }

  @Test
  void waitsUntilNothingComes() {
    ConversationRecorder connection = open();
    CompletableFuture<Void> peer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                send(connection, "x");
              }
            });
    peer.join();
    recording.awaitIdle(SHORT, LONG);
    assertThat(recording.byteCount(Side.CLIENT)).isEqualTo(1_000);
  }

  @Test
  void saysThatItNeverWasQuiet() throws InterruptedException {
    ConversationRecorder connection = open();
    Thread flood =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                connection.recordNote("still here");
              }
            });
    flood.start();
    try {
      assertThat(failure(() -> recording.awaitIdle(LONG, SHORT)))
          .startsWith("there were no 30 s of silence within 20 ms:\n  connection 1 ");
    } finally {
      flood.interrupt();
      flood.join();
    }
  }

  @Test
  void findsWhatIsSplitOverChunksOnAnyConnection() {
    open();
    ConversationRecorder connection = open();
    send(connection, "QU");
    CompletableFuture<Void> peer = CompletableFuture.runAsync(() -> send(connection, "IT\r\n"));
    assertThat(recording.awaitMatch(Side.CLIENT, "QUIT", LONG).number()).isEqualTo(2);
    peer.join();
  }

  @Test
  void saysThatItDidNotFindIt() {
    send(open(), "NOOP");
    assertThat(failure(() -> recording.awaitMatch(Side.CLIENT, "QUIT\r\n", SHORT)))
        .startsWith("the client did not send QUIT\\r\\n within 20 ms:\n  connection 1 ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recording.awaitMatch(Side.CLIENT, "", SHORT))
        .withMessage("pattern () must not be empty: it is in everything");
  }

  @Test
  void saysThatSomeOfItWasDropped() {
    Recorder smallRecorder = new Recorder(Ticker.SYSTEM, RecordingPolicy.headAndTail(1, 1));
    send(smallRecorder.open(Transport.TCP, "a", "b"), "QUIT");
    assertThat(failure(() -> smallRecorder.recording().awaitMatch(Side.CLIENT, "QUIT", SHORT)))
        .startsWith(
            "the client did not send QUIT, of what was kept (2 bytes of it were dropped) within");
  }

  @Test
  void anInterruptEndsEachWaitAndStays() {
    open();
    Thread.currentThread().interrupt();
    String message = failure(() -> recording.awaitBytes(Side.CLIENT, 1, LONG));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(message).contains("within 30 s, because the wait was interrupted:");
    Thread.currentThread().interrupt();
    assertThat(failure(() -> recording.awaitIdle(LONG, LONG))).contains("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFinishedRecordingIsIdleAndNeverGrows() {
    Recording finishedRecording = Recording.of(open().snapshot());
    finishedRecording.awaitIdle(LONG, LONG);
    assertThat(failure(() -> finishedRecording.awaitBytes(Side.CLIENT, 1, LONG)))
        .contains("only 0 of 1 bytes");
  }
}
