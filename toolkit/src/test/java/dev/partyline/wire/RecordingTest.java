package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private final AtomicLong clock = new AtomicLong(1_000);
  private final Recorder recorder = new Recorder(clock::get);

  private ConversationRecorder open() {
    return recorder.open(Transport.TCP, "127.0.0.1:1", "127.0.0.1:2");
  }

  private static ByteBuffer bytes(String text) {
    return Bytes.utf8(text).toBuffer();
  }

  @Test
  void keepsWhatBothSidesDidAndWhen() {
    ConversationRecorder track = open();
    clock.addAndGet(5);
    track.sent(Side.CLIENT, bytes("hello"));
    clock.addAndGet(5);
    track.sent(Side.SERVER, bytes(""));
    track.finished(Side.CLIENT);
    clock.addAndGet(1);
    track.reset(Side.SERVER);
    assertThat(recorder.recording().conversations().get(0).events())
        .containsExactly(
            new Event.Sent(Side.CLIENT, 5, Bytes.utf8("hello")),
            new Event.Sent(Side.SERVER, 10, Bytes.EMPTY),
            new Event.Finished(Side.CLIENT, 10),
            new Event.Reset(Side.SERVER, 11));
  }

  @Test
  void theBufferThatIsRecordedStaysWhereItIs() {
    ByteBuffer buffer = ByteBuffer.wrap("xhellox".getBytes(StandardCharsets.UTF_8), 1, 5);
    ConversationRecorder track = open();
    track.sent(Side.CLIENT, buffer);
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(track.snapshot().sentBy(Side.CLIENT)).isEqualTo(Bytes.utf8("hello"));
  }

  @Test
  void aConversationKnowsItsConnection() {
    open();
    ConversationRecorder track = recorder.open(Transport.UDP, "127.0.0.1:7", "127.0.0.1:8");
    track.sent(Side.CLIENT, bytes("abc"));
    clock.addAndGet(40);
    Conversation open = track.snapshot();
    assertThat(open.number()).isEqualTo(2).isEqualTo(track.number());
    assertThat(open.transport()).isEqualTo(Transport.UDP);
    assertThat(open.address(Side.CLIENT)).isEqualTo("127.0.0.1:7");
    assertThat(open.address(Side.SERVER)).isEqualTo("127.0.0.1:8");
    assertThat(open.isOpen()).isTrue();
    assertThat(open.age()).isEqualTo(40);
    assertThat(open.silence(Side.CLIENT)).isEqualTo(40);
    assertThat(open)
        .hasToString("connection 2 from 127.0.0.1:7 to 127.0.0.1:8: client sent 3 bytes, server 0");
    track.closed();
    clock.addAndGet(40);
    track.closed();
    assertThat(track.snapshot().isOpen()).isFalse();
    assertThat(track.snapshot().age()).isEqualTo(40);
    assertThat(open.isOpen()).as("a snapshot does not change").isTrue();
  }

  @Test
  void aConversationKnowsHowItEnded() {
    ConversationRecorder track = open();
    assertThat(track.snapshot().closedFirst()).isEmpty();
    track.finished(Side.SERVER);
    track.reset(Side.CLIENT);
    Conversation conversation = track.snapshot();
    assertThat(conversation.closedFirst()).contains(Side.SERVER);
    assertThat(conversation.resetBy()).contains(Side.CLIENT);
    assertThat(conversation.endedBy(Side.SERVER)).contains(new Event.Finished(Side.SERVER, 0));
    assertThat(conversation.endedBy(Side.CLIENT)).contains(new Event.Reset(Side.CLIENT, 0));
  }

  @Test
  void conversationsAreEqualWhenTheirEventsAre() {
    List<Event> events = List.of(new Event.Sent(Side.CLIENT, 1, Bytes.utf8("a")));
    assertThat(Conversation.of(events))
        .isEqualTo(Conversation.of(events))
        .hasSameHashCodeAs(Conversation.of(events));
    assertThat(Conversation.of(events))
        .isNotEqualTo(Conversation.of(List.of(new Event.Sent(Side.CLIENT, 2, Bytes.utf8("a")))))
        .isNotEqualTo(Conversation.of(List.of(new Event.Sent(Side.SERVER, 1, Bytes.utf8("a")))))
        .isNotEqualTo(Conversation.of(List.of()));
  }

  @Test
  void timeDoesNotGoBackInAConversation() {
    assertThatThrownBy(
            () ->
                Conversation.of(
                    List.of(
                        new Event.Finished(Side.CLIENT, 5), new Event.Finished(Side.SERVER, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nanos (4) must not be before 5, the event ahead of it");
  }

  @Test
  void aStillRecordingNumbersItsConversationsAnew() {
    open();
    Conversation second = open().snapshot();
    Recording recording = Recording.of(second, Conversation.of(List.of()));
    assertThat(recording.conversations()).extracting(Conversation::number).containsExactly(1, 2);
    assertThat(recording.conversations().get(0).address(Side.CLIENT)).isEqualTo("127.0.0.1:1");
    assertThat(recording.connections()).isEqualTo(2);
    assertThat(recording.recording()).isSameAs(recording);
    assertThat(recording.await(() -> false, Duration.ofDays(1))).isFalse();
  }

  @Property(tries = 200)
  void whateverTheChunksTheyReadBack(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ConversationLog tape = StorageBudget.unbounded().tape();
    List<Event> written = new ArrayList<>();
    List<ConversationSnapshot> snapshots = new ArrayList<>();
    int events = random.nextInt(60);
    for (int i = 0; i < events; i++) {
      Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
      byte[] chunk = new byte[random.nextInt(random.nextInt(8) == 0 ? 200_000 : 300)];
      random.nextBytes(chunk);
      snapshots.add(tape.snapshot());
      tape.sent(side, i, ByteBuffer.wrap(chunk));
      written.add(new Event.Sent(side, i, Bytes.of(chunk)));
    }
    assertThat(tape.snapshot().events()).isEqualTo(written);
    for (int i = 0; i < events; i++) {
      assertThat(snapshots.get(i).events()).isEqualTo(written.subList(0, i));
    }
    for (Side side : Side.values()) {
      List<Bytes> sent =
          written.stream()
              .filter(e -> e.side() == side)
              .map(e -> ((Event.Sent) e).bytes())
              .toList();
      assertThat(tape.snapshot().bytes(side, 0, tape.count(side))).isEqualTo(Bytes.join(sent));
      assertThat(tape.count(side)).isEqualTo(Bytes.join(sent).size());
    }
  }

  @Test
  void aSnapshotTakenWhileAnotherThreadWritesIsWhole() throws InterruptedException {
    ConversationRecorder track = open();
    AtomicBoolean done = new AtomicBoolean();
    int chunks = 20_000;
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < chunks; i++) {
                clock.incrementAndGet();
                track.sent(i % 2 == 0 ? Side.CLIENT : Side.SERVER, bytes(i + ";"));
              }
              done.set(true);
            });
    writer.start();
    long looks = 0;
    boolean last;
    do {
      last = done.get();
      Conversation conversation = track.snapshot();
      List<Event> events = conversation.events();
      for (int i = Math.max(0, events.size() - 50); i < events.size(); i++) {
        assertThat(((Event.Sent) events.get(i)).bytes().utf8()).isEqualTo(i + ";");
      }
      assertThat(conversation.sentBy(Side.CLIENT).size())
          .isEqualTo((int) conversation.count(Side.CLIENT));
      looks++;
    } while (!last);
    writer.join();
    assertThat(track.snapshot().events()).hasSize(chunks);
    assertThat(looks).isPositive();
  }

  @Test
  void aMillionSmallMessagesCostLittleMoreThanTheirBytes() {
    ConversationLog tape = StorageBudget.unbounded().tape();
    ByteBuffer message = bytes("12345678");
    for (int i = 0; i < 1_000_000; i++) {
      tape.sent(Side.CLIENT, i, message);
    }
    ConversationSnapshot snapshot = tape.snapshot();
    assertThat(snapshot.count(Side.CLIENT)).isEqualTo(8_000_000);
    assertThat(snapshot.chunks().first().size() * 515L).isLessThanOrEqualTo(1 << 22);
  }
}
