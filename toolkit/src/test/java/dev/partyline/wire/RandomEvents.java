package dev.partyline.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random things that happen on a connection, and what came of them, kept by the simplest means. */
final class RandomEvents {
  private final SplittableRandom random;
  private final int largest;
  private final List<Event> events = new ArrayList<>();
  private final ByteBuffer direct = ByteBuffer.allocateDirect(1 << 20);

  RandomEvents(long seed, int largest) {
    this.random = new SplittableRandom(seed);
    this.largest = largest;
  }

  /** Has something happen; the buffer is overwritten at once, as that of a loop is. */
  void happen(ConversationRecorder track) {
    Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
    if (random.nextInt(40) == 0) {
      track.finished(side);
      events.add(new Event.Finished(side, 0));
      return;
    }
    byte[] chunk = new byte[random.nextInt(random.nextInt(4) == 0 ? largest : largest / 50 + 2)];
    random.nextBytes(chunk);
    events.add(new Event.Sent(side, 0, Bytes.of(chunk)));
    if (random.nextBoolean()) {
      ByteBuffer heap = ByteBuffer.wrap(chunk);
      track.sent(side, heap);
      heap.clear();
      heap.put(new byte[chunk.length]);
    } else {
      direct.clear().position(3);
      direct.put(chunk).flip().position(3);
      track.sent(side, direct);
      direct.clear().put(new byte[chunk.length]);
    }
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  int roll(int bound) {
    return random.nextInt(bound);
  }

  /** Returns all that a side sent. */
  static Bytes sent(List<Event> events, Side side) {
    return Bytes.join(
        events.stream()
            .filter(event -> event.side() == side && event instanceof Event.Sent)
            .map(event -> ((Event.Sent) event).bytes())
            .toList());
  }

  /** Returns how many bytes both sides sent. */
  static long count(List<Event> events) {
    return sent(events, Side.CLIENT).size() + (long) sent(events, Side.SERVER).size();
  }
}
