package dev.partyline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
    ConversationRecorder connection = open();
    clock.addAndGet(5);
    connection.recordSent(Side.CLIENT, bytes("hello"));
    clock.addAndGet(5);
    connection.recordSent(Side.SERVER, bytes(""));
    connection.recordFin(Side.CLIENT);
    clock.addAndGet(1);
    connection.recordRst(Side.SERVER);
    assertThat(recorder.recording().conversations().get(0).events())
        .containsExactly(
            new Event.Sent(Side.CLIENT, 5, Bytes.utf8("hello")),
            new Event.Sent(Side.SERVER, 10, Bytes.EMPTY),
            new Event.Fin(Side.CLIENT, 10),
            new Event.Rst(Side.SERVER, 11));
  }

  @Test
  void knowsWhenItBeganUnlessItWasMadeOfConversations() {
    clock.addAndGet(5);
    open();
    assertThat(recorder.recording().startedAtNanos()).hasValue(1_000);
    assertThat(recorder.recording().exact().startedAtNanos()).hasValue(1_000);
    assertThat(recorder.recording().matching(any -> true).startedAtNanos()).hasValue(1_000);
    assertThat(Recording.of().startedAtNanos()).isEmpty();
  }

  @Test
  void remarksArePassedOnAmongTheEvents() {
    ConversationRecorder connection = open();
    connection.recordNote("first");
    connection.recordSent(Side.CLIENT, bytes("a"));
    connection.recordNote("second");
    connection.recordNote("third");
    connection.recordFin(Side.CLIENT);
    connection.recordNote("last");
    List<String> texts = new ArrayList<>();
    connection
        .snapshot()
        .forEach(
            event -> texts.add(event.getClass().getSimpleName()), note -> texts.add(note.text()));
    assertThat(texts).containsExactly("first", "Sent", "second", "third", "Fin", "last");
  }

  @Test
  void aRecordingKnowsWhenItBegan() {
    Instant before = Instant.now();
    Recording recording = new Recorder(clock::get).recording();
    assertThat(recording.startedAt()).isBetween(before, Instant.now());
    assertThat(recording.exact().startedAt()).isEqualTo(recording.startedAt());

    assertThat(Recording.of().startedAt()).isEqualTo(Instant.EPOCH);
    assertThat(Recording.of(before).startedAt()).isEqualTo(before);
  }

  @Test
  void anExactRecordingKeepsTheNumbersOfConnections() {
    Recorder small = new Recorder(clock::get, RecordingPolicy.headAndTail(1, 1).inMemory(0));
    while (small.recording().droppedConnections() == 0) {
      small.open(Transport.TCP, "?", "?").recordClosed();
    }
    Recording exact = small.recording().exact();
    assertThat(exact.droppedConnections()).isEqualTo(small.recording().droppedConnections());
    assertThat(exact.connections()).isEqualTo(small.recording().connections());
    assertThat(exact.conversations().get(0).number())
        .isEqualTo(small.recording().conversations().get(0).number())
        .isGreaterThan(1);
  }

  @Test
  void theBufferThatIsRecordedStaysWhereItIs() {
    ByteBuffer buffer = ByteBuffer.wrap("xhellox".getBytes(StandardCharsets.UTF_8), 1, 5);
    ConversationRecorder connection = open();
    connection.recordSent(Side.CLIENT, buffer);
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(connection.snapshot().bytes(Side.CLIENT)).isEqualTo(Bytes.utf8("hello"));
  }

  @Test
  void aConversationKnowsItsConnection() {
    open();
    ConversationRecorder connection = recorder.open(Transport.UDP, "127.0.0.1:7", "127.0.0.1:8");
    connection.recordSent(Side.CLIENT, bytes("abc"));
    clock.addAndGet(40);
    Conversation snapshot = connection.snapshot();
    assertThat(snapshot.number()).isEqualTo(2).isEqualTo(connection.number());
    assertThat(snapshot.transport()).isEqualTo(Transport.UDP);
    assertThat(snapshot.address(Side.CLIENT)).isEqualTo("127.0.0.1:7");
    assertThat(snapshot.address(Side.SERVER)).isEqualTo("127.0.0.1:8");
    assertThat(snapshot.isOpen()).isTrue();
    assertThat(snapshot.durationNanos()).isEqualTo(40);
    assertThat(snapshot.idleNanos(Side.CLIENT)).isEqualTo(40);
    assertThat(snapshot)
        .hasToString("connection 2 from 127.0.0.1:7 to 127.0.0.1:8: client sent 3 bytes, server 0");
    connection.recordClosed();
    clock.addAndGet(40);
    connection.recordClosed();
    assertThat(connection.snapshot().isOpen()).isFalse();
    assertThat(connection.snapshot().durationNanos()).isEqualTo(40);
    assertThat(snapshot.isOpen()).as("a snapshot does not change").isTrue();
  }

  @Test
  void aConversationKnowsHowItEnded() {
    ConversationRecorder connection = open();
    assertThat(connection.snapshot().closedFirst()).isEmpty();
    connection.recordFin(Side.SERVER);
    connection.recordRst(Side.CLIENT);
    Conversation conversation = connection.snapshot();
    assertThat(conversation.closedFirst()).contains(Side.SERVER);
    assertThat(conversation.resetBy()).contains(Side.CLIENT);
    assertThat(conversation.endEvent(Side.SERVER)).contains(new Event.Fin(Side.SERVER, 0));
    assertThat(conversation.endEvent(Side.CLIENT)).contains(new Event.Rst(Side.CLIENT, 0));
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
                    List.of(new Event.Fin(Side.CLIENT, 5), new Event.Fin(Side.SERVER, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nanos (4) must not be before 5, the event before it");
  }

  @Test
  void aFinishedRecordingNumbersItsConversationsAnew() {
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
    ConversationLog log = StorageBudget.unbounded().newLog();
    List<Event> expected = new ArrayList<>();
    List<ConversationSnapshot> snapshots = new ArrayList<>();
    int eventCount = random.nextInt(60);
    for (int i = 0; i < eventCount; i++) {
      Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
      byte[] chunk = new byte[random.nextInt(random.nextInt(8) == 0 ? 200_000 : 300)];
      random.nextBytes(chunk);
      snapshots.add(log.snapshot());
      log.appendBytes(side, i, ByteBuffer.wrap(chunk));
      expected.add(new Event.Sent(side, i, Bytes.of(chunk)));
    }
    assertThat(log.snapshot().events()).isEqualTo(expected);
    for (int i = 0; i < eventCount; i++) {
      assertThat(snapshots.get(i).events()).isEqualTo(expected.subList(0, i));
    }
    for (Side side : Side.values()) {
      List<Bytes> sentBytes =
          expected.stream()
              .filter(e -> e.side() == side)
              .map(e -> ((Event.Sent) e).bytes())
              .toList();
      assertThat(log.snapshot().bytes(side, 0, log.byteCount(side)))
          .isEqualTo(Bytes.join(sentBytes));
      assertThat(log.byteCount(side)).isEqualTo(Bytes.join(sentBytes).size());
    }
  }

  @Test
  void aSnapshotTakenWhileAnotherThreadWritesIsWhole() throws InterruptedException {
    ConversationRecorder connection = open();
    AtomicBoolean done = new AtomicBoolean();
    int chunks = 20_000;
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < chunks; i++) {
                clock.incrementAndGet();
                connection.recordSent(i % 2 == 0 ? Side.CLIENT : Side.SERVER, bytes(i + ";"));
              }
              done.set(true);
            });
    writer.start();
    long snapshotCount = 0;
    boolean isLast;
    do {
      isLast = done.get();
      Conversation conversation = connection.snapshot();
      List<Event> events = conversation.events();
      for (int i = Math.max(0, events.size() - 50); i < events.size(); i++) {
        assertThat(((Event.Sent) events.get(i)).bytes().utf8()).isEqualTo(i + ";");
      }
      assertThat(conversation.bytes(Side.CLIENT).size())
          .isEqualTo((int) conversation.byteCount(Side.CLIENT));
      snapshotCount++;
    } while (!isLast);
    writer.join();
    assertThat(connection.snapshot().events()).hasSize(chunks);
    assertThat(snapshotCount).isPositive();
  }

  @Test
  void aMillionSmallMessagesCostLittleMoreThanTheirBytes() {
    ConversationLog log = StorageBudget.unbounded().newLog();
    ByteBuffer message = bytes("12345678");
    for (int i = 0; i < 1_000_000; i++) {
      log.appendBytes(Side.CLIENT, i, message);
    }
    ConversationSnapshot snapshot = log.snapshot();
    assertThat(snapshot.byteCount(Side.CLIENT)).isEqualTo(8_000_000);
    assertThat(snapshot.chunks().head().blockCount() * 515L).isLessThanOrEqualTo(1 << 22);
  }
}
