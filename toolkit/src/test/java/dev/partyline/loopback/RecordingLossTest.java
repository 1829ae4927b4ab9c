package dev.partyline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.RecordingPolicy;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that cannot be recorded, as on a full disk, fail the owner of the recording. */
class RecordingLossTest {
  private static final int SIZE = 60_000;

  @TempDir Path directory;

  /** Returns a policy that can keep nothing. */
  private RecordingPolicy impossible() {
    return RecordingPolicy.everything().inMemory(0).spillingTo(directory.resolve("missing"));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void a_listener_and_a_client_tell_how_many(Transport transport) {
    Listener listener =
        Listener.handling(connection -> connection.send(connection.read(SIZE)))
            .over(transport)
            .keeping(impossible())
            .start();
    Client client = Client.to(listener.address()).over(transport).keeping(impossible()).start();
    client.send(Bytes.of(new byte[SIZE]));
    assertThat(client.read(SIZE).size()).isEqualTo(SIZE);
    assertThatCloseTellsLoss(client, 2 * SIZE);
    assertThatCloseTellsLoss(listener, 2 * SIZE);
    assertThat(client.conversation().droppedBytes(Side.CLIENT)).isEqualTo(SIZE);
    assertThat(listener.recording().conversations().get(0).droppedBytes(Side.SERVER))
        .isEqualTo(SIZE);
    assertThat(listener.backgroundFailures()).as("besides what close() has thrown").isEmpty();
  }

  @Test
  void what_is_lost_after_it_was_told_is_told_too() {
    Listener listener = Listener.silent().start();
    Tap tap = Tap.to(listener).keeping(impossible()).start();
    try (Client client = Client.to(tap.address()).start()) {
      for (int i = 1; i <= 3; i++) {
        client.send(Bytes.of(new byte[SIZE]));
        tap.recording().awaitBytes(Side.CLIENT, (long) i * SIZE, Duration.ofSeconds(20));
        tap.drainInput();
        assertThat(tap.backgroundFailures()).hasSize(i);
      }
    }
    assertThatCloseTellsLoss(tap, 3 * SIZE);
    listener.close();
  }

  @Test
  void a_listener_and_a_client_keep_what_their_policy_says() {
    RecordingPolicy policy = RecordingPolicy.headAndTail(10, 10);
    try (Listener listener = Listener.silent().keeping(policy).start();
        Client client = Client.to(listener.address()).keeping(policy).start()) {
      client.send(Bytes.of(new byte[SIZE]));
      assertThat(client.conversation().droppedBytes(Side.CLIENT)).isEqualTo(SIZE - 20);
      listener.recording().awaitBytes(Side.CLIENT, SIZE, Duration.ofSeconds(20));
      assertThat(listener.recording().conversations().get(0).droppedBytes(Side.CLIENT))
          .isEqualTo(SIZE - 20);
    }
  }

  private void assertThatCloseTellsLoss(AutoCloseable owner, int bytes) {
    assertThatThrownBy(owner::close)
        .isInstanceOf(AssertionError.class)
        .satisfies(
            failure ->
                assertThat(lastOf(failure))
                    .hasMessageStartingWith(
                        "the recording cannot be kept in a file in " + directory)
                    .hasMessageContaining("; " + bytes + " bytes of it are missing: "));
    assertThatCode(owner::close).doesNotThrowAnyException();
  }

  private static Throwable lastOf(Throwable failure) {
    Throwable[] suppressed = failure.getSuppressed();
    return suppressed.length == 0 ? failure : suppressed[suppressed.length - 1];
  }
}
